"""Statements for EC2 and load balancing: what is made has the environment's tags, only that is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from constructs_lib.figures.access.requests import (
    BY_INTERFACE,
    CREATES,
    LOAD_BALANCING_CREATES,
    LOAD_BALANCING_TAGGED,
    NAMED,
    OF_A_DEFAULT_GROUP,
    TAG,
)
from constructs_lib.handoff.deploy_policy.arns import Arns
from constructs_lib.terraform_json.block import Block
from constructs_lib.terraform_json.values import Reference

Statement = dict[str, Any]


def with_tags(arns: Arns, key: str) -> dict[str, Any]:
    """Give the condition that a request, or a resource, has the own tags; none where there are none."""
    tags = {f"aws:{key}/{name}": value for name, value in arns.identity.own_tags.items()}
    return {"StringEquals": tags} if tags else {}


def ec2_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Give the statements for actions of EC2 that change something."""
    creating = [action for action in actions if action in CREATES]
    kinds = sorted({CREATES[action] for action in creating})
    if creating:
        yield {
            "Sid": "MakeWithTags",
            "Effect": "Allow",
            "Action": creating,
            "Resource": [arns.of("ec2", f"{kind}/*") for kind in kinds],
            "Condition": with_tags(arns, "RequestTag"),
        }
        by = {"ec2:CreateAction": [action.partition(":")[2] for action in creating]}
        condition = {"StringEquals": {**with_tags(arns, "RequestTag").get("StringEquals", {}), **by}}
        tagged = {"Effect": "Allow", "Action": TAG, "Resource": arns.of("ec2", "*/*")}
        yield {"Sid": "TagWhatIsMade", **tagged, "Condition": condition}
    own = [action for action in actions if action not in BY_INTERFACE[:1]]
    if own:
        yield {
            "Sid": "ChangeWhatHasTags",
            "Effect": "Allow",
            "Action": own,
            "Resource": arns.of("ec2", "*/*"),
            "Condition": with_tags(arns, "ResourceTag"),
        }
    if interface := [action for action in actions if action in BY_INTERFACE]:
        resource = arns.of("ec2", "network-interface/*")
        yield {"Sid": "InterfacesOfAws", "Effect": "Allow", "Action": interface, "Resource": resource}
    if arns.identity.own_tags and arns.document.resources("aws_default_security_group"):
        untagged = {f"aws:ResourceTag/{name}": "true" for name in arns.identity.own_tags}
        yield {
            "Sid": "DefaultGroupOfTheVpc",
            "Effect": "Allow",
            "Action": list(OF_A_DEFAULT_GROUP),
            "Resource": arns.of("ec2", "security-group/*"),
            "Condition": {"Null": untagged},
        }
    yield from _existing(arns)


def _existing(arns: Arns) -> Iterator[Statement]:
    """What exists already is used by its id, and nothing else is done to it."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for (kind, argument), (thing, actions) in NAMED.items():
        for block in arns.document.resources(kind):
            for id_ in _written_ids(block, argument):
                found[tuple(actions.split())].add(arns.of("ec2", f"{thing}/{id_}"))
    merged: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for actions_, resources in found.items():
        merged[tuple(sorted(resources))] |= set(actions_)
    for number, (resources_, all_actions) in enumerate(sorted(merged.items())):
        yield {
            "Sid": f"UseExisting{number or ''}",
            "Effect": "Allow",
            "Action": sorted(all_actions),
            "Resource": list(resources_),
        }


def _written_ids(block: Block, argument: str) -> Iterator[str]:
    name, _, rest = argument.partition(".")
    if rest:
        for one in block.blocks(name):
            yield from (id_ for id_ in one.texts(rest) if isinstance(id_, str) and "${" not in id_)
    elif (id_ := _written_id(block, name)) is not None:
        yield id_


def _written_id(block: Block, argument: str) -> str | None:
    value = block.get(argument)
    if isinstance(value, Reference) and value.address.startswith("data."):
        source = block.document.blocks.get(value.address)
        value = source.body.get("id") or source.body.get("internet_gateway_id") if source else None
    return value if isinstance(value, str) and "${" not in value else None


def load_balancing_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Give the statements for actions of load balancing that change something."""
    everything = arns.of("elasticloadbalancing", "*")
    if creating := [action for action in actions if action in LOAD_BALANCING_CREATES]:
        yield {
            "Sid": "MakeLoadBalancing",
            "Effect": "Allow",
            "Action": creating,
            "Resource": everything,
            "Condition": with_tags(arns, "RequestTag"),
        }
        condition = with_tags(arns, "RequestTag").get("StringEquals", {})
        by = {"elasticloadbalancing:CreateAction": list(LOAD_BALANCING_TAGGED)}
        yield {
            "Sid": "TagLoadBalancing",
            "Effect": "Allow",
            "Action": "elasticloadbalancing:AddTags",
            "Resource": everything,
            "Condition": {"StringEquals": {**condition, **by}},
        }
    if others := [action for action in actions if action not in LOAD_BALANCING_CREATES]:
        yield {
            "Sid": "ChangeLoadBalancing",
            "Effect": "Allow",
            "Action": others,
            "Resource": everything,
            "Condition": with_tags(arns, "ResourceTag"),
        }
