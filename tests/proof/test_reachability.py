"""Who reaches a thing, everything that is possible, and the rules that nothing declared needs."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import CannotTell, Reachability
from tests.support.architecture import (
    Document,
    add,
    default_document,
    document_of,
    environment_of,
    ref,
    resource,
)

DECLARED = [
    ("storefront", "inventory", 8080),
    ("internet", "storefront", 80),
    ("storefront", "internet", 443),
    *(
        (source, target, 443)
        for source in ("storefront", "inventory")
        for target in ("logs", "s3", "dynamodb")
    ),
]


def unused(document: Document, declared: Any = tuple(DECLARED)) -> list[tuple[str, str]]:
    return [(one.rule, one.why) for one in Reachability(document).unused_rules(declared)]


def test_every_rule_of_the_default_is_needed() -> None:
    assert unused(default_document()) == []


def test_without_a_call_both_of_its_rules_are_unused() -> None:
    assert [rule for rule, _ in unused(default_document(), DECLARED[1:])] == [
        "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080",
        "aws_vpc_security_group_egress_rule.storefront_to_internal_8080",
    ]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (
            {"cidr_ipv4": "0.0.0.0/0", "from_port": 8080, "to_port": 8080},
            "lets 8080 in from 0.0.0.0/0, which nothing declared needs",
        ),
        (
            {
                "referenced_security_group_id": ref("aws_security_group.storefront"),
                "from_port": 8080,
                "to_port": 8090,
            },
            "lets 8080 to 8090 in from aws_security_group.storefront, more than the ports that are declared",
        ),
        (
            {"referenced_security_group_id": "sg-0123456789abcdef0", "from_port": 8080, "to_port": 8080},
            "lets 8080 in from sg-0123456789abcdef0, which nothing declared needs",
        ),
        (
            {"ip_protocol": "udp", "cidr_ipv4": "10.0.0.0/16", "from_port": 53, "to_port": 53},
            "lets udp in from 10.0.0.0/16, and only TCP is declared",
        ),
        (
            {"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/16"},
            "lets every port in from 10.0.0.0/16, more than the ports that are declared",
        ),
    ],
)
def test_a_rule_that_opens_more_than_is_declared_is_named(rule: dict[str, Any], why: str) -> None:
    document = default_document()
    body = {"security_group_id": ref("aws_security_group.internal"), "ip_protocol": "tcp", **rule}
    add(document, "aws_vpc_security_group_ingress_rule.extra", **body)
    assert unused(document) == [("aws_vpc_security_group_ingress_rule.extra", why)]


def test_a_range_no_wider_than_the_callers_subnets_is_needed() -> None:
    document = default_document()
    rule = resource(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    del rule["referenced_security_group_id"]
    rule["cidr_ipv4"] = "10.0.0.0/23"
    assert unused(document) == []
    rule["cidr_ipv4"] = "10.0.0.0/22"
    assert [name for name, _ in unused(document)] == [
        "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080"
    ]


def test_the_open_default_group_of_a_vpc_is_named() -> None:
    document = {"resource": {"aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}}}}
    assert {(one.group, one.why) for one in Reachability(document).unused_rules([])} == {
        (
            "aws_vpc.main.default_security_group_id",
            f"lets every port {peer}, more than the ports that are declared",
        )
        for peer in ("in from aws_vpc.main.default_security_group_id", "out to 0.0.0.0/0", "out to ::/0")
    }


def test_an_opening_with_an_open_value_is_doubtful() -> None:
    document = default_document()
    rule = resource(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    rule["referenced_security_group_id"] = "${var.caller}"
    assert [one.sure for one in Reachability(document).unused_rules(DECLARED)] == [False]


def reaching(document: Document, target: str) -> set[tuple[str, int]]:
    return {(one.source, one.port) for one in Reachability(document).who_reaches(target)}


def test_who_reaches_what_is_read_off_the_rules() -> None:
    document = default_document()
    assert reaching(document, "inventory") == {("aws_lambda_function.storefront", 8080)}
    assert reaching(document, "storefront") == {("internet", 80)}
    assert reaching(document, "aws_vpc_endpoint.endpoints_logs") == {
        ("aws_lambda_function.inventory", 443),
        ("aws_lambda_function.storefront", 443),
    }
    assert reaching(document, "aws_lb.internal") == {("aws_lambda_function.storefront", 8080)}


def test_a_range_lets_in_everybody_inside_who_is_let_out() -> None:
    functions = {
        "inventory": {"source": "x", "exposure": "internal", "port": 8080},
        "storefront": {"source": "x", "calls": ["inventory"]},
        "worker": {"source": "x"},
    }
    document = document_of(environment_of(functions=functions))
    rule = resource(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    del rule["referenced_security_group_id"]
    rule["cidr_ipv4"] = "10.0.0.0/16"
    assert reaching(document, "inventory") == {("aws_lambda_function.storefront", 8080)}
    body = {
        "security_group_id": ref("aws_security_group.worker"),
        "ip_protocol": "-1",
        "cidr_ipv4": "0.0.0.0/0",
    }
    add(document, "aws_vpc_security_group_egress_rule.all", **body)
    assert reaching(document, "inventory") == {
        ("aws_lambda_function.storefront", 8080),
        ("aws_lambda_function.worker", 8080),
    }


def test_an_admitted_group_that_exists_elsewhere_may_reach_it() -> None:
    callers = {"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["inventory"]}}
    found = Reachability(document_of(environment_of(callers=callers))).who_reaches("inventory")
    assert {one.source: type(one.answer) for one in found}["sg-0fedcba9876543210"] is CannotTell


def test_the_matrix_holds_every_connection_of_the_default() -> None:
    found = {(one.source, one.target, one.port) for one in Reachability(default_document()).matrix()}
    workloads = ("aws_lambda_function.inventory", "aws_lambda_function.storefront")
    endpoints = [f"aws_vpc_endpoint.endpoints_{name}" for name in ("logs", "s3", "dynamodb")]
    assert found == {
        ("aws_lambda_function.storefront", "aws_lambda_function.inventory", 8080),
        ("aws_lambda_function.storefront", "aws_lb.internal", 8080),
        ("internet", "aws_lambda_function.storefront", 80),
        ("internet", "aws_lb.public", 80),
        *((workload, endpoint, 443) for workload in workloads for endpoint in endpoints),
    }


def test_who_reaches_a_thing_without_a_door_is_refused() -> None:
    with pytest.raises(LookupError, match="is no workload, load balancer or endpoint"):
        Reachability(default_document()).who_reaches("internet")
