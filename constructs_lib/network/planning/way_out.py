"""Ways out for a subnet plan that does not fit: settings that do, found in what is free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from constructs_lib.network.planning.cidr import free_space
from constructs_lib.network.planning.layout import Tier, prefix_for, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Room:
    """Where a plan may look for another place.

    key: the setting that names the place (``network.block``).
    home: the place that did not do. vpc: the whole VPC. taken: what others hold in it.
    """

    key: str
    home: IPv4Network
    vpc: IPv4Network
    taken: Sequence[IPv4Network]


def way_out(room: Room, tiers: Sequence[Tier], slots: int, slot_choices: Sequence[int] = ()) -> str:
    """Settings under which ``tiers`` fit: another block for the same plan, or the largest plan that fits.

    slot_choices: values of ``network.zone_slots`` below ``slots`` that may be proposed too.
    """
    here = _free_block(room.home, room.taken, tiers, slots)
    if here:
        return f'{room.key} = "{here}" is free'
    there = _free_block(room.vpc, room.taken, tiers, slots)
    smaller = _smaller(room, room.home, tiers, slots, slot_choices)
    if not there and not smaller:
        smaller = _smaller(room, room.vpc, tiers, slots, slot_choices)
    options = [f'{room.key} = "{there}" is free and large enough'] if there else []
    options += [smaller] if smaller else []
    return ", or ".join(options) or _no_room(room, span(tiers, slots))


def _smaller(
    room: Room, home: IPv4Network, tiers: Sequence[Tier], slots: int, slot_choices: Sequence[int]
) -> str:
    """The settings of the largest smaller plan that ``home`` has a place for; empty if it has none."""
    for choice in (slots, *slot_choices):
        for candidate in _shrunk(tiers):
            block = _free_block(home, room.taken, candidate, choice)
            if block:
                settings = _changes(tiers, candidate)
                settings += [f"network.zone_slots = {choice}"] if choice != slots else []
                settings += [f'{room.key} = "{block}"'] if not _starts(room.home, block) else []
                return " and ".join(settings)
    return ""


def _starts(home: IPv4Network, block: IPv4Network) -> bool:
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


def _changes(before: Sequence[Tier], after: Sequence[Tier]) -> list[str]:
    pairs = zip(before, after, strict=True)
    return [f"network.{new.name}_prefix = {new.prefix}" for old, new in pairs if old != new]


def _free_block(
    vpc: IPv4Network, taken: Sequence[IPv4Network], tiers: Sequence[Tier], slots: int
) -> IPv4Network | None:
    prefix = prefix_for(span(tiers, slots))
    spaces = (space for space in free_space(vpc, taken) if space.prefixlen <= prefix)
    return next((IPv4Network((space[0], prefix)) for space in spaces), None)


def _no_room(room: Room, addresses: int) -> str:
    prefix = prefix_for(addresses)
    if 16 <= prefix < room.vpc.prefixlen:
        return f'a larger VPC holds it: network.cidr = "{room.vpc.supernet(new_prefix=prefix)}"'
    spaces = sorted(free_space(room.vpc, room.taken), key=lambda space: space.prefixlen)
    largest = f"the largest is {spaces[0]}" if spaces else "none is left"
    return f"free a block of /{prefix} in {room.vpc} ({largest}), or use a larger VPC"
