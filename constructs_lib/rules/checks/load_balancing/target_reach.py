"""The rule about what lies between a load balancer and its targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.walking import security_group_filters as security_groups
from constructs_lib.proof.walking.answers import Blocked, CannotTell
from constructs_lib.proof.walking.network_load_balancers import inner_port
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import Way
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.rules.facts import Facts


def reached(facts: Facts) -> Iterator[Finding]:
    """``alb-target-security-groups``, of every target with network interfaces behind an application one."""
    for thing in facts.paths.holders:
        interface = facts.model.interfaces.get(str(thing))
        if interface is None or interface.kind not in ("service", "carrier"):
            continue
        ways = [way for way in facts.paths.ways(str(thing)) if way[0].kind == "application"]
        if ways:
            yield judge(str(thing), _unreached(facts, interface, ways))


def _unreached(facts: Facts, target: Interface, ways: list[Way]) -> Iterator[Fault]:
    for way in ways:
        door, listener = way[0].interface, way[1]
        port = inner_port(way, listener.port if isinstance(listener.port, int) else 0)
        if not port:
            yield Doubt(f"on which port {target} takes requests of {door} is not in this document")
        elif not {door.address, target.address} & facts.model.strays.keys():
            yield from _filtered(facts, door, target, port)


def _filtered(facts: Facts, door: Interface, target: Interface, port: int) -> Iterator[Fault]:
    beside = facts.paths.bystanders.doubts((*door.groups, *target.groups), rules_only=True)
    for owner, peer, ingress in ((door, target, False), (target, door, True)):
        answer = security_groups.passes(facts.model, owner, peer, port, ingress=ingress)
        if isinstance(answer, CannotTell):
            yield Doubt(answer.why)
        elif isinstance(answer, Blocked):
            yield Doubt(f"{beside[0].why}; without it, {answer.why}") if beside else answer.why
