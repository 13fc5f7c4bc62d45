"""What is in the picture, before anything has a place: boxes in columns, and links between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from constructs_lib.views.zones_and_tiers import Place

OUTSIDE, PUBLIC, FRONT, INTERNAL, PROTECTED = range(5)
"""The columns: whoever is on the internet, its load balancers, what these lead to and other callers, the
internal load balancers, what these lead to."""

LinkKind = Literal["call", "delivery", "endpoint", "internet"]
NodeKind = Literal["outside", "function", "service", "caller", "endpoint", "internet", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box. ``addresses`` are the Terraform addresses, or ids, of all that it stands for."""

    key: str
    kind: NodeKind
    title: str
    lines: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    column: int = FRONT


@dataclass(frozen=True, slots=True)
class Chip:
    """A listener of a load balancer, or several that stand together."""

    key: str
    text: str
    detail: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balancer:
    """A load balancer with its listeners."""

    address: str
    title: str
    lines: tuple[str, ...]
    chips: tuple[Chip, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow between two boxes. ``sure`` is False where only an apply can tell whether it gets through."""

    source: str
    target: str
    label: str
    kind: LinkKind
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that the picture shows. ``exits`` are the boxes of the bottom row."""

    title: str
    subtitle: str
    vpc: str
    gateway: tuple[str, ...]
    places: tuple[Place, ...]
    nodes: tuple[Node, ...]
    balancers: tuple[Balancer, ...]
    exits: tuple[Node, ...]
    links: tuple[Link, ...] = field(default=())
