"""Routes: which subnets are public, and how packets leave a private one."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import Answer, Blocked, CannotTell, Carried, Reachability
from tests.support.architecture import add, default_document, document_of, drop, environment_of, ref, resource

OUT = ("storefront", "internet", 443)
IN = ("internet", "storefront", 80)


def ask(document: dict[str, Any], question: tuple[str, str, int], **how: Any) -> Answer:
    return Reachability(document).path(*question, **how)


def why(document: dict[str, Any], question: tuple[str, str, int]) -> str:
    answer = ask(document, question)
    assert isinstance(answer, Blocked), answer
    return answer.why


def test_a_subnet_without_a_route_blocks_a_call_but_is_no_wall() -> None:
    document = default_document()
    drop(document, "aws_route.network_private_b")
    assert why(document, OUT) == (
        "aws_subnet.network_private_b uses aws_route_table.network_private_b, "
        "which has no route to the internet"
    )
    assert isinstance(ask(document, OUT, through="any"), Carried)


def test_without_nat_nothing_gets_out() -> None:
    document = document_of(environment_of(network={"nat": "none"}))
    assert "has no route to the internet" in why(document, OUT)


def test_a_function_in_a_public_subnet_has_no_internet() -> None:
    document = default_document()
    config = resource(document, "aws_lambda_function.storefront")["vpc_config"]
    config["subnet_ids"] = [ref("aws_subnet.network_public_a")]
    assert why(document, OUT) == (
        "aws_subnet.network_public_a leads straight to an internet gateway, "
        "but storefront has no public address there: "
        "it needs a private subnet with a NAT gateway"
    )


def test_a_nat_gateway_in_a_private_subnet_leads_nowhere() -> None:
    document = default_document()
    resource(document, "aws_nat_gateway.network_nat_a")["subnet_id"] = ref("aws_subnet.network_private_a")
    assert why(document, OUT) == (
        "aws_subnet.network_private_a is no public subnet: "
        "aws_route.network_private_a leads to a nat gateway "
        "(aws_nat_gateway.network_nat_a)"
    )


def test_a_private_nat_gateway_leads_to_no_internet() -> None:
    document = default_document()
    resource(document, "aws_nat_gateway.network_nat_a")["connectivity_type"] = "private"
    assert "is a private NAT gateway" in why(document, OUT)


@pytest.mark.parametrize("question", [IN, OUT])
def test_a_gateway_that_is_attached_to_no_vpc_carries_nothing(question: tuple[str, str, int]) -> None:
    document = default_document()
    gateway = resource(document, "aws_internet_gateway.network")
    del gateway["vpc_id"]
    assert why(document, question) == "aws_internet_gateway.network is not attached to aws_vpc.network"
    add(
        document,
        "aws_internet_gateway_attachment.network",
        internet_gateway_id=ref("aws_internet_gateway.network"),
        vpc_id=ref("aws_vpc.network"),
    )
    assert isinstance(ask(document, question), Carried)


def test_a_gateway_that_exists_already_is_adopted() -> None:
    document = default_document()
    resource(document, "aws_route.network_public")["gateway_id"] = "igw-0123456789abcdef0"
    assert isinstance(ask(document, IN), Carried)


def test_a_public_load_balancer_needs_every_subnet_to_be_public() -> None:
    document = default_document()
    resource(document, "aws_lb.public")["subnets"][1] = ref("aws_subnet.network_private_b")
    assert "aws_subnet.network_private_b is no public subnet" in why(document, IN)
    assert isinstance(ask(document, IN, through="any"), Carried)


def test_a_subnet_without_an_association_uses_the_main_route_table() -> None:
    document = default_document()
    drop(document, "aws_route_table_association.network_public_a")
    assert "uses its VPC's main route table, which has no route to the internet" in why(document, IN)
    add(
        document,
        "aws_route.main",
        route_table_id=ref("aws_vpc.network", "main_route_table_id"),
        destination_cidr_block="0.0.0.0/0",
        gateway_id=ref("aws_internet_gateway.network"),
    )
    assert isinstance(ask(document, IN), Carried)


def test_the_default_route_table_is_the_main_one() -> None:
    document = default_document()
    drop(document, "aws_route_table_association.network_public_a")
    add(
        document,
        "aws_default_route_table.main",
        default_route_table_id=ref("aws_vpc.network", "default_route_table_id"),
        route=[{"cidr_block": "0.0.0.0/0", "gateway_id": ref("aws_internet_gateway.network")}],
    )
    assert isinstance(ask(document, IN), Carried)


def test_inline_routes_count() -> None:
    document = default_document()
    drop(document, "aws_route.network_public")
    route = {"cidr_block": "0.0.0.0/0", "gateway_id": ref("aws_internet_gateway.network")}
    resource(document, "aws_route_table.network_public")["route"] = [route]
    assert isinstance(ask(document, IN), Carried)


def test_the_most_specific_route_decides() -> None:
    document = default_document()
    add(
        document,
        "aws_route.detour",
        route_table_id=ref("aws_route_table.network_private_a"),
        destination_cidr_block="198.51.100.0/24",
        transit_gateway_id="tgw-0123",
    )
    assert isinstance(ask(document, ("storefront", "198.51.100.0/25", 443)), CannotTell)
    assert isinstance(ask(document, ("storefront", "203.0.113.0/24", 443)), Carried)


@pytest.mark.parametrize(
    ("address", "attribute"),
    [
        ("aws_route.network_private_a", "nat_gateway_id"),
        ("aws_route.network_private_a", "route_table_id"),
        ("aws_route.network_private_a", "destination_cidr_block"),
        ("aws_route_table_association.network_private_a", "subnet_id"),
        ("aws_route_table_association.network_private_a", "route_table_id"),
        ("aws_nat_gateway.network_nat_a", "subnet_id"),
        ("aws_nat_gateway.network_nat_a", "connectivity_type"),
        ("aws_route.network_public", "gateway_id"),
    ],
)
def test_an_open_route_is_never_a_yes(address: str, attribute: str) -> None:
    document = default_document()
    resource(document, address)[attribute] = "${module.elsewhere.value}"
    assert isinstance(ask(document, OUT), CannotTell)


def test_a_gateway_endpoint_needs_the_route_of_every_subnet() -> None:
    document = default_document()
    resource(document, "aws_vpc_endpoint.endpoints_s3")["route_table_ids"].pop()
    answer = ask(document, ("inventory", "aws_vpc_endpoint.endpoints_s3", 443))
    assert isinstance(answer, Blocked)
    assert answer.why == (
        "aws_vpc_endpoint.endpoints_s3 is in no route table of aws_subnet.network_private_b "
        "(aws_route_table.network_private_b)"
    )
    add(
        document,
        "aws_vpc_endpoint_route_table_association.b",
        vpc_endpoint_id=ref("aws_vpc_endpoint.endpoints_s3"),
        route_table_id=ref("aws_route_table.network_private_b"),
    )
    assert isinstance(ask(document, ("inventory", "s3", 443)), Carried)


def test_a_gateway_endpoint_needs_egress_to_its_prefix_list() -> None:
    document = default_document()
    drop(document, "aws_vpc_security_group_egress_rule.endpoint_clients_to_s3_443")
    assert why(document, ("inventory", "s3", 443)).endswith("not to s3")


def test_egress_to_everywhere_covers_a_prefix_list() -> None:
    document = default_document()
    drop(document, "aws_vpc_security_group_egress_rule.endpoint_clients_to_s3_443")
    assert isinstance(ask(document, ("storefront", "s3", 443)), Carried)


def test_without_an_endpoint_a_service_is_reached_through_nat_only() -> None:
    document = default_document()
    drop(document, "aws_vpc_endpoint.endpoints_logs")
    assert isinstance(ask(document, ("storefront", "logs", 443)), Carried)
    assert why(document, ("inventory", "logs", 443)).startswith("aws_vpc.network has no endpoint for logs")


def test_private_dns_takes_the_name_even_where_nat_would_carry() -> None:
    document = default_document()
    drop(document, "aws_vpc_security_group_ingress_rule.endpoints_from_endpoint_clients_443")
    assert (
        why(document, ("storefront", "logs", 443)) == "aws_vpc_endpoint.endpoints_logs admits nothing on 443"
    )


def test_without_private_dns_the_name_leads_past_the_endpoint() -> None:
    document = default_document()
    resource(document, "aws_vpc_endpoint.endpoints_logs")["private_dns_enabled"] = False
    assert why(document, ("inventory", "logs", 443)).startswith(
        "aws_vpc_endpoint.endpoints_logs has no private DNS"
    )


@pytest.mark.parametrize("switch", ["enable_dns_support", "enable_dns_hostnames"])
def test_private_dns_needs_the_dns_of_the_vpc(switch: str) -> None:
    document = default_document()
    resource(document, "aws_vpc.network")[switch] = False
    assert why(document, ("inventory", "logs", 443)) == (
        f"aws_vpc_endpoint.endpoints_logs has private DNS, but aws_vpc.network has {switch} = false"
    )


def test_an_endpoint_without_subnets_has_no_address() -> None:
    document = default_document()
    resource(document, "aws_vpc_endpoint.endpoints_logs")["subnet_ids"] = []
    assert "has no subnet" in why(document, ("inventory", "logs", 443))


def test_a_range_inside_the_vpc_is_local() -> None:
    document = default_document()
    rule = resource(document, "aws_vpc_security_group_egress_rule.storefront_to_internet_443")
    rule["cidr_ipv4"] = "10.0.0.0/16"
    assert isinstance(ask(document, ("storefront", "10.0.7.0/24", 443)), Carried)
