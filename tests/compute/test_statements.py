import json

from constructs_lib.bindings import Token
from constructs_lib.compute.statements import known_problems, statements_of

GOOD = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::pictures/*"}


def fields(*statements):
    return [problem.field for problem in known_problems(statements, field="policies")]


def test_each_statement_is_held_to_what_iam_takes():
    assert fields(GOOD, {**GOOD, "Effect": "allow"}) == ["policies[1].Effect"]
    assert fields(GOOD, GOOD) == []


def test_one_that_refers_to_something_is_left_to_iam():
    assert fields({**GOOD, "Resource": f"{Token.as_string('${aws_x.y.arn}')}/*"}) == []


def test_a_file_of_iam_json_stands_for_its_statements(tmp_path):
    file = tmp_path / "read.json"
    file.write_text(json.dumps({"Version": "2012-10-17", "Statement": [GOOD, GOOD]}))
    assert statements_of([str(file), {**GOOD, "Sid": "Own"}], field="policies") == [
        GOOD,
        GOOD,
        {**GOOD, "Sid": "Own"},
    ]


def test_a_file_that_is_no_policy_is_said_with_its_place(tmp_path):
    assert fields(GOOD, tmp_path / "none.json") == ["policies[1]"]
