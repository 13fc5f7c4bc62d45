"""The subnet plan: which block each tier has in each availability zone. It needs no memory and never shifts.

Each tier has ``zone_slots`` slots and a zone takes the slot of its letter, so what one zone gets depends on
no other zone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.load_balancer import LONGEST_SUBNET_PREFIX
from constructs_lib.figures.vpc import SMALLEST_SUBNET
from constructs_lib.network.planning.cidr import parse_cidr
from constructs_lib.network.planning.layout import Tier
from constructs_lib.network.planning.setting_checks import (
    block_problems,
    occupied_problems,
    prefix_problems,
    slot_problems,
    zone_problems,
    zones_in,
)
from constructs_lib.network.planning.tier_placement import Placement

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class SubnetPlan:
    """The CIDR block of each subnet, by the letter of its availability zone, in the order given.

    public and internal_load_balancer are empty where no such tier was asked for.
    """

    public: dict[str, IPv4Network]
    private: dict[str, IPv4Network]
    internal_load_balancer: dict[str, IPv4Network]


def plan_subnets(
    *,
    cidr: str,
    block: str | None = None,
    availability_zones: Sequence[str],
    zone_slots: int = 8,
    public_prefix: int = 24,
    private_prefix: int = 24,
    internal_load_balancer_prefix: int | None = None,
    public_block: str | None = None,
    private_block: str | None = None,
    internal_load_balancer_block: str | None = None,
    occupied: Sequence[str] = (),
    public_hosts_load_balancer: bool = True,
    private_hosts_load_balancer: bool = True,
    public_tier: bool = True,
) -> SubnetPlan:
    """Plan the subnets of ``availability_zones`` (single letters) in ``block`` of the VPC's ``cidr``.

    block: where the tiers lie, in the order private, public, internal load balancer; default: all of cidr.
    *_block: where one tier lies instead; that moves no other tier.
    occupied: blocks that others use; no subnet may meet one, a slot without a zone may.
    *_hosts_load_balancer: whether a load balancer lives in the tier, which then needs /27 or larger; the
    internal one lives in its own tier where internal_load_balancer_prefix is given, else in the private one.
    public_tier: False for a VPC whose public subnets exist already, or that has no way to the internet.

    Raises ConfigError with every problem at once, each with the setting's dotted path (``network.cidr``).
    """
    written = {
        "cidr": cidr,
        "block": block,
        "private_block": private_block,
        "public_block": public_block,
        "internal_load_balancer_block": internal_load_balancer_block,
    }
    blocks, problems = _parse({key: text for key, text in written.items() if text is not None})
    in_private = private_hosts_load_balancer and internal_load_balancer_prefix is None
    tiers = [
        _tier("private", private_prefix, in_private, blocks),
        replace(_tier("public", public_prefix, public_hosts_load_balancer, blocks), made=public_tier),
    ]
    if internal_load_balancer_prefix is not None:
        tiers.append(_tier("internal_load_balancer", internal_load_balancer_prefix, True, blocks))
    problems += block_problems(written, blocks, tiers) + slot_problems(zone_slots)
    problems += prefix_problems([tier for tier in tiers if tier.made])
    others, occupied_wrong = _parse({f"occupied[{index}]": text for index, text in enumerate(occupied)})
    occupied_wrong += occupied_problems(others, blocks.get("cidr"))
    beside = [*zone_problems(availability_zones, zone_slots), *occupied_wrong]
    placement = Placement(written, blocks, tiers, zone_slots, zones_in(availability_zones), others)
    problems += beside if problems else [*beside, *placement.problems()]
    if problems:
        raise ConfigError(problems)
    return SubnetPlan(**{"public": {}, "internal_load_balancer": {}} | placement.subnets())


def _parse(written: dict[str, str]) -> tuple[dict[str, IPv4Network], list[Problem]]:
    parsed = {key: parse_cidr(text, field=f"network.{key}") for key, text in written.items()}
    blocks = {key: value for key, value in parsed.items() if isinstance(value, IPv4Network)}
    return blocks, [value for value in parsed.values() if isinstance(value, Problem)]


def _tier(name: str, prefix: int, hosts_load_balancer: bool, blocks: dict[str, IPv4Network]) -> Tier:
    longest = LONGEST_SUBNET_PREFIX if hosts_load_balancer else SMALLEST_SUBNET
    return Tier(name, prefix, longest, blocks.get(f"{name}_block"))
