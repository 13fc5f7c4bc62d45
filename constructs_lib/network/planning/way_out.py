"""Ways out for a subnet plan that does not fit: settings that do, found in what is free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from constructs_lib.figures.vpc import LARGEST_SUBNET
from constructs_lib.network.planning.cidr import free_space
from constructs_lib.network.planning.layout import FittingPlan, Tier, first_fitting, prefix_for, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Surroundings:
    """Where a plan may look for another place.

    key: the setting that names the place (``network.block``).
    home: the place that did not do. vpc: the whole VPC. taken: what others hold in it.
    """

    key: str
    home: IPv4Network
    vpc: IPv4Network
    taken: Sequence[IPv4Network]


def way_out(around: Surroundings, tiers: Sequence[Tier], slots: int, slot_choices: Sequence[int] = ()) -> str:
    """Settings under which ``tiers`` fit: another block for the same plan, or the largest plan that fits.

    slot_choices: values of ``network.zone_slots`` below ``slots`` that may be proposed too.
    """
    plan = [(tiers, slots)]
    if here := first_fitting(around.home, around.taken, plan):
        return f'{around.key} = "{here.block}" is free'
    there = first_fitting(around.vpc, around.taken, plan)
    smaller = [(shrunk, choice) for choice in (slots, *slot_choices) for shrunk in _shrunk(tiers)]
    fit = first_fitting(around.home, around.taken, smaller)
    if not there and not fit:
        fit = first_fitting(around.vpc, around.taken, smaller)
    options = [f'{around.key} = "{there.block}" is free and large enough'] if there else []
    options += [_settings(around, tiers, slots, fit)] if fit else []
    return ", or ".join(options) or _no_room(around, span(tiers, slots))


def _settings(around: Surroundings, tiers: Sequence[Tier], slots: int, fit: FittingPlan) -> str:
    """What has to be written for a smaller plan, beside what is written already."""
    pairs = zip(tiers, fit.tiers, strict=True)
    settings = [f"network.{new.name}_prefix = {new.prefix}" for old, new in pairs if old != new]
    settings += [f"network.zone_slots = {fit.slots}"] if fit.slots != slots else []
    settings += [f'{around.key} = "{fit.block}"'] if not _lies_in(around.home, fit.block) else []
    return " and ".join(settings)


def _lies_in(home: IPv4Network, block: IPv4Network) -> bool:
    """Whether a plan in ``home`` lies where it lies in ``block``."""
    return block[0] == home[0] and block.subnet_of(home)


def _shrunk(tiers: Sequence[Tier]) -> Iterator[Sequence[Tier]]:
    previous = None
    for step in range(13):
        smaller = [replace(tier, prefix=max(tier.prefix, _longer(tier, step))) for tier in tiers]
        if smaller != previous:
            yield smaller
        previous = smaller


def _longer(tier: Tier, step: int) -> int:
    fixed = tier.block or not tier.made
    return tier.prefix if fixed else min(tier.prefix + step, tier.longest_prefix)


def _no_room(around: Surroundings, addresses: int) -> str:
    prefix = prefix_for(addresses)
    if LARGEST_SUBNET <= prefix < around.vpc.prefixlen:
        return f'a larger VPC holds it: network.cidr = "{around.vpc.supernet(new_prefix=prefix)}"'
    spaces = sorted(free_space(around.vpc, around.taken), key=lambda space: space.prefixlen)
    largest = f"the largest is {spaces[0]}" if spaces else "none is left"
    return f"free a block of /{prefix} in {around.vpc} ({largest}), or use a larger VPC"
