"""What goes wrong with the network that the generator wrote, one resource at a time, and what breaks then."""

from __future__ import annotations

from tests.support.bends.bend import (
    EGRESS,
    ENDPOINT,
    FOREIGN_VPC,
    INGRESS,
    OPENING,
    PRIVATE,
    WAYS,
    Bend,
    Edit,
    other,
    put,
    where,
)
from tests.support.stacks_written import Body, Written

NO_PEER = {"cidr_ipv4": None, "referenced_security_group_id": None, "prefix_list_id": None}
EVERYTHING = {"from_port": 0, "to_port": 0, "protocol": "-1"}


def next_port(body: Body, _: Written) -> Body:
    return {**body, "from_port": body["from_port"] + 1, "to_port": body["to_port"] + 1}


def to_internet_gateway(body: Body, written: Written) -> Body:
    gateway = written.body("aws_route.network_public")["gateway_id"]
    return {**{k: v for k, v in body.items() if k != "nat_gateway_id"}, "gateway_id": gateway}


def to(**peer: str) -> Edit:
    return put(**{**NO_PEER, **peer})


def interface(body: Body) -> bool:
    return bool(body["vpc_endpoint_type"] == "Interface")


RULES = [
    bend
    for kind in (INGRESS, EGRESS)
    for bend in (
        Bend(kind, "is on another port", next_port, WAYS | OPENING),
        Bend(kind, "is on more ports", put(from_port=1, to_port=65535), OPENING),
        Bend(kind, "is for UDP", put(ip_protocol="udp"), OPENING),
        Bend(kind, "is for every protocol", put(ip_protocol="-1", from_port=None, to_port=None), OPENING),
        Bend(
            kind,
            "is open to the world",
            where(lambda b: "cidr_ipv4" not in b, to(cidr_ipv4="0.0.0.0/0")),
            OPENING,
        ),
        Bend(kind, "is open to the world by IPv6", to(cidr_ipv6="::/0"), OPENING),
        Bend(kind, "is open to all private addresses", to(cidr_ipv4="10.0.0.0/8"), OPENING | WAYS),
        Bend(
            kind,
            "is open to an unknown group",
            to(referenced_security_group_id="sg-0fedcba98765432ff"),
            OPENING,
        ),
        Bend(kind, "is open to an unknown prefix list", to(prefix_list_id="pl-0fedcba98765432ff"), OPENING),
        Bend(
            kind,
            "names another group",
            other("referenced_security_group_id", "aws_security_group"),
            OPENING | WAYS,
        ),
        Bend(kind, "is of another group", other("security_group_id", "aws_security_group"), OPENING | WAYS),
    )
]

NETWORK = [
    Bend(
        "aws_route",
        "leads from private subnets to the internet gateway",
        where(lambda b: "private" in b["route_table_id"], to_internet_gateway),
        PRIVATE,
    ),
    Bend(
        "aws_route",
        "leads from public subnets to a NAT gateway",
        where(
            lambda b: "public" in b["route_table_id"],
            put(gateway_id=None, nat_gateway_id="${aws_nat_gateway.network_nat_a.id}"),
        ),
        WAYS,
    ),
    Bend("aws_route", "is for private addresses", put(destination_cidr_block="10.0.0.0/8"), WAYS),
    Bend("aws_route", "is in another table", other("route_table_id", "aws_route_table"), WAYS | PRIVATE),
    Bend(
        "aws_route",
        "leads to a transit gateway",
        where(
            lambda b: "private" in b["route_table_id"], put(nat_gateway_id=None, transit_gateway_id="tgw-1")
        ),
        by="warning",
    ),
    Bend(
        "aws_route_table_association",
        "ties a private subnet to the public table",
        where(
            lambda b: "network_public" not in b["subnet_id"],
            put(route_table_id="${aws_route_table.network_public.id}"),
        ),
        PRIVATE,
    ),
    Bend(
        "aws_route_table_association",
        "ties a public subnet to a private table",
        where(
            lambda b: "network_public" in b["subnet_id"],
            put(route_table_id="${aws_route_table.network_private_a.id}"),
        ),
        WAYS,
    ),
    Bend("aws_nat_gateway", "is private", put(connectivity_type="private"), WAYS),
    Bend(
        "aws_nat_gateway",
        "is in a private subnet",
        where(lambda b: "subnet_id" in b, put(subnet_id="${aws_subnet.network_private_a.id}")),
        WAYS,
    ),
    Bend(
        "aws_nat_gateway",
        "has no address",
        where(lambda b: "allocation_id" in b, put(allocation_id=None)),
        WAYS,
    ),
    Bend(
        "aws_nat_gateway",
        "is of another VPC",
        where(lambda b: "vpc_id" in b, put(vpc_id=FOREIGN_VPC)),
        WAYS,
    ),
    Bend("aws_internet_gateway", "is of another VPC", put(vpc_id=FOREIGN_VPC), WAYS),
    Bend("aws_vpc", "has no DNS", put(enable_dns_support=False), ENDPOINT),
    Bend("aws_vpc", "has no DNS names", put(enable_dns_hostnames=False), ENDPOINT),
    Bend("aws_vpc", "has other addresses", put(cidr_block="192.168.0.0/16"), by="rules"),
    Bend("aws_subnet", "is in another VPC", put(vpc_id=FOREIGN_VPC), WAYS),
    Bend("aws_security_group", "is of another VPC", put(vpc_id=FOREIGN_VPC), WAYS),
    Bend(
        "aws_security_group",
        "has an inline way in",
        put(ingress=[{**EVERYTHING, "cidr_blocks": ["0.0.0.0/0"]}]),
        OPENING,
    ),
    Bend(
        "aws_security_group",
        "has an inline way out",
        put(egress=[{**EVERYTHING, "cidr_blocks": ["0.0.0.0/0"]}]),
        OPENING,
    ),
    Bend(
        "aws_default_security_group",
        "is open to itself",
        put(ingress=[{**EVERYTHING, "self": True}]),
        OPENING,
    ),
    Bend(
        "aws_vpc_endpoint", "has no private DNS", where(interface, put(private_dns_enabled=False)), ENDPOINT
    ),
    Bend("aws_vpc_endpoint", "carries no group", where(interface, put(security_group_ids=None)), ENDPOINT),
    Bend(
        "aws_vpc_endpoint",
        "carries another group",
        where(interface, put(security_group_ids=["${aws_security_group.endpoint_clients.id}"])),
        ENDPOINT,
    ),
    Bend(
        "aws_vpc_endpoint_route_table_association",
        "ties the endpoint to the public table",
        put(route_table_id="${aws_route_table.network_public.id}"),
        ENDPOINT,
    ),
    Bend(
        "aws_vpc_endpoint_route_table_association",
        "ties the table to an endpoint that is not ours",
        put(vpc_endpoint_id="vpce-0fedcba9876543210"),
        ENDPOINT,
    ),
    Bend(
        "aws_vpc_endpoint",
        "is for another service",
        lambda b, _: {**b, "service_name": b["service_name"].rsplit(".", 1)[0] + ".athena"},
        ENDPOINT,
    ),
    Bend(
        "aws_vpc_endpoint",
        "is for another region",
        lambda b, _: {**b, "service_name": "com.amazonaws.ap-south-1." + b["service_name"].split(".", 3)[3]},
        ENDPOINT,
    ),
    Bend("aws_vpc_endpoint", "is of another VPC", put(vpc_id=FOREIGN_VPC), ENDPOINT),
]
