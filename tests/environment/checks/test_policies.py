"""What functions may do: files and statements, each by itself and all together."""

import json
from pathlib import Path

import pytest

from constructs_lib.environment.policy_files import statements_of
from tests.support.environment_files import fields, load, only_problem, problems

POLICIES = "functions.inventory.policies"
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop/*"}
TABLE = '{Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:us-east-1:123456789012:q"}'


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def policy(root: Path, text: str, name: str = "read.json") -> str:
    (root / "policies").mkdir(exist_ok=True)
    (root / "policies" / name).write_text(text, encoding="utf-8")
    return f"policies/{name}"


def test_files_and_statements_are_policies(tmp_path: Path) -> None:
    file = policy(tmp_path, document(READ))
    function = load(tmp_path, {POLICIES: f'["{file}", {TABLE}]'}).functions["inventory"]
    found = [
        statement["Action"]
        for entry in function.policies
        for statement in statements_of(entry, field="policies", project_root=tmp_path)
    ]
    assert found == ["s3:GetObject", ["sqs:SendMessage"]]


def test_statements_may_be_written_as_tables_below_each_other(tmp_path: Path) -> None:
    single = json.dumps({"Version": "2012-10-17", "Statement": READ})
    assert load(tmp_path, {POLICIES: f'["{policy(tmp_path, single)}"]'})


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("policies/none.json", "there is no such file"),
        ("policies", "is no file"),
        ("", "is no file"),
        (".", "is no file"),
        ("/etc/passwd", "relative to the folder of main.py"),
        ("~/read.json", "relative to the folder of main.py"),
        ("C:\\\\read.json", "relative to the folder of main.py"),
        ("policies\\\\read.json", "backslashes"),
        ("../read.json", "without .."),
        (" policies/read.json", "blanks around it"),
        ("a\\u0000b", "is no usable path"),
        ("x" * 5000, "is no usable path"),
    ],
)
def test_a_policy_file_lies_inside_the_project(tmp_path: Path, path: str, rule: str) -> None:
    policy(tmp_path, document(READ))
    problem = only_problem(tmp_path, {POLICIES: f'["{path}"]'})
    assert problem.field == f"{POLICIES}[0]"
    assert rule in problem.rule


def test_a_slip_in_a_file_is_repaired(tmp_path: Path) -> None:
    policy(tmp_path, document(READ))
    assert 'did you mean "read.json"?' in only_problem(tmp_path, {POLICIES: '["policies/raed.json"]'}).way_out


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    project = tmp_path / "project"
    load(project)
    (tmp_path / "outside.json").write_text(document(READ))
    (project / "linked.json").symlink_to(tmp_path / "outside.json")
    assert "leads out of the project" in only_problem(project, {POLICIES: '["linked.json"]'}).rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"Version": "2012-10-17", "Version": "2012-10-17"}', "comes twice"),
        ("[]", "a policy is a JSON object"),
        ('{"Statement": []}', "policy variables"),
        ('{"Version": "2012-10-17"}', "at least one statement"),
        (document("x"), "a statement is a table"),
        (document({**READ, "Effect": "allow"}), 'is "Allow" or "Deny"'),
        (document({**READ, "Principal": "*"}), "the role is it"),
        (document({**READ, "Action": "getobject"}), 'an action is "service:Name"'),
        (document({**READ, "Resource": "shop"}), 'a resource is an ARN or "*"'),
        (document({**READ, "Action": "*", "Resource": "*"}), "an administrator"),
        (document({**READ, "Condition": {"stringEquals": {"a": "b"}}}), "is not an operator of IAM"),
        (document({**READ, "Condition": {"NumericEquals": {"aws:x": float("nan")}}}), "nan or inf"),
        (document(READ | {"Sid": "a"}, READ | {"Sid": "a"}), "each Sid of a policy is unique"),
    ],
)
def test_a_file_that_is_no_policy(tmp_path: Path, text: str, rule: str) -> None:
    found = problems(tmp_path, {POLICIES: f'["{policy(tmp_path, text)}"]'})
    assert any(rule in problem.rule for problem in found)
    assert all(problem.field.startswith(f"{POLICIES}[0]") for problem in found)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("{}", ""),
        ('{Effect = "Permit", Action = "s3:GetObject", Resource = "*"}', ".Effect"),
        ('{Effect = "Allow", Resource = "*"}', ""),
        ('{Effect = "Allow", Action = 5, Resource = "*"}', ".Action"),
        ('{Effect = "Allow", Action = "s3:Get Object", Resource = "*"}', ".Action"),
        ('{Effect = "Allow", Action = "s3:GetObject", Resource = []}', ".Resource"),
        ('{Effect = "Allow", actions = ["s3:GetObject"], Resource = "*"}', ".actions"),
        ('{Effect = "Allow", Action = "s3:GetObject", Resource = "*", Sid = "a-b"}', ".Sid"),
        (
            '{Effect = "Allow", Action = "s3:GetObject", Resource = "*", '
            "Condition = {DateLessThan = {x = 2026-01-01}}}",
            "",
        ),
    ],
)
def test_a_table_that_is_no_statement(tmp_path: Path, table: str, field: str) -> None:
    found = fields(tmp_path, {POLICIES: f"[{table}]"})
    assert f"{POLICIES}[0]{field}" in found
    assert all(each.startswith(f"{POLICIES}[0]") for each in found)


@pytest.mark.parametrize("value", ["[5]", "[true]", "[[]]", "[2026-01-01]"])
def test_a_policy_is_a_file_or_a_statement(tmp_path: Path, value: str) -> None:
    problem = only_problem(tmp_path, {POLICIES: value})
    assert (problem.field, problem.rule) == (f"{POLICIES}[0]", "must be a text in quotes or a table")


def test_a_sid_is_unique_over_all_policies(tmp_path: Path) -> None:
    file = policy(tmp_path, document(READ | {"Sid": "Read"}))
    table = TABLE.replace("{Effect", '{Sid = "Read", Effect')
    problem = only_problem(tmp_path, {POLICIES: f'["{file}", {table}]'})
    assert (problem.field, problem.value) == (f"{POLICIES}[1].Sid", "Read")
    assert f"{POLICIES}[0] has the same Sid" in problem.rule


def test_all_policies_fit_into_a_role(tmp_path: Path) -> None:
    def files(count: int) -> dict[str, str | None]:
        resources = [f"arn:aws:s3:::{'x' * 50}{number}/*" for number in range(20)]
        text = document(READ | {"Resource": resources})
        return {POLICIES: str([policy(tmp_path, text, f"{number}.json") for number in range(count)])}

    assert load(tmp_path, files(6))
    problem = only_problem(tmp_path, files(7))
    assert problem.field == POLICIES
    assert "at most 10,240 characters" in problem.rule


def test_variables_of_iam_are_no_terraform(tmp_path: Path) -> None:
    resource = "arn:aws:s3:::shop/${aws:PrincipalTag/team}/*"
    assert load(tmp_path, {POLICIES: f'["{policy(tmp_path, document(READ | {"Resource": resource}))}"]'})
