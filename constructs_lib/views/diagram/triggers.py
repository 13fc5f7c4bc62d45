"""The services of AWS that invoke functions: boxes outside of the VPC, and their arrows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from constructs_lib.proof.model.network import Model
from constructs_lib.proof.model.workloads import EventSource
from constructs_lib.terraform_json.addresses import is_address
from constructs_lib.views.diagram.scene import OUTSIDE, Link, Node
from constructs_lib.views.trigger_words import trigger_in_words

_WORDS = {
    "queue": "SQS queue",
    "rule": "EventBridge rule",
    "schedule": "EventBridge schedule",
    "topic": "SNS topic",
    "bucket": "S3 bucket",
}
_MOST = 4
"""More event sources than these are one box."""
_GROUP = "event sources"


def event_sources(model: Model) -> tuple[tuple[Node, ...], tuple[Link, ...]]:
    """Give the boxes of what is set to invoke functions, and an arrow for each of these functions."""
    nodes: dict[str, Node] = {}
    for one in model.event_sources:
        if one.enabled is not False:
            known = nodes.get(_key(one))
            own = _node(one)
            nodes[_key(one)] = _joined(known, own) if known else own
    links = tuple(_links(model))
    if len(nodes) <= _MOST:
        return tuple(nodes.values()), links
    group = Node(
        _GROUP,
        "aws",
        f"{len(nodes)} event sources",
        (", ".join(node.title for node in nodes.values()),),
        tuple(address for node in nodes.values() for address in node.addresses),
        OUTSIDE,
    )
    return (group,), tuple(dict.fromkeys(replace(link, source=_GROUP) for link in links))


def _key(one: EventSource) -> str:
    return f"{one.source or one.address}>event"


def _node(one: EventSource) -> Node:
    kind, _, name = trigger_in_words(one).partition(" ")
    source = (str(one.source),) if one.source is not None and is_address(str(one.source)) else ()
    return Node(_key(one), "aws", name, (_WORDS.get(kind, kind),), (*source, one.address), OUTSIDE)


def _joined(node: Node, other: Node) -> Node:
    return replace(node, addresses=tuple(dict.fromkeys((*node.addresses, *other.addresses))))


def _links(model: Model) -> Iterator[Link]:
    for one in model.event_sources:
        if one.enabled is not False and one.function in model.functions:
            yield Link(_key(one), str(one.function), "", "trigger", one.enabled is True)
