"""The rule about NAT gateways that nobody may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import Cidr
from constructs_lib.proof.walking.addresses import is_public
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge
from constructs_lib.terraform_json.addresses import base_address, type_of
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.network import NatGateway
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.rules.facts import Facts

_KNOWN = (
    *("aws_lb", "aws_alb", "aws_nat_gateway", "aws_route_table_association"),
    *("aws_lambda_function", "aws_ecs_service", "aws_flow_log"),
)
"""What refers to subnets and is either followed here or sends nothing through a NAT gateway."""


def nat_use(facts: Facts) -> Iterator[Finding]:
    """``nat-gateway-use``."""
    for nat in facts.model.nat_gateways.values():
        yield judge(nat.address, _unused(facts, nat))


def _unused(facts: Facts, nat: NatGateway) -> Iterator[Fault]:
    subnets = {
        identity for identity, subnet in facts.model.subnets.items() if _leads(facts, subnet.route_table, nat)
    }
    users = [user for user in facts.model.interfaces.values() if user.kind in ("function", "service")]
    users = [user for user in users if subnets.intersection(user.subnets) or _somewhere(user)]
    may = [_may_leave(facts, user) for user in users]
    if True in may:
        return
    if None in may or any(map(_somewhere, users)) or not users or _others(facts, subnets):
        yield Doubt("what uses it is not in this document")
    else:
        yield f"is billed by the hour, and no workload behind it may reach the internet ({len(users)})"


def _leads(facts: Facts, table: Identity, nat: NatGateway) -> bool:
    found = facts.model.route_tables.get(table)
    return found is not None and any(route.target == nat.address for route in found.routes)


def _somewhere(user: Interface) -> bool:
    return any(isinstance(subnet, Unknown) for subnet in user.subnets)


def _may_leave(facts: Facts, user: Interface) -> bool | None:
    """Tell whether a security group lets a workload out to public addresses; None: not known."""
    groups = [facts.model.groups.get(identity) for identity in user.groups]
    rules = [rule for group in groups if group for rule in group.egress.rules]
    if any(isinstance(rule.peer, Cidr) and is_public(rule.peer.network) for rule in rules):
        return True
    is_open = any(group is None or not group.complete for group in groups)
    return None if is_open or any(isinstance(rule.peer, Unknown) for rule in rules) else False


def _others(facts: Facts, subnets: set[Identity]) -> bool:
    """Tell whether something that is not followed here stands in the subnets: instances, databases."""
    meant = {base_address(str(subnet)) for subnet in subnets}
    references = facts.document.references
    return any(
        not _is_followed(type_of(address)) and not meant.isdisjoint(references.direct(address))
        for address in references.contents
    )


def _is_followed(kind: str) -> bool:
    return kind in _KNOWN or kind.startswith(("data.", "aws_vpc_endpoint", "aws_network_acl"))
