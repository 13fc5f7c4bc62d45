"""Terraform JSON in a few lines, and what one rule of AWS says about it."""

from __future__ import annotations

from typing import Any

from constructs_lib.proof import read_document
from constructs_lib.rules import check_rules

Resources = dict[str, dict[str, Any]]


def document(resources: Resources, **top: Any) -> dict[str, Any]:
    """The document with these resources by address; ``top`` are its other sections."""
    found: dict[str, Any] = {"resource": {}, "data": {}, **top}
    for address, body in resources.items():
        section, named = ("data", address[5:]) if address.startswith("data.") else ("resource", address)
        kind, name = named.split(".")
        found[section].setdefault(kind, {})[name] = body
    return found


def ask(rule: str, resources: Resources, **top: Any) -> dict[str, str]:
    """What the rule says by address: ``kept``, ``broken: ...`` or ``cannot tell: ...``."""
    found: dict[str, str] = {}
    for verdict in check_rules(read_document(document(resources, **top))):
        if verdict.rule == rule and verdict.address:
            said = f"{verdict.verdict}: {verdict.sentence}" if verdict.sentence else verdict.verdict
            if found.get(verdict.address, "kept") == "kept":
                found[verdict.address] = said
    return found


def vpc(**more: Any) -> Resources:
    """A VPC with an internet gateway, a public and a private subnet in two zones, and a NAT gateway."""
    made: Resources = {
        "aws_vpc.main": {
            "cidr_block": "10.0.0.0/16",
            "enable_dns_support": True,
            "enable_dns_hostnames": True,
        },
        "aws_internet_gateway.main": {"vpc_id": "${aws_vpc.main.id}"},
        "aws_route_table.public": {
            "vpc_id": "${aws_vpc.main.id}",
            "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "${aws_internet_gateway.main.id}"}],
        },
        "aws_route_table.private": {
            "vpc_id": "${aws_vpc.main.id}",
            "route": [{"cidr_block": "0.0.0.0/0", "nat_gateway_id": "${aws_nat_gateway.main.id}"}],
        },
        "aws_eip.main": {"domain": "vpc", "depends_on": ["aws_internet_gateway.main"]},
        "aws_nat_gateway.main": {
            "allocation_id": "${aws_eip.main.id}",
            "subnet_id": "${aws_subnet.public_a.id}",
            "depends_on": ["aws_internet_gateway.main"],
        },
    }
    for number, (tier, zone) in enumerate(
        (("public", "a"), ("public", "b"), ("private", "a"), ("private", "b"))
    ):
        made |= subnet(f"{tier}_{zone}", f"10.0.{number}.0/24", zone=zone, table=tier)
    return made | more


def subnet(name: str, cidr: str, *, zone: str = "a", table: str = "private") -> Resources:
    """A subnet of ``vpc()`` with its association."""
    return {
        f"aws_subnet.{name}": {
            "vpc_id": "${aws_vpc.main.id}",
            "cidr_block": cidr,
            "availability_zone": f"us-east-1{zone}",
        },
        f"aws_route_table_association.{name}": {
            "subnet_id": f"${{aws_subnet.{name}.id}}",
            "route_table_id": f"${{aws_route_table.{table}.id}}",
        },
    }


def group(name: str, /, **more: Any) -> Resources:
    """A security group of ``vpc()``."""
    return {f"aws_security_group.{name}": {"name_prefix": f"{name}-", "vpc_id": "${aws_vpc.main.id}", **more}}


def balancer(name: str, /, *subnets: str, internal: bool = True, **more: Any) -> Resources:
    """An application load balancer in these subnets of ``vpc()``."""
    body = {
        "internal": internal,
        "load_balancer_type": "application",
        "subnets": [f"${{aws_subnet.{one}.id}}" for one in subnets or ("private_a", "private_b")],
        "security_groups": ["${aws_security_group.door.id}"],
        **more,
    }
    return {f"aws_lb.{name}": body}


def function(name: str, /, *, in_vpc: bool = True, **more: Any) -> Resources:
    """A function of a zip, in the private subnets of ``vpc()``."""
    config = {
        "subnet_ids": ["${aws_subnet.private_a.id}", "${aws_subnet.private_b.id}"],
        "security_group_ids": ["${aws_security_group.own.id}"],
    }
    body = {
        "function_name": name,
        "filename": "code.zip",
        "handler": "handler.handler",
        "runtime": "python3.13",
        "role": "${aws_iam_role.own.arn}",
        **({"vpc_config": config} if in_vpc else {}),
        **more,
    }
    return {f"aws_lambda_function.{name}": body}


def listener(name: str = "web", /, **more: Any) -> Resources:
    """A listener of ``aws_lb.door`` on 80 that forwards to the function of ``invoked()``."""
    body = {"load_balancer_arn": "${aws_lb.door.arn}", "port": 80, "protocol": "HTTP"}
    action = {"type": "forward", "target_group_arn": "${aws_lb_target_group.orders.arn}"}
    return {f"aws_lb_listener.{name}": {**body, "default_action": [action], **more}}


def invoked() -> Resources:
    """A load balancer that invokes a function."""
    return (
        vpc()
        | balancer("door")
        | listener()
        | function("orders", in_vpc=False)
        | {
            "aws_lb_target_group.orders": {"target_type": "lambda"},
            "aws_lb_target_group_attachment.orders": {
                "target_group_arn": "${aws_lb_target_group.orders.arn}",
                "target_id": "${aws_lambda_function.orders.arn}",
                "depends_on": ["aws_lambda_permission.orders"],
            },
            "aws_lambda_permission.orders": {
                "action": "lambda:InvokeFunction",
                "function_name": "${aws_lambda_function.orders.function_name}",
                "principal": "elasticloadbalancing.amazonaws.com",
                "source_arn": "${aws_lb_target_group.orders.arn}",
                "source_account": "123456789012",
            },
        }
    )


def changed(resources: Resources, address: str, **values: Any) -> Resources:
    """The resources with some values of one changed; None takes a value out."""
    body = {**resources[address], **values}
    return {**resources, address: {key: value for key, value in body.items() if value is not None}}


def without(resources: Resources, *addresses: str) -> Resources:
    """The resources without some of them."""
    return {address: body for address, body in resources.items() if address not in addresses}
