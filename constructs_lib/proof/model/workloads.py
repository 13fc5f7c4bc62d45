"""What runs, and what it talks to inside AWS: functions, services, endpoints and their network interfaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.terraform_json.values import Identity, Unknown

Kind = Literal["function", "service", "load balancer", "endpoint", "carrier", "security group"]
"""``carrier``: anything else that carries security groups, such as an instance or a database."""


@dataclass(frozen=True, slots=True)
class Interface:
    """The network interfaces of one thing: where they are and which security groups they carry.

    ``subnets`` is empty for a security group by itself, ``vpc`` is None for a function outside of any VPC.
    """

    address: str
    name: str
    kind: Kind
    vpc: Identity | None
    subnets: tuple[Identity, ...]
    groups: tuple[Identity, ...]
    public_address: bool | Unknown = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function and its aliases by name (None: open)."""

    interface: Interface
    function_name: str | Unknown | None
    timeout_s: int | Unknown | None


@dataclass(frozen=True, slots=True)
class Permission:
    """A statement of a function's resource policy. ``qualifier`` is None for the unqualified function."""

    address: str
    function: Identity
    qualifier: Identity | None
    action: str | Unknown | None
    principal: str | Unknown | None
    source_arn: Identity | None
    source_account: str | Unknown | None = None


@dataclass(frozen=True, slots=True)
class EventSource:
    """Something that hands events to a function beside load balancers.

    source: whose events they are: a queue, a rule, a bucket or a topic; None for a schedule. role: with which
    it invokes; a queue's messages are fetched with the function's own.
    """

    address: str
    function: Identity
    qualifier: Identity | None
    source: Identity | None
    role: Identity | None = None
    enabled: bool | Unknown = True


@dataclass(frozen=True, slots=True)
class FunctionUrl:
    """An HTTPS address of a function that needs no load balancer."""

    address: str
    function: Identity
    authorization: str | Unknown | None


@dataclass(frozen=True, slots=True)
class Container:
    """A container of a task definition, with what it needs to start. ``ports``: those that it maps."""

    name: str | Unknown
    image: str | Unknown
    log_driver: str | None
    secrets: tuple[str, ...]
    ports: tuple[int | Unknown, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """An ECS service; ``target_groups`` are pairs of target group and container port."""

    interface: Interface
    launch_type: str | Unknown | None
    task_definition: Identity | None
    target_groups: tuple[tuple[Identity, int | Unknown | None], ...]
    containers: tuple[Container, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A VPC endpoint. ``service`` is the short name, such as ``logs``, or the full one of somebody else's
    service.
    """

    interface: Interface
    service: str
    is_gateway: bool
    private_dns: bool | Unknown
    route_tables: Mapping[Identity, str]
    """Route tables of a gateway endpoint, and for each the address that ties it."""
