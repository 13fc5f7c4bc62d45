"""Reads load balancers, listeners, rules and target groups from a Terraform document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constructs_lib.proof.model.load_balancing import (
    Action,
    Condition,
    Listener,
    ListenerRule,
    LoadBalancer,
    Target,
    TargetGroup,
)
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Identity, Reference, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from constructs_lib.proof.model.workloads import Service
    from constructs_lib.proof.reading._compute import Placement
    from constructs_lib.proof.reading._function_references import FunctionReferences
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document

_VALUE_CONDITIONS = ("path_pattern", "host_header", "http_request_method", "source_ip")


def read_load_balancers(
    document: Document, place: Placement, listeners: Iterable[Listener]
) -> dict[Identity, LoadBalancer]:
    """Read load balancers and give them their listeners."""
    own: dict[Identity, list[Listener]] = {}
    for listener in listeners:
        own.setdefault(listener.load_balancer, []).append(listener)
    balancers: dict[Identity, LoadBalancer] = {}
    for block in document.resources("aws_lb"):
        mapped = [part.ref("subnet_id") for part in block.blocks("subnet_mapping")]
        subnets = (*block.refs("subnets"), *(subnet for subnet in mapped if subnet is not None))
        interface = place.interface(block, "load balancer", subnets, block.refs("security_groups"))
        kind = block.text("load_balancer_type") or "application"
        if kind != "application" and not block.has("security_groups"):
            interface = replace(interface, groups=())
        balancers[block.address] = LoadBalancer(
            interface=interface,
            internal=block.flag("internal", False),
            kind=kind,
            dual_stack=_dual_stack(block.text("ip_address_type")),
            listeners=tuple(own.get(block.address, ())),
        )
    return balancers


def _dual_stack(kind: str | Unknown | None) -> bool | Unknown:
    return kind if isinstance(kind, Unknown) else str(kind).startswith("dualstack")


def read_listeners(document: Document) -> Iterator[Listener]:
    """Read listeners with their rules in order."""
    rules: dict[Identity | None, list[ListenerRule]] = {}
    for block in document.resources("aws_lb_listener_rule"):
        rules.setdefault(block.ref("listener_arn"), []).append(_rule(block))
    for block in document.resources("aws_lb_listener"):
        own = sorted(rules.get(block.address, ()), key=_rank)
        default = ListenerRule(block.address, None, (), _action(block.blocks("default_action"), block))
        yield Listener(
            address=block.address,
            load_balancer=block.ref("load_balancer_arn") or Unknown(f"{block.address}.load_balancer_arn"),
            port=block.number("port"),
            protocol=block.text("protocol"),
            rules=(*own, default),
        )


def _rank(rule: ListenerRule) -> int:
    return rule.priority if isinstance(rule.priority, int) else 0


def _rule(block: Block) -> ListenerRule:
    priority = block.number("priority")
    conditions = tuple(c for part in block.blocks("condition") for c in _conditions(part))
    if block.opens_blocks("condition"):
        conditions = (*conditions, Condition("unknown", (Unknown(f"{block.address}.condition"),)))
    return ListenerRule(
        address=block.address,
        priority=Unknown(f"{block.address}.priority") if priority is None else priority,
        conditions=conditions,
        action=_action(block.blocks("action"), block),
    )


def _conditions(block: Block) -> Iterator[Condition]:
    for kind in _VALUE_CONDITIONS:
        for part in block.blocks(kind):
            if part.has("values"):
                yield Condition(kind, part.texts("values"))
            if part.has("regex_values"):
                yield Condition(f"{kind} matching", part.texts("regex_values"))
    for part in block.blocks("http_header"):
        yield Condition(f"header {str(part.text('http_header_name')).lower()}", part.texts("values"))
    query = block.blocks("query_string")
    if query:
        yield Condition(
            "query_string", tuple(f"{part.text('key') or ''}={part.text('value')}" for part in query)
        )


def _action(blocks: Iterable[Block], owner: Block) -> Action:
    """Give what the actions of a rule do together: the last one answers, the others come before it."""
    own = sorted(blocks, key=lambda b: n if isinstance(n := b.number("order"), int) else 0)
    if not own:
        return Action("unknown", answer=owner.address)
    kinds = [block.text("type") for block in own]
    if any(str(kind).startswith(("authenticate", "jwt")) for kind in kinds[:-1]):
        return Action("login first", tuple(_targets(own[-1])))
    if kinds[-1] == "forward":
        return Action("forward", tuple(_targets(own[-1])))
    if kinds[-1] == "fixed-response":
        answer = [str(part.text("status_code")) for part in own[-1].blocks("fixed_response")]
        return Action("fixed response", answer=answer[0] if answer else "")
    if kinds[-1] == "redirect":
        return Action("redirect", answer=_redirect(own[-1]))
    return Action("unknown", answer=str(kinds[-1]))


def _redirect(block: Block) -> str:
    for part in block.blocks("redirect"):
        protocol, port = (part.text(name) for name in ("protocol", "port"))
        return f"{protocol or '#{protocol}'}:{port or '#{port}'}"
    return ""


def _targets(block: Block) -> Iterator[tuple[Identity, int | Unknown]]:
    direct = block.ref("target_group_arn")
    groups = [group for part in block.blocks("forward") for group in part.blocks("target_group")]
    if direct is not None and not groups:
        yield direct, 1
    for group in groups:
        weight = group.number("weight")
        yield group.ref("arn") or Unknown(f"{block.address}.forward"), 1 if weight is None else weight


def _target(
    document: Document, references: FunctionReferences, block: Block
) -> tuple[Identity, Identity | None]:
    """Give what an attachment puts into its target group: a function, else what its id or address is of."""
    value = block.get("target_id")
    if isinstance(value, Reference) and not _is_function(value.address):
        if value.attribute in ("private_ip", "primary_network_interface_id"):
            return value.address, None
        named = block.ref("target_id")
        if isinstance(named, str) and named in document.blocks:
            return named, None
    return references.of(block, "target_id")


def _is_function(address: str) -> bool:
    return type_of(address) in ("aws_lambda_function", "aws_lambda_alias")


def read_target_groups(
    document: Document,
    references: FunctionReferences,
    services: Mapping[str, Service],
    autoscaled: Mapping[Identity, list[Target]],
) -> dict[Identity, TargetGroup]:
    """Read target groups with what attachments, ECS services and Auto Scaling groups put into them."""
    targets: dict[Identity, list[Target]] = {group: [*found] for group, found in autoscaled.items()}
    for block in document.resources("aws_lb_target_group_attachment"):
        group = block.ref("target_group_arn")
        thing, qualifier = _target(document, references, block)
        if group is not None:
            targets.setdefault(group, []).append(
                Target(block.address, thing, qualifier, block.number("port"))
            )
    for address, service in services.items():
        for group, port in service.target_groups:
            targets.setdefault(group, []).append(Target(address, address, None, port))
    return {
        block.address: TargetGroup(
            address=block.address,
            kind=block.text("target_type") or "instance",
            port=block.number("port"),
            targets=tuple(targets.get(block.address, ())),
            protocol=block.text("protocol"),
            keeps_client_address=block.flag("preserve_client_ip", False)
            if block.has("preserve_client_ip")
            else None,
        )
        for block in document.resources("aws_lb_target_group")
    }
