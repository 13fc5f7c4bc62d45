"""Changes of VPC endpoints, their subnets and route tables."""

from __future__ import annotations

from typing import Any

from tests.support.terraform.live_changes import (
    Case,
    Resources,
    endpoint,
    grows,
    ids,
    one,
    ref,
    subnet,
    together,
    vpc,
)

S3 = "com.amazonaws.eu-west-1.s3"
Used = tuple[str, str]
"""The letters of the route tables that there are, and of those that an endpoint uses."""


def tables(network: str, *names: str) -> Resources:
    return together(*(one("route_table", f"{network}_{name}", vpc_id=ref("vpc", network)) for name in names))


def gateway_endpoint(name: str, network: str, *tables: str, service: str = S3) -> Resources:
    routed = [ref("route_table", f"{network}_{table}") for table in tables]
    body = {"vpc_endpoint_type": "Gateway", "service_name": service, "route_table_ids": routed}
    return one("vpc_endpoint", name, vpc_id=ref("vpc", network), **body)


def routed(name: str, before: Used, after: Used, **outcome: Any) -> Case:
    """A gateway endpoint of two route tables that loses the second one."""
    first, second = (
        together(vpc(name), tables(name, *names), gateway_endpoint(name, name, *used))
        for names, used in (before, after)
    )
    return Case(name, first, second, **outcome)


def link(name: str, zones: str, service: str, *more: str, private: bool = False) -> Resources:
    """An interface endpoint in the common network."""
    subnets = [*ids("common", zones), *(ref("subnet", other) for other in more)]
    return endpoint(
        name,
        "common",
        subnets,
        service_name=f"com.amazonaws.eu-west-1.{service}",
        private_dns_enabled=private,
    )


def resolver(name: str, network: str, subnet_id: str) -> Resources:
    return endpoint(name, network, [subnet_id], service_name=S3, private_dns_enabled=True)


SECOND_A = subnet("common", "a", "10.0.11.0/24", "second_a")
JOINED = one(
    "vpc_endpoint_subnet_association",
    "joined",
    vpc_endpoint_id=ref("vpc_endpoint", "joined"),
    subnet_id=ref("subnet", "second_a"),
)
ENDPOINTS = [
    routed(
        "table_gone",
        ("ab", "ab"),
        ("a", "a"),
        refused={"aws_vpc_endpoint.table_gone": "InvalidRouteTableID.NotFound"},
        gone=("aws_route_table.table_gone_b",),
    ),
    routed("table_free", ("ab", "ab"), ("ab", "a"), done=("aws_route_table.table_free_b",)),
    grows(
        "routed_twice",
        together(vpc("routed"), tables("routed", "a"), gateway_endpoint("routed", "routed", "a")),
        gateway_endpoint("routed_twice", "routed", "a"),
        gateway_endpoint("routed_beside", "routed", "a", service="com.amazonaws.eu-west-1.dynamodb"),
        refused={"aws_vpc_endpoint.routed_twice": "RouteAlreadyExists"},
        used_by=("aws_vpc_endpoint.routed",),
        done=("aws_vpc_endpoint.routed_beside",),
    ),
    Case(
        "zone_replaced",
        together(SECOND_A, link("zone_replaced", "ab", "sqs")),
        together(SECOND_A, link("zone_replaced", "b", "sqs", "second_a")),
        {"aws_vpc_endpoint.zone_replaced": "DuplicateSubnetsInSameZone"},
        ("aws_subnet.common_a",),
    ),
    Case(
        "zone_changed",
        link("zone_changed", "ab", "sns"),
        link("zone_changed", "bc", "sns"),
        done=("aws_vpc_endpoint.zone_changed",),
    ),
    grows(
        "joined",
        link("joined", "a", "kms"),
        JOINED,
        refused={"aws_vpc_endpoint_subnet_association.joined": "DuplicateSubnetsInSameZone"},
        used_by=("aws_subnet.common_a",),
    ),
    grows(
        "private_names",
        link("private_names", "a", "logs", private=True),
        link("private_again", "b", "logs", private=True),
        link("public_names", "c", "logs"),
        refused={"aws_vpc_endpoint.private_again": "InvalidParameter"},
        used_by=("aws_vpc_endpoint.private_names",),
        done=("aws_vpc_endpoint.public_names",),
    ),
    grows(
        "resolver_alone",
        {},
        resolver("resolver_alone", "common", *ids("common", "a")),
        refused={"aws_vpc_endpoint.resolver_alone": "InvalidParameter"},
    ),
    grows(
        "resolver",
        together(vpc("resolver"), subnet("resolver", "a"), gateway_endpoint("resolver_gateway", "resolver")),
        resolver("resolver", "resolver", *ids("resolver", "a")),
        done=("aws_vpc_endpoint.resolver",),
    ),
]
