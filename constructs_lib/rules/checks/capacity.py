"""Rules about how much fits: addresses of subnets, network interfaces of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.figures.containers.ecs import TASKS_WHILE_DEPLOYING
from constructs_lib.figures.load_balancer import FREE_ADDRESSES
from constructs_lib.figures.vpc import usable
from constructs_lib.rules.checks.functions import in_vpc
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.workloads import Service
    from constructs_lib.rules.facts import Facts


Uses = dict[Identity, dict[str, int]]
"""How many addresses things of each kind take in each subnet."""


def budgets(facts: Facts) -> Iterator[Finding]:
    """``subnet-addresses``."""
    uses = _uses(facts)
    for identity, subnet in facts.model.subnets.items():
        yield judge(str(identity), _budget(subnet.cidr, uses.get(identity, {})))


def _budget(cidr: object, uses: dict[str, int]) -> Iterator[Fault]:
    needed = sum(uses.values())
    if isinstance(cidr, Unknown):
        if needed:
            yield Doubt(f"needs {needed} addresses, and its size is not in this document")
        return
    left = usable(getattr(cidr, "num_addresses", 0))
    if needed > left:
        shares = ", ".join(f"{number} for {kind}" for kind, number in uses.items())
        yield f"{cidr} has {left} usable addresses, and {needed} are needed ({shares})"


def _uses(facts: Facts) -> Uses:
    uses: Uses = {}
    for subnet, kind, number in _takers(facts):
        own = uses.setdefault(subnet, {})
        own[kind] = own.get(kind, 0) + number
    return uses


def _takers(facts: Facts) -> Iterator[tuple[Identity, str, int]]:
    for balancer in facts.model.load_balancers.values():
        number = FREE_ADDRESSES if balancer.kind == "application" else 1
        yield from ((subnet, "load balancers", number) for subnet in balancer.interface.subnets)
    for endpoint in facts.model.endpoints.values():
        if not endpoint.is_gateway:
            yield from ((subnet, "endpoints", 1) for subnet in endpoint.interface.subnets)
    for nat in facts.model.nat_gateways.values():
        if nat.subnet is not None:
            yield nat.subnet, "NAT gateways", 1
    yield from ((subnet, "functions", 1) for _, subnet, _ in _function_interfaces(facts))
    for service in facts.model.services.values():
        yield from ((subnet, "tasks", _tasks(facts, service)) for subnet in service.interface.subnets)


def _tasks(facts: Facts, service: Service) -> int:
    """During a deployment old and new tasks stand side by side, spread over the subnets."""
    wanted = facts.document.blocks[service.interface.address].number("desired_count")
    number = TASKS_WHILE_DEPLOYING * (wanted if isinstance(wanted, int) else 1)
    return -(-number // max(len(service.interface.subnets), 1))


def _function_interfaces(facts: Facts) -> set[tuple[Identity, Identity, frozenset[Identity]]]:
    """Functions with the same security groups share one interface in each subnet."""
    return {
        (interface.vpc, subnet, frozenset(interface.groups))
        for interface in in_vpc(facts)
        if interface.vpc is not None
        for subnet in interface.subnets
    }


def interfaces(facts: Facts) -> Iterator[Finding]:
    """``lambda-network-interfaces``; one finding for each VPC."""
    by_vpc: dict[Identity, int] = {}
    for vpc, _, _ in _function_interfaces(facts):
        by_vpc[vpc] = by_vpc.get(vpc, 0) + 1
    for vpc in sorted(by_vpc, key=str):
        yield judge(str(vpc), _interfaces(by_vpc[vpc], facts.quotas.lambda_network_interfaces))


def _interfaces(number: int, most: int) -> Iterator[Fault]:
    if number > most:
        yield (
            f"its functions need {number} network interfaces, one for each set of security groups in each "
            f"subnet; a VPC has {most} until AWS grants more"
        )
