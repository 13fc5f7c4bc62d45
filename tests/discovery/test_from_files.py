import json

import pytest

from constructs_lib.discovery.from_files import only_vpc, read_files
from constructs_lib.discovery.operations import KINDS
from constructs_lib.errors import ConfigError
from tests.support.vpc_answers import VPC_ID, answers, subnet, tags, vpc


def save(folder, name="answer.json", encoding="utf-8", **content):
    file = folder / name
    file.write_text(json.dumps(content), encoding=encoding)
    return file


def problems(*paths):
    with pytest.raises(ConfigError) as raised:
        read_files(paths)
    return [problem.rule for problem in raised.value.problems]


def test_one_file_or_one_for_each_answer_are_the_same(tmp_path):
    (tmp_path / "each").mkdir()
    for kind, entries in answers(Subnets=[subnet(1, "172.30.0.0/24")]).items():
        save(tmp_path / "each", f"{kind}.json", **{kind: entries})
    whole = save(tmp_path, **answers(Subnets=[subnet(1, "172.30.0.0/24")]))
    assert read_files([tmp_path / "each"]) == read_files([whole]) == read_files([whole, whole])
    assert read_files([whole]).read == set(KINDS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encodings_of_windows_are_read(tmp_path, encoding):
    assert only_vpc(read_files([save(tmp_path, encoding=encoding, **answers())])) == VPC_ID


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("VPCS\tdefault", "is not JSON"),
        ("[]", "has none of Vpcs, Subnets"),
        ('{"Reservations": []}', "has none of Vpcs, Subnets"),
        ('{"Vpcs": {}}', "Vpcs is not as AWS writes it: Input should be a valid list"),
        ('{"Vpcs": [1]}', "Vpcs[0] is not as AWS writes it"),
        ('{"Vpcs": [{"CidrBlock": "10.0.0.0/16"}]}', "Vpcs[0].VpcId is not as AWS writes it: Field required"),
        ('{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.1/16"}]}', "Vpcs[0].CidrBlock is not as AWS"),
        ('{"Subnets": [], "NextToken": "abc"}', "is one page of several"),
    ],
)
def test_what_is_no_answer_of_aws_is_said(tmp_path, text, words):
    file = tmp_path / "answer.json"
    file.write_text(text)
    (rule,) = problems(file)
    assert words in rule


@pytest.mark.parametrize(
    "entry",
    [
        vpc(Tags="x"),
        vpc(Tags=["x"]),
        vpc(Tags=[{"Key": "Name"}]),
        vpc(CidrBlockAssociationSet=[{}]),
        vpc(CidrBlockAssociationSet=[{"CidrBlock": "x"}]),
    ],
)
def test_odd_entries_are_said_instead_of_failing_later(tmp_path, entry):
    (rule,) = problems(save(tmp_path, **answers(Vpcs=[entry])))
    assert rule.startswith("Vpcs[0].")


def test_null_is_an_empty_list(tmp_path):
    whole = answers(Subnets=[subnet(1, "172.30.0.0/24", Tags=None)]) | {"NatGateways": None}
    found = read_files([save(tmp_path, **whole)])
    assert (len(found.of("Subnets")), found.of("NatGateways"), "NatGateways" in found.read) == (1, [], True)


def test_everything_wrong_is_said_at_once(tmp_path):
    first, second = save(tmp_path, "a.json", Vpcs=[1]), tmp_path / "missing.json"
    assert len(problems(first, second)) == 2


def test_the_answers_that_are_needed_are_asked_for_with_their_command(tmp_path):
    with pytest.raises(ConfigError) as raised:
        read_files([save(tmp_path, AvailabilityZones=[])])
    way_outs = [problem.way_out for problem in raised.value.problems]
    assert ["describe-vpcs" in way_outs[0], "describe-subnets" in way_outs[1], len(way_outs)] == [
        True,
        True,
        2,
    ]


def test_an_empty_folder_holds_nothing_that_is_needed(tmp_path):
    assert problems(tmp_path) == ["none of the files has Vpcs", "none of the files has Subnets"]


def test_a_vpc_need_not_be_named_where_there_is_one(tmp_path):
    assert only_vpc(read_files([save(tmp_path, **answers(Vpcs=[vpc(Tags=tags(Name="x"))]))])) == VPC_ID
    two = read_files([save(tmp_path, **answers(Vpcs=[vpc(), vpc("10.0.0.0/16", VpcId="vpc-2")]))])
    with pytest.raises(ConfigError) as raised:
        only_vpc(two)
    assert "vpc-2 (10.0.0.0/16)" in raised.value.problems[0].rule
