"""What a block of addresses gives: which tiers, slots and subnet sizes fit into it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network

from constructs_lib.figures.load_balancer import LONGEST_SUBNET_PREFIX
from constructs_lib.figures.vpc import LARGEST_SUBNET, SMALLEST_SUBNET, usable
from constructs_lib.network.planning.layout import Tier, first_fitting

SLOTS = (8, 4, 2)


@dataclass(frozen=True)
class Layout:
    """One way to fill a block: the largest subnets for so many tiers and slots.

    prefix: of the public and private subnets. own_load_balancer_tier: a third tier of /27 for the internal
    load balancer. zone_slots: availability zones for which each tier has room.
    """

    zone_slots: int
    prefix: int
    own_load_balancer_tier: bool

    @property
    def tiers(self) -> int:
        """How many tiers there are: private, public and perhaps the internal load balancer's."""
        return 3 if self.own_load_balancer_tier else 2

    @property
    def usable_addresses(self) -> int:
        """Addresses of each public and private subnet that AWS does not reserve."""
        return usable(1 << (32 - self.prefix))

    @property
    def public_load_balancer(self) -> bool:
        """Whether a load balancer may live in the public subnets."""
        return self.prefix <= LONGEST_SUBNET_PREFIX

    @property
    def internal_load_balancer(self) -> bool:
        """Whether a load balancer may live in the private subnets or in a tier of its own."""
        return self.own_load_balancer_tier or self.prefix <= LONGEST_SUBNET_PREFIX


def layouts(block: IPv4Network) -> list[Layout]:
    """Every way to fill the block, a /16 to /28: two tiers first, then three, the most slots first."""
    sizes = range(LARGEST_SUBNET, SMALLEST_SUBNET + 1)
    found = []
    for own_tier in (False, True):
        for slots in SLOTS:
            fit = first_fitting(block, (), ((_tiers(prefix, own_tier), slots) for prefix in sizes))
            found += [Layout(slots, fit.tiers[0].prefix, own_tier)] if fit else []
    return found


def _tiers(prefix: int, own_load_balancer_tier: bool) -> list[Tier]:
    tiers = [Tier("private", prefix, SMALLEST_SUBNET), Tier("public", prefix, SMALLEST_SUBNET)]
    own = Tier("internal_load_balancer", LONGEST_SUBNET_PREFIX, LONGEST_SUBNET_PREFIX)
    return [*tiers, own] if own_load_balancer_tier else tiers
