"""Load balancers as the document describes them: listeners, their rules and where these forward to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.terraform_json.values import Identity, Unknown


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a listener rule: ``kind`` is Terraform's block (a header with its name); any value
    will do.
    """

    kind: str
    values: tuple[str | Unknown, ...]

    def __str__(self) -> str:
        return f"{self.kind} {' or '.join(map(str, self.values))}"


@dataclass(frozen=True, slots=True)
class Action:
    """What a listener does with a request. ``targets`` are pairs of target group and weight."""

    kind: Literal["forward", "fixed response", "redirect", "login first", "unknown"]
    targets: tuple[tuple[Identity, int | Unknown], ...] = ()
    answer: str = ""
    """The status code of a fixed response, or where a redirect leads."""


@dataclass(frozen=True, slots=True)
class ListenerRule:
    """A rule; ``priority`` None is the default action, which comes last."""

    address: str
    priority: int | Unknown | None
    conditions: tuple[Condition, ...]
    action: Action


@dataclass(frozen=True, slots=True)
class Listener:
    """A listener with its rules in the order in which AWS asks them, the default action last."""

    address: str
    load_balancer: Identity
    port: int | Unknown | None
    protocol: str | Unknown | None
    rules: tuple[ListenerRule, ...]


@dataclass(frozen=True, slots=True)
class LoadBalancer:
    """A load balancer. ``zones`` of it are its interface's subnets."""

    interface: Interface
    internal: bool | Unknown
    kind: str | Unknown | None
    dual_stack: bool | Unknown
    listeners: tuple[Listener, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a target group holds. ``address`` is what puts it there; ``qualifier`` an alias or version of a
    function.
    """

    address: str
    thing: Identity
    qualifier: Identity | None = None
    port: int | Unknown | None = None


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target group and what it holds. ``keeps_client_address``: as it is written; None where it is not."""

    address: str
    kind: str | Unknown
    port: int | Unknown | None
    targets: tuple[Target, ...]
    protocol: str | Unknown | None = None
    keeps_client_address: bool | Unknown | None = None


Way = tuple[LoadBalancer, Listener, ListenerRule, TargetGroup, Target]
"""A listener rule that forwards to a target, with what stands before it and holds the target."""
