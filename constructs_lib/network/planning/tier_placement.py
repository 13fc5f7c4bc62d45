"""Whether the tiers of a subnet plan have room, and what they meet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.network.planning.layout import Placed, Tier, place, prefix_for, span
from constructs_lib.network.planning.slots import sharing
from constructs_lib.network.planning.way_out import Surroundings, way_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from ipaddress import IPv4Network


@dataclass(frozen=True)
class Placement:
    """Tiers laid out in their blocks; every setting by itself is valid already.

    written: the blocks as the user wrote them, by key. zones: letters. occupied: by key, parsed.
    """

    written: Mapping[str, str | None]
    blocks: Mapping[str, IPv4Network]
    tiers: Sequence[Tier]
    slots: int
    zones: Sequence[str]
    occupied: Mapping[str, IPv4Network]

    def subnets(self) -> dict[str, dict[str, IPv4Network]]:
        """Every subnet by tier and zone; only where there are no problems."""
        return {
            placed.tier.name: {zone: placed.subnet(zone) for zone in self.zones} for placed in self._placed
        }

    def problems(self) -> list[Problem]:
        """Tiers without room, tiers that overlap each other, subnets that meet an occupied block."""
        return [*self._no_room(), *self._too_small(), *self._overlaps(), *self._met()]

    @property
    def _home(self) -> IPv4Network:
        return self.blocks.get("block", self.blocks["cidr"])

    @property
    def _home_key(self) -> str:
        return "block" if "block" in self.blocks else "cidr"

    @cached_property
    def _placed(self) -> list[Placed]:
        """The tiers that have room where they lie."""
        fits = span(self.tiers, self.slots) <= self._home.num_addresses
        return [
            placed
            for placed in place(self.tiers, self.slots, self._home)
            if (self._holds(placed.tier) if placed.tier.block else fits)
        ]

    def _holds(self, tier: Tier) -> bool:
        return tier.block is None or tier.size(self.slots) <= tier.block.num_addresses

    def _problem(self, key: str, rule: str, out: str) -> Problem:
        return Problem(f"network.{key}", self.written[key], rule, out)

    def _no_room(self) -> list[Problem]:
        needed = span(self.tiers, self.slots)
        if needed <= self._home.num_addresses:
            return []
        sizes = ", ".join(
            f"{tier.name} {self.slots} slots of /{tier.prefix}"
            for tier in self.tiers
            if tier.made and not tier.block
        )
        rule = f"the tiers ({sizes}) take a /{prefix_for(needed)}, which {self._home} does not hold"
        return [self._problem(self._home_key, rule, self._common_way_out())]

    def _too_small(self) -> list[Problem]:
        return [
            self._problem(
                f"{tier.name}_block",
                f"{self.slots} slots of /{tier.prefix} take a /{prefix_for(tier.size(self.slots))}",
                self._way_out_of(tier),
            )
            for tier in self.tiers
            if not self._holds(tier)
        ]

    def _overlaps(self) -> list[Problem]:
        met: dict[Tier, Placed] = {}
        for one, other in combinations(self._placed, 2):
            if one.extent().overlaps(other.extent()):
                moved, still = (other, one) if other.tier.block else (one, other)
                met.setdefault(moved.tier, still)
        return [
            self._problem(
                f"{tier.name}_block",
                f"the {tier.name} tier there overlaps the {still.tier.name} tier, {still.extent()}",
                self._way_out_of(tier),
            )
            for tier, still in met.items()
        ]

    def _met(self) -> list[Problem]:
        met: dict[str, list[str]] = {}
        for placed in self._placed:
            key = f"{placed.tier.name}_block" if placed.tier.block else self._home_key
            for zone in self.zones:
                subnet = placed.subnet(zone)
                met.setdefault(key, []).extend(
                    f"{subnet} ({placed.tier.name}, zone {zone}) meets network.{name}, {block}"
                    for name, block in self.occupied.items()
                    if block.overlaps(subnet)
                )
        return [
            self._problem(key, self._met_rule(hits), self._way_out_for(key))
            for key, hits in met.items()
            if hits
        ]

    @staticmethod
    def _met_rule(hits: Sequence[str]) -> str:
        more = f" (and {len(hits) - 1} more)" if len(hits) > 1 else ""
        return f"no subnet may meet an occupied block, and {hits[0]}{more}"

    def _way_out_for(self, key: str) -> str:
        tiers = {f"{tier.name}_block": tier for tier in self.tiers}
        return self._way_out_of(tiers[key]) if key in tiers else self._common_way_out()

    def _common_way_out(self) -> str:
        named = [placed.extent() for placed in self._placed if placed.tier.block]
        taken = [*self.occupied.values(), *named]
        around = Surroundings("network.block", self._home, self.blocks["cidr"], taken)
        fewer = [self.slots >> step for step in range(1, self.slots.bit_length())]
        return way_out(around, self.tiers, self.slots, [choice for choice in fewer if self._distinct(choice)])

    def _way_out_of(self, tier: Tier) -> str:
        others = [placed.extent() for placed in self._placed if placed.tier != tier]
        taken = [*self.occupied.values(), *others]
        around = Surroundings(
            f"network.{tier.name}_block", tier.block or self._home, self.blocks["cidr"], taken
        )
        return way_out(around, [replace(tier, block=None)], self.slots)

    def _distinct(self, slots: int) -> bool:
        return not sharing(self.zones, slots) and slots > 1
