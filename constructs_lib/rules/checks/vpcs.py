"""Rules about parts of two VPCs that are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge
from constructs_lib.terraform_json.values import Identity, Unknown, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import TargetGroup
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

Named = tuple[str, Identity | None]
"""A thing in words, and its VPC; None where that is not known."""


def _two(one: Named, other: Named) -> Iterator[Fault]:
    """Ask that two things are of one VPC. One whose VPC is of no document says nothing."""
    if one[1] is None or other[1] is None:
        return
    apart = f"{one[0]} is in {one[1]}, {other[0]} in {other[1]}"
    alike = same(one[1], other[1])
    if alike is False:
        yield apart
    elif alike is None:
        yield Doubt(f"whether {apart} are one VPC is not in this document")


def target_groups(facts: Facts) -> Iterator[Finding]:
    """``target-group-vpc``."""
    for group in facts.model.target_groups.values():
        block = facts.document.blocks[group.address]
        if group.kind != "lambda":
            yield judge(group.address, _target_group(facts, block, group))


def _target_group(facts: Facts, block: Block, group: TargetGroup) -> Iterator[Fault]:
    own: Named = (group.address, block.ref("vpc_id"))
    for balancer, *_ in facts.paths.forwards.get(group.address, ()):
        yield from _two(own, (str(balancer.interface), balancer.interface.vpc))
    for target in group.targets:
        interface = facts.model.interfaces.get(str(target.thing))
        if interface is not None and interface.kind in ("service", "carrier"):
            yield from _two(own, (str(target.thing), interface.vpc))


def route_tables(facts: Facts) -> Iterator[Finding]:
    """``route-table-vpc``, of subnets, of internet gateways and of NAT gateways."""
    for block in facts.document.resources("aws_route_table_association"):
        yield judge(block.address, _association(facts, block))
    for table in {id(one): one for one in facts.model.route_tables.values()}.values():
        own: Named = (str(table.identity), table.vpc)
        for route in table.routes:
            yield judge(route.address, _two(own, (str(route.target), _vpc_of(facts, route.target))))


def _association(facts: Facts, block: Block) -> Iterator[Fault]:
    named = block.ref("subnet_id"), block.ref("route_table_id")
    subnet, table = facts.model.subnets.get(named[0] or ""), facts.model.route_tables.get(named[1] or "")
    if subnet is not None and table is not None:
        yield from _two((str(subnet.identity), subnet.vpc), (str(table.identity), table.vpc))


def _vpc_of(facts: Facts, target: Identity) -> Identity | None:
    nat = facts.model.nat_gateways.get(target)
    if nat is None:
        return facts.model.internet_gateways.get(target)
    subnet = facts.model.subnets.get(nat.subnet) if nat.subnet else None
    return subnet.vpc if subnet else nat.vpc


def security_groups(facts: Facts) -> Iterator[Finding]:
    """``security-group-vpc``, of everything but functions, of which ``lambda-vpc`` speaks."""
    for interface in facts.model.interfaces.values():
        if interface.kind != "function" and not isinstance(interface.vpc, Unknown):
            stray = facts.model.strays.get(interface.address)
            faults = facts.unless_elsewhere(interface.groups, [stray] if stray else [])
            yield judge(interface.address, faults)
