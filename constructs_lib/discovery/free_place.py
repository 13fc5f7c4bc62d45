"""Where the subnets of an environment go in a VPC that exists. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.load_balancer import LONGEST_SUBNET_PREFIX
from constructs_lib.figures.vpc import SMALLEST_SUBNET
from constructs_lib.network.planning.block_capacity import layouts
from constructs_lib.network.planning.cidr import free_blocks, free_space
from constructs_lib.network.planning.layout import Tier, prefix_for, span
from constructs_lib.network.planning.plan import SubnetPlan, plan_subnets

TIERS = ("private", "public", "internal_load_balancer")
DEFAULT_PREFIX, DEFAULT_SLOTS = 24, 8


@dataclass(frozen=True)
class Wanted:
    """What the environment's file asks of the network.

    sizes: those keys of ``[network]`` that the file has: ``zone_slots``, ``<tier>_prefix``, ``<tier>_block``.
    """

    block: str | None = None
    availability_zones: Sequence[str] = ()
    sizes: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def prefix(self) -> int:
        """The prefix of the smallest block that holds all tiers without a block of their own."""
        sizes = {"private_prefix": DEFAULT_PREFIX, "public_prefix": DEFAULT_PREFIX, **self.sizes}
        tiers = [
            Tier(tier, int(sizes[f"{tier}_prefix"]), SMALLEST_SUBNET, self._block_of(tier))
            for tier in TIERS
            if f"{tier}_prefix" in sizes
        ]
        addresses = span(tiers, int(self.sizes.get("zone_slots", DEFAULT_SLOTS)))
        return prefix_for(addresses) if addresses else SMALLEST_SUBNET

    def _block_of(self, tier: str) -> IPv4Network | None:
        block = self.sizes.get(f"{tier}_block")
        return IPv4Network(block) if block else None


@dataclass(frozen=True)
class Place:
    """Where the environment's subnets go: one of the VPC's blocks, and a part of it.

    settings: keys of ``[network]`` that have to differ from what was wanted, where only that fits.
    """

    cidr: IPv4Network
    block: IPv4Network
    settings: dict[str, int] = field(default_factory=dict)


def own_place(
    cidrs: Sequence[IPv4Network], own: Sequence[IPv4Network], zones: Sequence[str], wanted: Wanted
) -> Place | None:
    """The block whose plan puts the environment's subnets where they are, so that none of them moves."""
    around = [IPv4Network(wanted.block)] if wanted.block else []
    around += [s.supernet(new_prefix=wanted.prefix) for s in own if wanted.prefix <= s.prefixlen]
    for block in dict.fromkeys([*around, *cidrs]):
        for cidr in cidrs:
            plan = _plan(cidr, block, zones, wanted)
            if plan and set(own) <= _subnets(plan):
                return Place(cidr, block)
    return None


def free_place(
    vpc_id: str,
    cidrs: Sequence[IPv4Network],
    taken: Sequence[IPv4Network],
    zones: Sequence[str],
    wanted: Wanted,
) -> Place:
    """The block that the file names, if its plan fits; else the first free one; else the largest one.

    Raises ConfigError: none of the VPC's blocks has room for an environment.
    """
    if wanted.block:
        for cidr in cidrs:
            inside = [str(block) for block in taken if block.subnet_of(cidr)]
            if _plan(cidr, IPv4Network(wanted.block), zones, wanted, occupied=inside):
                return Place(cidr, IPv4Network(wanted.block))
    for cidr in cidrs:
        if blocks := free_blocks(cidr, taken, wanted.prefix):
            return Place(cidr, blocks[0])
    return _largest_place(vpc_id, cidrs, taken)


def _plan(
    cidr: IPv4Network,
    block: IPv4Network,
    zones: Sequence[str],
    wanted: Wanted,
    occupied: Sequence[str] = (),
) -> SubnetPlan | None:
    """The plan with the file's sizes in the block; None where there is none."""
    sizes: dict[str, object] = {**wanted.sizes}
    try:
        return plan_subnets(
            cidr=str(cidr),
            block=str(block),
            availability_zones=zones,
            occupied=occupied,
            public_hosts_load_balancer=False,
            private_hosts_load_balancer=False,
            **sizes,  # type: ignore[arg-type]  # checked when the file was read
        )
    except ConfigError:
        return None


def _subnets(plan: SubnetPlan) -> set[IPv4Network]:
    tiers = (plan.private, plan.public, plan.internal_load_balancer)
    return {subnet for tier in tiers for subnet in tier.values()}


def _largest_place(vpc_id: str, cidrs: Sequence[IPv4Network], taken: Sequence[IPv4Network]) -> Place:
    """The largest free block, with the sizes that fit into it and leave room for load balancers."""
    spaces = [(space, cidr) for cidr in cidrs for space in free_space(cidr, taken)]
    for block, cidr in sorted(spaces, key=lambda pair: pair[0].prefixlen):
        for layout in layouts(block) if block.prefixlen <= SMALLEST_SUBNET else []:
            if layout.public_load_balancer and layout.internal_load_balancer:
                sizes = {"public_prefix": layout.prefix, "private_prefix": layout.prefix}
                if layout.own_load_balancer_tier:
                    sizes["internal_load_balancer_prefix"] = LONGEST_SUBNET_PREFIX
                return Place(cidr, block, {"zone_slots": layout.zone_slots, **sizes})
    rule = f"no block that holds an environment is free in {', '.join(map(str, cidrs))}"
    way_out = (
        f"add a secondary block: aws ec2 associate-vpc-cidr-block --vpc-id {vpc_id} --cidr-block <a.b.c.d/20>"
    )
    raise ConfigError([Problem("--vpc-id", vpc_id, rule, way_out)])
