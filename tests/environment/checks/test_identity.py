from pathlib import Path

import pytest

from constructs_lib.environment.tables.environment import OUR_TAGS, OWN_TAGS
from tests.support.environment_files import fields, load, only_problem
from tests.support.stacks_written import written

ROLE = '"arn:aws:iam::210987654321:role/deploy"'
KEY = '"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"'


def test_a_role_of_another_account_is_refused(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"assume_role_arn": ROLE, "account_id": '"123456789012"'})
    assert problem.field == "assume_role_arn"
    assert "210987654321" in problem.rule
    assert "123456789012" in problem.rule
    assert load(tmp_path, {"assume_role_arn": ROLE, "account_id": '"210987654321"'}).assume_role_arn


def test_a_boundary_is_of_the_account_or_of_aws(tmp_path: Path) -> None:
    boundary = "arn:aws:iam::210987654321:policy/limits"
    account = {"account_id": '"123456789012"'}
    problem = only_problem(tmp_path, {"iam.permissions_boundary_arn": f'"{boundary}"', **account})
    assert (problem.field, problem.value) == ("iam.permissions_boundary_arn", boundary)
    known = boundary.replace("210987654321", "aws")
    assert (
        load(tmp_path, {"iam.permissions_boundary_arn": f'"{known}"', **account}).iam.permissions_boundary_arn
        == known
    )


def test_state_in_s3_needs_a_bucket(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"state": '{backend = "s3"}'})
    assert (problem.field, repr(problem.value)) == ("state.bucket", "(missing)")


@pytest.mark.parametrize("key", ["bucket", "region", "kms_key_arn"])
def test_local_state_has_none_of_s3s_settings(tmp_path: Path, key: str) -> None:
    value = {"bucket": '"acme-state"', "region": '"eu-west-1"', "kms_key_arn": KEY}[key]
    problem = only_problem(tmp_path, {f"state.{key}": value})
    assert problem.field == f"state.{key}"
    assert 'backend = "s3"' in problem.way_out


def test_a_key_is_in_the_region_of_the_bucket(tmp_path: Path) -> None:
    state = f'backend = "s3", bucket = "acme-state", kms_key_arn = {KEY}'
    problem = only_problem(tmp_path, {"state": f"{{{state}}}"})
    assert problem.field == "state.kms_key_arn"
    assert "eu-west-1" in problem.rule
    assert "us-east-1" in problem.rule
    assert load(tmp_path, {"state": f'{{{state}, region = "eu-west-1"}}'}).state.kms_key_arn


@pytest.mark.parametrize(
    "bucket",
    [
        "ab",
        "a" * 64,
        "Acme",
        "acme_state",
        "-acme",
        "acme.",
        "acme..state",
        "10.0.0.1",
        "xn--acme",
        "acme-s3alias",
        "s3://acme",
        "arn:aws:s3:::acme",
    ],
)
def test_a_bucket_has_a_name_that_s3_takes(tmp_path: Path, bucket: str) -> None:
    changes = {
        "state": f'{{backend = "s3", bucket = "{bucket}"}}',
        "load_balancers.internal.access_logs_bucket": f'"{bucket}"',
    }
    assert fields(tmp_path, changes) == ["load_balancers.internal.access_logs_bucket", "state.bucket"]


@pytest.mark.parametrize("bucket", ["abc", "a" * 63, "acme.state-2"])
def test_a_bucket_of_any_legal_name_is_fine(tmp_path: Path, bucket: str) -> None:
    assert load(tmp_path, {"state": f'{{backend = "s3", bucket = "{bucket}"}}'}).state.bucket == bucket


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Project", "shop"),
        ("project", "shop"),
        ("Environment", "dev"),
        ("managedby", "me"),
        ("aws:owner", "me"),
        ("AWS:owner", "me"),
        ("", "me"),
        (" owner", "me"),
        ("k" * 129, "me"),
        ("owner", "v" * 257),
        ("owner", "a;b"),
        ("own{er}", "me"),
        ("owner", "${var.x}"),
        ("owner", "a\\tb"),
        ("owner", "a\\nb"),
        ("ow\\tner", "me"),
    ],
)
def test_a_tag_that_aws_or_this_project_would_refuse(tmp_path: Path, key: str, value: str) -> None:
    (field,) = fields(tmp_path, {f'tags."{key}"': f'"{value}"'})
    assert field.startswith("tags.")


