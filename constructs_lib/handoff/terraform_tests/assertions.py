"""What the architecture promises, as conditions that Terraform can decide on a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.handoff.terraform_tests.hcl import listed, literal
from constructs_lib.terraform_json import Document

ANYWHERE = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True)
class Promise:
    """A condition in Terraform's syntax, and what to say where it is broken."""

    condition: str
    message: str


def promises(document: Document) -> dict[str, list[Promise]]:
    """Return the promises of a synthesized document by the name of their test."""
    return {
        "subnets_lie_in_several_zones": [*_subnets(document)],
        "load_balancers_face_the_right_side": [*_load_balancers(document)],
        "nothing_is_open_that_is_not_declared": [*_ingress(document)],
        "load_balancers_alone_invoke_functions": [*_functions(document)],
        "services_have_no_public_address": [*_services(document)],
    }


def _addresses(document: Document, type_name: str, *labels: str) -> list[str]:
    return [f"{type_name}.{label}" for label in labels or sorted(document.bodies_of(type_name))]


def _subnets(document: Document) -> Iterator[Promise]:
    tiers: dict[str, list[str]] = {}
    for label in sorted(document.bodies_of("aws_subnet")):
        tiers.setdefault(label.rpartition("_")[0], []).append(f"aws_subnet.{label}")
    for tier, subnets in tiers.items():
        name = tier.removeprefix("network_").replace("_", " ")
        yield Promise(
            f"length(distinct({listed(subnets)}[*].availability_zone)) == {len(subnets)}",
            f"The {name} subnets must lie in {len(subnets)} availability zones.",
        )
    if everything := listed(_addresses(document, "aws_subnet")) if tiers else None:
        yield Promise(
            f"!anytrue({everything}[*].map_public_ip_on_launch)",
            "No subnet may give public addresses to what is started in it.",
        )
    if private := [a for a in _addresses(document, "aws_route") if a.startswith("aws_route.network_private")]:
        yield Promise(
            f"alltrue([for route in {listed(private)} : route.gateway_id == null])",
            "Private subnets must have no route to the internet gateway.",
        )


def _load_balancers(document: Document) -> Iterator[Promise]:
    for label, body in sorted(document.bodies_of("aws_lb").items()):
        internal = "true" if body.get("internal") else "false"
        yield Promise(
            f"aws_lb.{label}.internal == {internal}",
            f"The load balancer {label} must {'not ' if body.get('internal') else ''}face the internet.",
        )
        yield Promise(
            f"aws_lb.{label}.drop_invalid_header_fields",
            f"The load balancer {label} must drop invalid header fields.",
        )
    for label, body in sorted(document.bodies_of("aws_lb_listener").items()):
        if not isinstance(body.get("port"), int):
            continue
        address = f"aws_lb_listener.{label}"
        yield Promise(
            f"{address}.port == {body['port']} && {address}.protocol == {literal(body.get('protocol'))}",
            f"{address} must listen for {body.get('protocol')} on port {body['port']}.",
        )


def _ingress(document: Document) -> Iterator[Promise]:
    rules = document.bodies_of("aws_vpc_security_group_ingress_rule")
    opened = {label for label, body in rules.items() if _world(body)}
    closed = [label for label in sorted(rules) if label not in opened]
    if closed:
        named = listed(_addresses(document, "aws_vpc_security_group_ingress_rule", *closed))
        world = " && ".join(
            f"coalesce(rule.{field}, {literal('none')}) != {literal(block)}"
            for field, block in zip(("cidr_ipv4", "cidr_ipv6"), ANYWHERE, strict=True)
        )
        yield Promise(
            f"alltrue([for rule in {named} : {world}])",
            "Only the public load balancer may admit the whole internet.",
        )
    for label in sorted(opened):
        address, port = f"aws_vpc_security_group_ingress_rule.{label}", rules[label].get("from_port")
        yield Promise(
            f"{address}.from_port == {literal(port)} && {address}.to_port == {literal(port)}",
            f"{address} must admit the internet on port {port} only.",
        )
    for label, body in sorted(document.bodies_of("aws_security_group").items()):
        if "ingress" not in body and "egress" not in body:
            yield Promise(
                f"aws_security_group.{label}.revoke_rules_on_delete",
                f"aws_security_group.{label} must give its rules up when it goes.",
            )


def _world(body: Mapping[str, Any]) -> bool:
    return any(body.get(field) in ANYWHERE for field in ("cidr_ipv4", "cidr_ipv6"))


def _functions(document: Document) -> Iterator[Promise]:
    for label, body in sorted(document.bodies_of("aws_lambda_function").items()):
        if "vpc_config" in body and body.get("publish"):
            address = f"aws_lambda_function.{label}"
            yield Promise(
                f"length({address}.vpc_config) == 1 && {address}.publish",
                f"{address} must run in the VPC and publish a version with each change.",
            )
    principal = literal("elasticloadbalancing.amazonaws.com")
    for label in sorted(document.bodies_of("aws_lambda_permission")):
        address = f"aws_lambda_permission.{label}"
        yield Promise(
            f"{address}.principal == {principal} && {address}.source_account != null",
            f"{address} must admit load balancers of this account only.",
        )


def _services(document: Document) -> Iterator[Promise]:
    for label, body in sorted(document.bodies_of("aws_ecs_service").items()):
        if "network_configuration" in body:
            address = f"aws_ecs_service.{label}"
            yield Promise(
                f"!anytrue({address}.network_configuration[*].assign_public_ip)",
                f"{address} must give its tasks no public address.",
            )
