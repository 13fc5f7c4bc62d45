from constructs_lib.bindings import Token
from constructs_lib.compute.statements import known_problems

GOOD = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::pictures/*"}


def fields(*statements):
    return [problem.field for problem in known_problems(statements, field="statements")]


def test_each_statement_is_held_to_what_iam_takes():
    assert fields(GOOD, {**GOOD, "Effect": "allow"}) == ["statements[1].Effect"]
    assert fields(GOOD, GOOD) == []


def test_one_that_refers_to_something_is_left_to_iam():
    assert fields({**GOOD, "Resource": f"{Token.as_string('${aws_x.y.arn}')}/*"}) == []