def test_tags_that_differ_in_case_only_are_one_for_iam(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"tags": '{Owner = "a", owner = "b"}'})
    assert problem.field == "tags.owner"
    assert "the same tag as `Owner`" in problem.rule
    assert "is set for you" in only_problem(tmp_path, {"tags": '{project = "a"}'}).rule


def test_a_resource_has_fifty_tags_with_ours(tmp_path: Path) -> None:
    def tags(count: int) -> str:
        return "{" + ", ".join(f't{number} = "x"' for number in range(count)) + "}"

    assert len(load(tmp_path, {"tags": tags(45)}).tags) == 45
    problem = only_problem(tmp_path, {"tags": tags(46)})
    assert (problem.field, repr(problem.value)) == ("tags", "46 tags")
    assert "would have 51 with the generated ones: AWS allows 50" in problem.rule


def test_generated_tags_are_those_that_are_counted() -> None:
    for one in written().values():
        for kinds in one.document["resource"].values():
            for body in kinds.values():
                assert len(body.get("tags", {}).keys() - {*OUR_TAGS}) <= len(OWN_TAGS)


def test_tags_in_any_language_are_fine(tmp_path: Path) -> None:
    tags = {"k" * 128: "v" * 256, "Größe": "straße 5", "a.b:c/d=e+f-g@h_i": ""}
    text = ", ".join(f'"{key}" = "{value}"' for key, value in tags.items())
    assert load(tmp_path, {"tags": f"{{{text}}}"}).tags == tags


def test_hcp_terraform_needs_an_organization(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"state": '{backend = "hcp"}'})
    assert (problem.field, repr(problem.value)) == ("state.organization", "(missing)")


def test_hcp_terraform_has_a_workspace_or_tags(tmp_path: Path) -> None:
    hcp = 'backend = "hcp", organization = "acme"'
    for more in (
        "",
        ', workspace = "shop_dev"',
        ', tags = ["shop", "team:a"]',
        ', hostname = "tfe.acme.com"',
    ):
        assert load(tmp_path, {"state": f"{{{hcp}{more}}}"}).state.organization == "acme"
    assert fields(tmp_path, {"state": f'{{{hcp}, workspace = "a", tags = ["b"]}}'}) == ["state.tags"]


def test_what_hcp_terraform_would_refuse_is_named(tmp_path: Path) -> None:
    state = 'organization = "a", workspace = "shop dev", tags = ["-x"], hostname = "https://acme.com"'
    names = ["organization", "workspace", "tags[0]", "hostname"]
    assert fields(tmp_path, {"state": f'{{backend = "hcp", {state}}}'}) == [f"state.{name}" for name in names]


def test_the_settings_of_another_backend_are_refused(tmp_path: Path) -> None:
    hcp = 'backend = "hcp", organization = "acme", bucket = "acme-state"'
    assert fields(tmp_path, {"state": f"{{{hcp}}}"}) == ["state.bucket"]
    s3 = 'backend = "s3", bucket = "acme-state", workspace = "a", tags = ["b"]'
    assert fields(tmp_path, {"state": f"{{{s3}}}"}) == ["state.workspace", "state.tags"]


def test_the_key_of_log_groups_lies_in_their_region(tmp_path: Path) -> None:
    key = KEY.strip('"')
    elsewhere = {"logs.kms_key_arn": f'"{key.replace("eu-west-1", "ap-south-1")}"', "region": '"eu-west-1"'}
    assert only_problem(tmp_path, elsewhere).field == "logs.kms_key_arn"
    assert load(tmp_path, {**elsewhere, "logs.kms_key_arn": f'"{key}"'})
