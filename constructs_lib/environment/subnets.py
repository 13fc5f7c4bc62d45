"""The subnets of an environment: its settings and workloads as one subnet plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.network.planning.nat_placement import address_zones, nat_zones
from constructs_lib.network.planning.plan import SubnetPlan, plan_subnets

if TYPE_CHECKING:
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.network import NetworkSettings


def subnet_plan(environment: Environment) -> SubnetPlan:
    """The environment's subnets. Raises ConfigError for settings that give no plan."""
    existing = environment.network.existing
    return plan_subnets(
        **environment.network.plan_arguments(),
        public_tier=existing is None or existing.makes_public_tier,
        public_hosts_load_balancer=bool(environment.exposed("public")),
        private_hosts_load_balancer=bool(environment.exposed("internal")),
    )


def nat_homes(network: NetworkSettings) -> list[str]:
    """The zones in whose public subnets NAT gateways are made; none while the single one's is not known."""
    return [] if _is_homeless(network) else nat_zones(network.nat, network.nat_zone, _zones(network))


def nat_address_zones(network: NetworkSettings) -> list[str]:
    """The zones whose packets leave from an Elastic IP of their own; as ``nat_homes``."""
    return [] if _is_homeless(network) else address_zones(network.nat, network.nat_zone, _zones(network))


def _is_homeless(network: NetworkSettings) -> bool:
    return network.nat == "single" and network.nat_zone not in network.availability_zones


def _zones(network: NetworkSettings) -> list[str]:
    return list(dict.fromkeys(network.availability_zones))
