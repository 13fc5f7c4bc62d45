"""Where the tiers of subnets lie in a block: arithmetic only, on settings that are valid.

Each tier is ``slots`` subnets of one size, side by side; the tiers follow each other in a fixed order, each
aligned to its own size. A tier that a block of its own moves away keeps its room in the common block, so
that moving one tier, or writing down where it lies already, moves no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from constructs_lib.network.planning.cidr import free_space
from constructs_lib.network.planning.slots import slot_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Tier:
    """One tier: its name in the settings, the prefix of its subnets, and the longest that AWS takes there.

    made: False for a tier without subnets, which keeps its room in front of tiers behind it.
    """

    name: str
    prefix: int
    longest_prefix: int
    block: IPv4Network | None = None
    made: bool = True

    def size(self, slots: int) -> int:
        """Addresses that all slots take together."""
        return slots << (32 - self.prefix)


@dataclass(frozen=True)
class Placed:
    """A tier with the address at which its first slot begins."""

    tier: Tier
    start: int
    slots: int

    def extent(self) -> IPv4Network:
        """The block that belongs to this tier: the one that the user named, else all its slots."""
        return self.tier.block or IPv4Network((self.start, prefix_for(self.tier.size(self.slots))))

    def subnet(self, zone: str) -> IPv4Network:
        """The subnet in the slot of ``zone``."""
        size = self.tier.size(1)
        return IPv4Network((self.start + slot_of(zone, self.slots) * size, self.tier.prefix))


def prefix_for(addresses: int) -> int:
    """The prefix of the smallest block with that many addresses; negative where IPv4 has none."""
    return 32 - (addresses - 1).bit_length()


def offsets(tiers: Iterable[Tier], slots: int) -> dict[str, int]:
    """Where each tier begins, counted in addresses from the start of the common block."""
    found, end = {}, 0
    for tier in tiers:
        size = tier.size(slots)
        found[tier.name] = -(-end // size) * size
        end = found[tier.name] + size
    return found


def span(tiers: Sequence[Tier], slots: int) -> int:
    """Addresses that the common block needs: to the end of the last tier made without its own block."""
    starts = offsets(tiers, slots)
    inside = [tier for tier in tiers if tier.made and tier.block is None]
    return max((starts[tier.name] + tier.size(slots) for tier in inside), default=0)


def place(tiers: Sequence[Tier], slots: int, home: IPv4Network) -> list[Placed]:
    """Every tier that is made, in its place; ``home`` is the common block and holds ``span`` addresses."""
    starts = offsets(tiers, slots)
    return [
        Placed(tier, int((tier.block or home)[0]) + (0 if tier.block else starts[tier.name]), slots)
        for tier in tiers
        if tier.made
    ]


@dataclass(frozen=True)
class FittingPlan:
    """A plan and the first free block that holds its tiers."""

    tiers: Sequence[Tier]
    slots: int
    block: IPv4Network


def first_fitting(
    home: IPv4Network, taken: Iterable[IPv4Network], plans: Iterable[tuple[Sequence[Tier], int]]
) -> FittingPlan | None:
    """The first of some plans, each tiers and slots, that a free part of ``home`` holds, if any."""
    spaces = free_space(home, taken)
    for tiers, slots in plans:
        prefix = prefix_for(span(tiers, slots))
        for space in spaces:
            if space.prefixlen <= prefix:
                return FittingPlan(tiers, slots, IPv4Network((space[0], prefix)))
    return None
