"""The network: the subnet plan, NAT gateways, endpoints, and whether the subnets have enough addresses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from constructs_lib.environment.checks.existing import check_existing
from constructs_lib.environment.checks.vpc_endpoints.endpoints import check_endpoints
from constructs_lib.environment.subnets import nat_address_zones, subnet_plan
from constructs_lib.environment.tables.network import PLAN_KEYS
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.containers.ecs import TASKS_WHILE_DEPLOYING
from constructs_lib.figures.load_balancer import FREE_ADDRESSES
from constructs_lib.figures.vpc import LARGEST_SUBNET, RESERVED_ADDRESSES, usable
from constructs_lib.network.planning.nat_placement import missing_nat_zone, nat_problems
from constructs_lib.problem_words import field_path, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.network.planning.plan import SubnetPlan


def check_network(draft: Draft) -> Iterator[Problem]:
    """Everything in [network]."""
    yield from _check_plan(draft)
    yield from _check_nat(draft)
    yield from check_existing(draft)
    yield from check_endpoints(draft)


def _check_plan(draft: Draft) -> Iterator[Problem]:
    network = draft.environment.network
    if draft.any_unknown(("network",), *PLAN_KEYS) or (
        network.existing and "cidr" not in network.model_fields_set
    ):
        return
    try:
        plan = subnet_plan(draft.environment)
    except ConfigError as error:
        yield from error.problems
        return
    yield from _check_addresses(draft.environment, plan)


def _check_addresses(environment: Environment, plan: SubnetPlan) -> Iterator[Problem]:
    """Lambda has one interface in each subnet for each set of security groups, and every function has its
    own."""
    network = environment.network
    needs = {
        "functions": len(environment.functions),
        "tasks of services, twice while they are replaced": _tasks_per_subnet(environment),
        "interface endpoints": len(environment.new_interface_endpoints),
    }
    if environment.exposed("internal") and not plan.internal_load_balancer:
        needs["the internal load balancer"] = FREE_ADDRESSES
    left = usable(2 ** (32 - network.private_prefix))
    needed = sum(needs.values())
    if needed > left:
        said = listed(f"{count} for {what}" for what, count in needs.items() if count)
        rule = (
            f"a /{network.private_prefix} has {left} usable addresses, and each private subnet needs "
            f"{needed} ({said})"
        )
        prefix = 32 - (needed + RESERVED_ADDRESSES - 1).bit_length()
        larger = f"write private_prefix = {prefix}, or " if prefix >= LARGEST_SUBNET else ""
        way_out = f"{larger}move workloads to another environment"
        subnets = tuple(f"aws_subnet.network_private_{zone}" for zone in plan.private)
        prefix = network.private_prefix
        yield Problem("network.private_prefix", prefix, rule, way_out, "subnet-addresses", subnets)


def _tasks_per_subnet(environment: Environment) -> int:
    """The most tasks that lie in one private subnet, which ECS spreads over the zones, in a deployment."""
    zones = len(environment.network.availability_zones) or 1
    most = (
        service.autoscaling.max_count if service.autoscaling else service.desired_count
        for service in environment.services.values()
    )
    return sum(math.ceil(TASKS_WHILE_DEPLOYING * count / zones) for count in most)


def _check_nat(draft: Draft) -> Iterator[Problem]:
    network = draft.environment.network
    if draft.any_unknown(("network",), "nat", "availability_zones"):
        return
    zones = list(dict.fromkeys(network.availability_zones))
    if network.nat_zone is not None and network.nat != "single":
        rule = f'is the zone of a single NAT gateway, and nat is "{network.nat}"'
        yield Problem(
            "network.nat_zone", network.nat_zone, rule, 'remove it, or write nat = "single" with its nat_zone'
        )
    elif (
        network.nat == "single" and network.nat_zone not in zones and not draft.unknown("network", "nat_zone")
    ):
        yield missing_nat_zone(network.nat_zone, zones)
    if not draft.any_unknown(("network",), "nat_eip_ids", "nat_zone"):
        yield from _check_elastic_ips(network.nat, network.nat_eip_ids, nat_address_zones(network))
    if not draft.unknown("region"):
        yield from nat_problems(network.nat, draft.environment.region)


def _check_elastic_ips(nat: str, given: dict[str, str], homes: list[str]) -> Iterator[Problem]:
    """Every address belongs to a NAT gateway that is made."""
    field = "network.nat_eip_ids"
    if given and nat == "none":
        rule = 'are the addresses of NAT gateways, and nat is "none"'
        yield Problem(
            field, given, rule, 'remove them, or write nat = "per_az", or "single" with its nat_zone'
        )
    elif homes:
        for zone in sorted(given.keys() - homes):
            rule = f'is the address of a NAT gateway, and nat = "{nat}" has them in {listed(homes, most=26)}'
            yield Problem(
                field_path("network", "nat_eip_ids", zone), given[zone], rule, "name it there, or remove it"
            )
    if len({*given.values()}) < len(given):
        yield Problem(field, given, "a NAT gateway needs an address of its own", "name each address once")
