import json
from datetime import date

import pytest

from constructs_lib.compute.policies import (
    check_policy,
    check_policy_size,
    check_statements,
    read_policy,
)
from constructs_lib.errors import ConfigError
from constructs_lib.iam import document

GOOD = {
    "Sid": "ReadOrders",
    "Effect": "Allow",
    "Action": ["dynamodb:GetItem", "dynamodb:Query"],
    "Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/orders",
    "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["a*"]}},
}


def problems(**changes):
    statement = {key: value for key, value in (GOOD | changes).items() if value is not None}
    return {problem.field: problem for problem in check_statements([statement], field="p")}


def test_a_good_statement_has_no_problems():
    assert problems() == {}
    assert check_policy({"Version": "2012-10-17", "Id": "x", "Statement": GOOD}, field="p") == []


def test_deny_of_everything_and_wildcards_in_names_are_legal():
    assert problems(Effect="Deny", Action="*", Resource="*") == {}
    assert problems(Action="s3:Get*", Resource="*") == {}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"Effect": "allow"}, "p[0].Effect", '"Allow" or "Deny"'),
        ({"Effect": None}, "p[0].Effect", '"Allow" or "Deny"'),
        ({"Sid": "read orders"}, "p[0].Sid", "letters and digits"),
        ({"Action": None}, "p[0]", "exactly one of Action and NotAction"),
        ({"NotAction": "s3:*"}, "p[0]", "exactly one of Action and NotAction"),
        ({"Resource": None}, "p[0]", "exactly one of Resource and NotResource"),
        ({"Action": []}, "p[0].Action", "at least one"),
        ({"Action": "GetItem"}, "p[0].Action", "service:Name"),
        ({"Action": ["s3:GetObject", 3]}, "p[0].Action", "service:Name"),
        ({"Resource": "bucket/*"}, "p[0].Resource", "an ARN"),
        ({"Principal": "*"}, "p[0].Principal", "no principal"),
        ({"action": "s3:*"}, "p[0].action", "the keys are"),
        ({"Condition": ["x"]}, "p[0].Condition", "table of operators"),
        ({"Condition": {"stringequals": {"a": "b"}}}, "p[0].Condition.stringequals", "not an operator"),
        ({"Condition": {"Bool": "true"}}, "p[0].Condition.Bool", "table of condition keys"),
        ({"Action": "*", "Resource": ["*"]}, "p[0].Action", "administrator"),
        ({"Action": "*:*", "Resource": "*"}, "p[0].Action", "administrator"),
        ({"Sid": "é", "Condition": {"Bool": {"a": "€"}}}, "p", "U+0020 to U+00FF"),
    ],
)
def test_what_iam_refuses_is_named(changes, field, words):
    assert words in problems(**changes)[field].rule


def test_a_key_in_the_wrong_case_is_told_the_right_one():
    assert problems(Effect=None, effect="Allow")["p[0].effect"].way_out == "write Effect"


@pytest.mark.parametrize("statements", [None, [], "x", {}])
def test_a_policy_without_statements_is_none(statements):
    assert [problem.field for problem in check_statements(statements, field="p")] == ["p"]


def test_a_statement_is_a_table():
    assert [problem.field for problem in check_statements(["s3:*"], field="p")] == ["p[0]"]


def test_a_sid_comes_once():
    assert [problem.field for problem in check_statements([GOOD, GOOD], field="p")] == ["p.Sid"]


@pytest.mark.parametrize("version", ["2008-10-17", None, "2012-10-18"])
def test_the_old_version_is_refused(version):
    document = {"Version": version, "Statement": [GOOD]}
    assert [problem.field for problem in check_policy(document, field="p")] == ["p.Version"]


def test_a_document_is_an_object():
    assert [problem.field for problem in check_policy([GOOD], field="p")] == ["p"]


def test_everything_wrong_is_said_at_once():
    found = check_policy({"Statement": [{"Effect": "x"}], "Statements": []}, field="p")
    fields = [problem.field for problem in found]
    assert fields == [
        "p.Statements",
        "p.Version",
        "p.Statement[0].Effect",
        "p.Statement[0]",
        "p.Statement[0]",
    ]


def test_the_size_counts_all_documents_without_white_space():
    def document(length):
        return {"a": " " * 5000 + "x" * (length - len('{"a":""}'))}

    assert check_policy_size([document(10_000), document(240)], field="p") == []
    (problem,) = check_policy_size([document(10_000), document(241)], field="p")
    assert "10,240" in problem.rule
    assert problem.value == "10,241 characters"


def test_a_value_that_json_does_not_have_is_said():
    assert "JSON does not have" in problems(Condition={"DateLessThan": {"a": date(2030, 1, 1)}})["p"].rule


def test_a_file_is_read(tmp_path):
    file = tmp_path / "orders.json"
    file.write_text(json.dumps(document(GOOD)))
    assert read_policy(file, field="p") == {"Version": "2012-10-17", "Statement": [GOOD]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be read"),
        ("{", "not JSON"),
        ('{"Version": 1, "Version": 2}', "comes twice"),
        ("\udcff", ""),
    ],
)
def test_a_file_that_is_no_json_is_said(tmp_path, text, words):
    file = tmp_path / "orders.json"
    if text is not None:
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError) as raised:
        read_policy(file, field="p")
    assert words in raised.value.problems[0].rule


def test_a_file_with_a_wrong_policy_names_the_file(tmp_path):
    file = tmp_path / "orders.json"
    file.write_text(json.dumps(document(GOOD | {"Effect": "allow"})))
    with pytest.raises(ConfigError) as raised:
        read_policy(file, field="functions.f.policies[0]")
    fields = [problem.field for problem in raised.value.problems]
    assert fields == ["functions.f.policies[0] (orders.json).Statement[0].Effect"]
