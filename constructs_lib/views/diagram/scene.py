"""What is in the picture, before anything has a place: boxes in columns, and links between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from constructs_lib.views.zones_and_tiers import Place

OUTSIDE, PUBLIC, FRONT, INTERNAL, PROTECTED = range(5)
"""The columns: whoever is on the internet, its load balancers, what these lead to and other callers, the
internal load balancers, what these lead to."""

LinkKind = Literal["call", "delivery", "endpoint", "inside", "out", "trigger"]
"""``inside`` and ``out``: to what is no load balancer and no endpoint, in the VPC or out of it. ``trigger``:
from an AWS service that invokes a function; it runs below the columns, so that it reaches any of them."""

NodeKind = Literal[
    "outside", "aws", "function", "service", "caller", "endpoint", "nat", "internet", "elsewhere"
]
"""``aws``: a service of AWS outside of the VPC, such as a queue, in the column ``OUTSIDE``."""

Passing = Literal["nat", "gateway", "unknown"]
"""How a way leaves the VPC: through a NAT gateway and the internet gateway, through the latter alone, or by a
route that nothing here tells of."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The security groups of a box. ``rules``: what they open, in words."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A box. ``addresses`` are the Terraform addresses, or ids, of all that it stands for.

    tier: that of its subnets, empty where it is in none.
    """

    key: str
    kind: NodeKind
    title: str
    lines: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    column: int = FRONT
    tier: str = ""
    guard: Guard = Guard()


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
    tier: str = ""
    guard: Guard = Guard()


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow between two boxes. ``sure`` is False where only an apply can tell whether it gets through.

    passing: how a way of the kind ``out`` leaves the VPC.
    """

    source: str
    target: str
    label: str
    kind: LinkKind
    sure: bool = True
    passing: Passing = "unknown"


@dataclass(frozen=True, slots=True)
class Vpc:
    """The VPC. ``existing``: it is none of the document's. ``occupied``: its blocks that others use."""

    name: str
    existing: bool = False
    occupied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that the picture shows.

    exits: the boxes below the columns, inside the VPC; the one of kind ``nat`` stands for the NAT gateways.
    beyond: what workloads reach outside of the VPC, below its border. gateway: the internet gateways.
    """

    title: str
    subtitle: str
    vpc: Vpc
    gateway: tuple[str, ...]
    places: tuple[Place, ...]
    nodes: tuple[Node, ...]
    balancers: tuple[Balancer, ...]
    exits: tuple[Node, ...]
    beyond: tuple[Node, ...] = ()
    links: tuple[Link, ...] = field(default=())
