"""What policies allow, held to somebody else's evaluation of the same policies."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from moto.iam.access_control import IAMPolicy, PermissionResult

from constructs_lib.iam.evaluation import Policies, decide
from constructs_lib.iam.parsing import read_statements, unread

ACTIONS = ["lambda:InvokeFunction", "lambda:Invoke*", "lambda:*", "s3:GetObject", "*"]
RESOURCES = ["*", "arn:aws:lambda:*:*:function:*", "arn:aws:lambda:us-east-1:1:function:a", "arn:aws:s3:::b"]


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    action, resource = draw(st.sampled_from(["Action", "NotAction"])), "Resource"
    one: dict[str, Any] = {"Effect": draw(st.sampled_from(["Allow", "Deny"]))}
    one[action] = draw(st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2))
    one[resource] = draw(st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2))
    return one


def policies(*found: dict[str, Any]) -> Policies:
    return Policies(tuple(read_statements({"Statement": list(found)}, "policy")))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(statements(), min_size=1, max_size=3),
    st.sampled_from(ACTIONS[:1] + ACTIONS[3:4]),
    st.sampled_from(RESOURCES[2:]),
)
def test_every_decision_is_that_of_another_evaluator(found, action, resource):
    document = {"policy_document": json.dumps({"Version": "2012-10-17", "Statement": found})}
    theirs = IAMPolicy({"policy_document": document["policy_document"]}).is_action_permitted(action, resource)
    assert decide(policies(*found), action, (resource,)).allowed is (theirs == PermissionResult.PERMITTED)


ALLOW = {"Effect": "Allow", "Action": "lambda:*", "Resource": "*"}


def asked(*found: dict[str, Any]) -> bool | None:
    return decide(
        policies(*found), "lambda:InvokeFunction", ("arn:aws:lambda:us-east-1:1:function:a",)
    ).allowed


def test_a_condition_and_a_variable_leave_it_open():
    assert asked({**ALLOW, "Condition": {"Bool": {"a": "b"}}}) is None
    assert asked({**ALLOW, "Resource": "arn:aws:lambda:us-east-1:1:function:${aws:username}"}) is None
    assert asked(ALLOW, {**ALLOW, "Effect": "Deny", "Condition": {"Bool": {"a": "b"}}}) is None
    assert asked({**ALLOW, "Effect": "allow"}) is None


def test_what_is_not_read_may_allow_everything_within_the_boundary():
    hidden = unread("aws_iam_role.x", "nobody knows")
    decision = decide(Policies((hidden,)), "lambda:InvokeFunction", ("*",))
    assert (decision.allowed, decision.why) == (None, "nobody knows")
    limit = policies({**ALLOW, "Action": "s3:*"}).statements
    assert decide(Policies((hidden,), limit), "lambda:InvokeFunction", ("*",)).allowed is False
