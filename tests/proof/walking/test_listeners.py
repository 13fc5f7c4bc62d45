"""Which listener rule takes a request, and which ones no request reaches."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import Answer, Blocked, CannotTell, Carried, Reachability
from tests.support.architecture import Document, add, document_of, environment_of, ref, resource

CALL = ("storefront", "inventory", 80)


def shared() -> Document:
    """Two protected functions by path on one listener; storefront calls both."""
    functions = {
        "inventory": {"source": "x", "exposure": "internal", "paths": ["/inventory/*"]},
        "prices": {"source": "x", "exposure": "internal", "paths": ["/prices/*", "/price"]},
        "storefront": {"source": "x", "calls": ["inventory", "prices"]},
    }
    return document_of(environment_of(functions=functions))


def ask(document: Document, target: str = "inventory") -> Answer:
    return Reachability(document).path("storefront", target, 80)


def add_rule(
    document: Document, priority: Any, *conditions: dict[str, Any], group: str = "internal_prices"
) -> None:
    add(
        document,
        "aws_lb_listener_rule.extra",
        listener_arn=ref("aws_lb_listener.internal_80", "arn"),
        priority=priority,
        action=[{"type": "forward", "target_group_arn": ref(f"aws_lb_target_group.{group}", "arn")}],
        condition=list(conditions),
    )


def path(*values: str) -> dict[str, Any]:
    return {"path_pattern": {"values": list(values)}}


def test_each_path_leads_to_its_function() -> None:
    document = shared()
    assert isinstance(ask(document, "inventory"), Carried)
    assert isinstance(ask(document, "prices"), Carried)


@pytest.mark.parametrize("values", [("/*",), ("*",), ("/inventory/*",), ("/inv*",), ("/x", "/?nventory/*")])
def test_a_broader_rule_before_takes_all_requests(values: tuple[str, ...]) -> None:
    document = shared()
    add_rule(document, 10, path(*values))
    answer = ask(document)
    assert isinstance(answer, Blocked)
    assert answer.why == (
        "no request reaches aws_lb_listener_rule.internal_inventory of aws_lb_listener.internal_80: "
        f"aws_lb_listener_rule.extra (priority 10) takes path pattern {' or '.join(values)} before"
    )


def test_a_broader_rule_behind_takes_nothing_away() -> None:
    document = shared()
    add_rule(document, 40000, path("/*"))
    assert isinstance(ask(document), Carried)


def test_a_narrower_rule_before_leaves_the_rest() -> None:
    document = shared()
    add_rule(document, 10, path("/inventory/old/*"))
    assert isinstance(ask(document), Carried)


def test_a_rule_with_another_condition_does_not_take_everything() -> None:
    document = shared()
    add_rule(document, 10, path("/*"), {"host_header": {"values": ["old.example.com"]}})
    assert isinstance(ask(document), Carried)


@pytest.mark.parametrize(
    "condition", [{"host_header": {"values": ["*"]}}, {"source_ip": {"values": ["0.0.0.0/0"]}}]
)
def test_a_condition_that_everything_meets_is_none(condition: dict[str, Any]) -> None:
    document = shared()
    add_rule(document, 10, path("/*"), condition)
    assert isinstance(ask(document), Blocked)


def test_hosts_are_compared_without_case_and_paths_with_it() -> None:
    document = shared()
    own = resource(document, "aws_lb_listener_rule.internal_inventory")
    own["condition"].append({"host_header": {"values": ["Shop.example.com"]}})
    add_rule(document, 10, {"host_header": {"values": ["*.EXAMPLE.com"]}})
    assert isinstance(ask(document), Blocked)
    resource(document, "aws_lb_listener_rule.extra")["condition"] = [path("/INVENTORY/*")]
    assert isinstance(ask(document), Carried)


def test_rules_that_take_one_value_each_shadow_together() -> None:
    document = shared()
    add_rule(document, 10, path("/prices/*"), group="internal_inventory")
    assert isinstance(ask(document, "prices"), Carried)
    resource(document, "aws_lb_listener_rule.extra")["condition"] = [path("/prices/*", "/price")]
    assert isinstance(ask(document, "prices"), Blocked)


def test_an_open_priority_or_pattern_before_is_not_a_yes() -> None:
    document = shared()
    add_rule(document, "${var.priority}", path("/*"))
    assert isinstance(ask(document), CannotTell)
    resource(document, "aws_lb_listener_rule.extra").update(priority=10, condition=[path("${var.path}")])
    assert isinstance(ask(document), CannotTell)


def test_a_default_action_behind_a_rule_that_takes_everything_is_not_reached() -> None:
    document = document_of(environment_of())
    add(
        document,
        "aws_lb_listener_rule.all",
        listener_arn=ref("aws_lb_listener.internal_8080", "arn"),
        priority=1,
        action=[{"type": "fixed-response", "fixed_response": {"status_code": "503"}}],
        condition=[path("/*")],
    )
    answer = Reachability(document).path("storefront", "inventory", 8080)
    assert isinstance(answer, Blocked)
    assert answer.why.startswith("no request reaches the default action of aws_lb_listener.internal_8080")


def weighted(*weights: Any) -> Answer:
    document = shared()
    groups = [
        {"arn": ref(f"aws_lb_target_group.internal_{name}", "arn"), "weight": weight}
        for name, weight in zip(("inventory", "prices"), weights, strict=True)
    ]
    rule = resource(document, "aws_lb_listener_rule.internal_inventory")
    rule["action"] = [{"type": "forward", "forward": {"target_group": groups}}]
    return ask(document)


def test_weights_share_the_requests() -> None:
    answer = weighted(90, 10)
    assert isinstance(answer, Carried)
    assert "(weight 90 of 100)" in str(answer)


def test_a_weight_of_zero_carries_nothing_and_an_open_one_is_not_a_yes() -> None:
    assert isinstance(weighted(0, 100), Blocked)
    assert isinstance(weighted("${var.weight}", 100), CannotTell)
