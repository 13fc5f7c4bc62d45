"""How a load balancer gets requests to a function: the attachment and the permission decide."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import Answer, Blocked, Carried, Reachability
from tests.support.architecture import add, default_document, drop, ref, resource

Document = dict[str, Any]


def ask(document: Document, source: Any, target: Any, port: int, **how: Any) -> Answer:
    return Reachability(document).path(source, target, port, **how)


def blocked(document: Document, source: Any, target: Any, port: int) -> tuple[str, str]:
    answer = ask(document, source, target, port)
    assert isinstance(answer, Blocked), answer
    return answer.hop, answer.why


def test_a_missing_attachment_is_named_at_the_listener() -> None:
    document = default_document()
    drop(document, "aws_lb_target_group_attachment.internal_inventory")
    assert (
        "aws_lb_target_group.internal_inventory, which has no target"
        in blocked(document, "storefront", "inventory", 8080)[1]
    )


def test_a_missing_permission_is_named() -> None:
    document = default_document()
    drop(document, "aws_lambda_permission.internal_inventory")
    assert blocked(document, "storefront", "inventory", 8080) == (
        "aws_lb_target_group.internal_inventory",
        "no aws_lambda_permission lets aws_lb_target_group.internal_inventory invoke inventory (live)",
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            {"source_arn": ref("aws_lb_target_group.public_storefront", "arn")},
            "is for aws_lb_target_group.public_storefront; "
            "the requests come from aws_lb_target_group.internal_inventory",
        ),
        (
            {"principal": "apigateway.amazonaws.com"},
            "is for the principal apigateway.amazonaws.com; elasticloadbalancing.amazonaws.com is needed",
        ),
        ({"action": "lambda:GetFunction"}, "allows lambda:GetFunction; lambda:InvokeFunction is needed"),
        (
            {"qualifier": None},
            "is for the function without alias; aws_lb_target_group_attachment.internal_inventory attaches "
            "the alias or version live",
        ),
        (
            {"qualifier": "blue"},
            "is for the alias or version blue; aws_lb_target_group_attachment.internal_inventory attaches "
            "the alias or version live",
        ),
    ],
)
def test_a_permission_that_does_not_fit_is_named(change: dict[str, Any], why: str) -> None:
    document = default_document()
    resource(document, "aws_lambda_permission.internal_inventory").update(change)
    assert blocked(document, "storefront", "inventory", 8080) == (
        "aws_lambda_permission.internal_inventory",
        f"aws_lambda_permission.internal_inventory {why}",
    )


@pytest.mark.parametrize(
    ("target_id", "permission"),
    [
        (ref("aws_lambda_function.inventory", "arn"), {"qualifier": None}),
        (ref("aws_lambda_function.inventory", "arn") + ":live", {}),
        (
            ref("aws_lambda_function.inventory", "qualified_arn"),
            {"qualifier": ref("aws_lambda_function.inventory", "version")},
        ),
        ("arn:aws:lambda:us-east-1:123456789012:function:app-dev-inventory:live", {}),
        (
            ref("aws_lambda_alias.inventory", "arn"),
            {"function_name": ref("aws_lambda_alias.inventory", "arn"), "qualifier": None},
        ),
        (ref("aws_lambda_alias.inventory", "arn"), {"function_name": "app-dev-inventory"}),
        (ref("aws_lambda_alias.inventory", "arn"), {"source_arn": None}),
    ],
)
def test_a_function_may_be_attached_and_permitted_in_every_spelling(
    target_id: str, permission: dict[str, Any]
) -> None:
    document = default_document()
    resource(document, "aws_lb_target_group_attachment.internal_inventory")["target_id"] = target_id
    resource(document, "aws_lambda_permission.internal_inventory").update(permission)
    assert isinstance(ask(document, "storefront", "inventory", 8080), Carried)


def test_two_functions_in_one_target_group_are_refused() -> None:
    document = default_document()
    add(
        document,
        "aws_lb_target_group_attachment.second",
        target_group_arn=ref("aws_lb_target_group.internal_inventory", "arn"),
        target_id=ref("aws_lambda_alias.storefront", "arn"),
    )
    assert "has 2 targets" in blocked(document, "storefront", "inventory", 8080)[1]
