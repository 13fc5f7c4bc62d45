"""Everything that the internet reaches."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import CannotTell, Carried, Reachability
from tests.support.architecture import (
    Document,
    add,
    default_document,
    document_of,
    drop,
    environment_of,
    ref,
    resource,
)


def exposed(document: Document) -> set[tuple[str, int | None, tuple[str, ...]]]:
    return {(one.target, one.port, one.sources) for one in Reachability(document).exposures()}


DEFAULT: set[tuple[str, int | None, tuple[str, ...]]] = {
    ("aws_lb.public", 80, ("0.0.0.0/0",)),
    ("aws_lambda_function.storefront", 80, ("0.0.0.0/0",)),
}


def test_the_default_exposes_its_public_function_and_nothing_else() -> None:
    assert exposed(default_document()) == DEFAULT


def test_an_exposure_says_which_requests_and_by_which_way() -> None:
    found = {one.target: one for one in Reachability(default_document()).exposures()}
    storefront = found["aws_lambda_function.storefront"]
    assert storefront.requests == "path pattern /*"
    assert isinstance(storefront.answer, Carried)
    assert storefront.answer.hops[-1].addresses == ("aws_lambda_permission.public_storefront",)


def test_allowed_ranges_are_the_sources() -> None:
    balancers = {"public": {"insecure_http": True, "allowed_cidrs": ["198.51.100.0/24", "203.0.113.0/24"]}}
    document = document_of(environment_of(load_balancers=balancers))
    sources = ("198.51.100.0/24", "203.0.113.0/24")
    assert exposed(document) == {
        ("aws_lb.public", 80, sources),
        ("aws_lambda_function.storefront", 80, sources),
    }


def test_private_ranges_are_no_exposure() -> None:
    document = default_document()
    resource(document, "aws_vpc_security_group_ingress_rule.public_from_internet_80")["cidr_ipv4"] = (
        "10.0.0.0/8"
    )
    assert exposed(document) == set()


def test_an_internal_load_balancer_made_public_is_an_exposure_once_its_subnets_are() -> None:
    document = default_document()
    resource(document, "aws_lb.internal")["internal"] = False
    rule = resource(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    del rule["referenced_security_group_id"]
    rule["cidr_ipv4"] = "0.0.0.0/0"
    assert exposed(document) == DEFAULT
    resource(document, "aws_lb.internal")["subnets"][0] = ref("aws_subnet.network_public_a")
    assert exposed(document) == DEFAULT | {
        ("aws_lb.internal", 8080, ("0.0.0.0/0",)),
        ("aws_lambda_function.inventory", 8080, ("0.0.0.0/0",)),
    }


def test_ipv6_counts_on_a_dual_stack_load_balancer_with_a_route() -> None:
    document = default_document()
    rule = resource(document, "aws_vpc_security_group_ingress_rule.public_from_internet_80")
    del rule["cidr_ipv4"]
    rule["cidr_ipv6"] = "::/0"
    assert exposed(document) == set()
    resource(document, "aws_lb.public")["ip_address_type"] = "dualstack"
    route = {**resource(document, "aws_route.network_public"), "destination_ipv6_cidr_block": "::/0"}
    del route["destination_cidr_block"]
    add(document, "aws_route.network_public_ipv6", **route)
    assert ("aws_lambda_function.storefront", 80, ("::/0",)) in exposed(document)


@pytest.mark.parametrize(
    ("authorization", "kind"), [("NONE", Carried), ("${var.auth}", CannotTell), ("AWS_IAM", None)]
)
def test_a_function_url_without_authorization_is_an_exposure(authorization: str, kind: type | None) -> None:
    document = default_document()
    name = ref("aws_lambda_function.inventory", "function_name")
    add(document, "aws_lambda_function_url.inventory", function_name=name, authorization_type=authorization)
    found = [
        one for one in Reachability(document).exposures() if one.target == "aws_lambda_function.inventory"
    ]
    assert [type(one.answer) for one in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("permission", "kind"),
    [
        ({"principal": "*"}, Carried),
        ({"principal": "apigateway.amazonaws.com"}, CannotTell),
        ({"principal": "events.amazonaws.com"}, None),
    ],
)
def test_a_permission_for_everybody_is_an_exposure(permission: dict[str, Any], kind: type | None) -> None:
    document = default_document()
    body = {
        "function_name": ref("aws_lambda_function.inventory", "arn"),
        "action": "lambda:InvokeFunction",
        **permission,
    }
    add(document, "aws_lambda_permission.extra", **body)
    found = [
        one for one in Reachability(document).exposures() if one.target == "aws_lambda_function.inventory"
    ]
    assert [type(one.answer) for one in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("address", "attribute"),
    [
        ("aws_lb.public", "internal"),
        ("aws_lb.public", "load_balancer_type"),
        ("aws_lb_listener.public_80", "port"),
        ("aws_lb.public", "security_groups"),
    ],
)
def test_an_open_value_is_an_exposure_that_cannot_be_told(address: str, attribute: str) -> None:
    document = default_document()
    resource(document, address)[attribute] = "${module.elsewhere.value}"
    assert {type(one.answer) for one in Reachability(document).exposures()} == {CannotTell}


def test_without_the_public_load_balancer_nothing_is_exposed() -> None:
    document = default_document()
    drop(document, "aws_lb.public")
    assert exposed(document) == set()
