"""Statements that make an administrator are refused; those that lead there are warned of."""

from __future__ import annotations

from typing import Any

from constructs_lib.compute.policies import check_statements
from constructs_lib.compute.policy_power import policy_warnings

READ = {
    "Effect": "Allow",
    "Action": "dynamodb:Query",
    "Resource": "arn:aws:dynamodb:us-east-1:1:table/orders",
}


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


ADMINISTRATORS = [
    allow("*"),
    allow("*:*", ["*"]),
    allow("?*"),
    allow("*", "arn:aws:*:*:*:*"),
    allow("*", "arn:*:*:*:*:*"),
    allow("*", ["arn:aws:s3:::*", "arn:aws:ec2:*", "arn:aws:iam::*:*", "arn:aws:kms:*", "arn:aws:rds:*"]),
    allow(["a*", "c*", "e*", "i*", "k*", "r*", "s*"]),
    allow("*", Condition={"Bool": {"aws:SecureTransport": "true"}}),
    {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
    {"Effect": "Allow", "NotAction": ["s3:DeleteBucket"], "Resource": "arn:aws:*"},
    {"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::secret"},
    {"Effect": "Allow", "NotAction": "sts:*", "NotResource": "arn:aws:s3:::secret"},
]
OTHERS = [
    READ,
    {**allow("*"), "Effect": "Deny"},
    allow("s3:*"),
    allow("*", ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"]),
    allow(["s3:*", "sqs:*", "sns:*", "dynamodb:*", "kms:*"]),
    {"Effect": "Allow", "NotAction": "s3:DeleteObject", "Resource": "arn:aws:s3:::orders/*"},
]


def refused(statement: dict[str, Any]) -> bool:
    return any("administrator" in problem.rule for problem in check_statements([statement], field="p"))


def test_an_administrator_is_refused_however_he_is_written() -> None:
    assert [one for one in ADMINISTRATORS if not refused(one)] == []
    assert [one for one in OTHERS if refused(one)] == []


def warned(statement: dict[str, Any]) -> str:
    return " ".join(problem.rule for problem in policy_warnings([statement], field="p"))


def test_a_way_to_more_is_warned_of() -> None:
    role = "arn:aws:iam::123456789012:role/x"
    for action in ("iam:PassRole", "iam:*", "iam:Put*", "iam:CreatePolicyVersion", "sts:*", "sts:AssumeRole"):
        assert "more than this policy says" in warned(allow(action)), action
    assert "PutRolePolicy" in warned(allow(["iam:CreateRole", "iam:PutRolePolicy"], role))
    assert warned(allow("sts:AssumeRole", role)) == ""
    assert warned(allow(["iam:GetRole", "sts:GetCallerIdentity"])) == ""


def test_wide_statements_are_warned_of_and_denials_are_not() -> None:
    wide = [
        {"Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:aws:s3:::x"},
        allow("s3:*"),
        READ,
        {**allow("s3:*"), "Effect": "Deny"},
    ]
    fields = [warning.field for warning in policy_warnings(wide, field="p")]
    assert fields == ["p[0].NotAction", "p[1].Action"]
