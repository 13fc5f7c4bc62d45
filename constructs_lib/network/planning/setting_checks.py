"""What may be wrong with one setting of the subnet plan alone, or with it and the VPC's block."""

from __future__ import annotations

import re
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.figures import ids
from constructs_lib.figures.load_balancer import FEWEST_ZONES, FREE_ADDRESSES, LONGEST_SUBNET_PREFIX
from constructs_lib.figures.vpc import LARGEST_SUBNET, SMALLEST_SUBNET
from constructs_lib.network.planning.cidr import free_blocks
from constructs_lib.network.planning.layout import Tier
from constructs_lib.network.planning.slots import fewest_slots, sharing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_SLOTS = 32  # the first power of two that gives each of 26 letters a slot
_ZONE_NAME = re.compile(f"{ids.REGION}(?P<letter>{ids.ZONE_LETTER})")


def block_problems(
    written: Mapping[str, str | None], blocks: Mapping[str, IPv4Network], tiers: Sequence[Tier]
) -> list[Problem]:
    """The VPC's size, blocks outside it, and a block for a tier that there is not."""
    problems = []
    vpc = blocks.get("cidr")
    if vpc and not LARGEST_SUBNET <= vpc.prefixlen <= SMALLEST_SUBNET:
        rule = f"a VPC is a /{LARGEST_SUBNET} to /{SMALLEST_SUBNET}"
        prefix = LARGEST_SUBNET if vpc.prefixlen < LARGEST_SUBNET else 20
        way_out = f'network.cidr = "{IPv4Network((vpc[0], prefix), strict=False)}"'
        problems.append(Problem("network.cidr", written["cidr"], rule, way_out))
    elif vpc:
        rule = f"must lie inside network.cidr, {vpc}"
        problems += [
            Problem(f"network.{key}", written[key], rule, _inside(key, block, vpc))
            for key, block in blocks.items()
            if not block.subnet_of(vpc)
        ]
    lost = written["internal_load_balancer_block"]
    if lost is not None and "internal_load_balancer" not in {tier.name for tier in tiers}:
        rule = "places a tier, and there is none without the size of its subnets"
        way_out = f"network.internal_load_balancer_prefix = {LONGEST_SUBNET_PREFIX}"
        problems.append(Problem("network.internal_load_balancer_block", lost, rule, way_out))
    return problems


def _inside(key: str, block: IPv4Network, vpc: IPv4Network) -> str:
    if block.prefixlen < vpc.prefixlen:
        return f'at most network.{key} = "{vpc}"'
    return f'a block in it, such as network.{key} = "{free_blocks(vpc, [], block.prefixlen)[0]}"'


def occupied_problems(others: Mapping[str, IPv4Network], vpc: IPv4Network | None) -> list[Problem]:
    """Occupied blocks that are not the VPC's: most likely a typing mistake that would hide a collision."""
    rule, way_out = (
        f"an occupied block must lie inside network.cidr, {vpc}",
        "name its part in the VPC, or remove it",
    )
    return [
        Problem(f"network.{key}", str(block), rule, way_out)
        for key, block in others.items()
        if vpc and not block.subnet_of(vpc)
    ]


def prefix_problems(tiers: Sequence[Tier]) -> list[Problem]:
    """Subnets of a size that AWS does not make, or too small for the load balancer in them."""
    return [
        Problem(f"network.{tier.name}_prefix", tier.prefix, *_prefix_rule(tier))
        for tier in tiers
        if not LARGEST_SUBNET <= tier.prefix <= tier.longest_prefix
    ]


def _prefix_rule(tier: Tier) -> tuple[str, str]:
    setting = f"network.{tier.name}_prefix"
    if tier.prefix < LARGEST_SUBNET:
        return f"a subnet is a /{LARGEST_SUBNET} to /{SMALLEST_SUBNET}", f"{setting} = 24"
    way_out = f"{setting} = {tier.longest_prefix}"
    if tier.longest_prefix == SMALLEST_SUBNET:
        return f"a subnet is a /{LARGEST_SUBNET} to /{SMALLEST_SUBNET}", way_out
    if tier.name == "private" and tier.prefix == SMALLEST_SUBNET:
        tier_setting = f"network.internal_load_balancer_prefix = {LONGEST_SUBNET_PREFIX}"
        way_out = f"{tier_setting} gives the load balancer a tier of its own, or {way_out}"
    return (
        f"a load balancer's subnets are /{LONGEST_SUBNET_PREFIX} or larger, with "
        f"{FREE_ADDRESSES} free addresses each",
        way_out,
    )


def slot_problems(slots: int) -> list[Problem]:
    """Slots are a power of two, so that a tier is one CIDR block."""
    if 1 <= slots <= MOST_SLOTS and slots.bit_count() == 1:
        return []
    nearest = next((power for power in (2, 4, 8, 16) if power >= slots), MOST_SLOTS)
    rule = f"a power of two from 1 to {MOST_SLOTS}, so that a tier is one block and each letter has a slot"
    return [Problem("network.zone_slots", slots, rule, f"network.zone_slots = {nearest}")]


def zones_in(written: Sequence[str]) -> list[str]:
    """The letters among what was written, each once, in their order."""
    return list(dict.fromkeys(zone for zone in written if re.fullmatch(ids.ZONE_LETTER, zone)))


def zone_problems(written: Sequence[str], slots: int) -> list[Problem]:
    """Zones that are no letters, come twice, are too few for a load balancer, or share a slot."""
    field, letters = "network.availability_zones", zones_in(written)
    problems = [
        Problem(f"{field}[{index}]", zone, "the letter of an availability zone, a to z", _letter(zone))
        for index, zone in enumerate(written)
        if zone not in letters
    ]
    value = list(written)
    if len(set(value)) < len(value):
        each_once = list(dict.fromkeys(value))
        problems.append(Problem(field, value, "each zone once", f"{field} = {_toml(each_once)}"))
    if len(set(value)) < FEWEST_ZONES:
        enough = sorted({*letters, *("a" if "a" not in letters else "b")} | (set() if letters else {"b"}))
        rule = f"a load balancer needs at least {FEWEST_ZONES} availability zones"
        problems.append(Problem(field, value, rule, f"name another one, such as {_toml(enough)}"))
    if not slot_problems(slots):
        problems += _shared_slots(value, letters, slots)
    return problems


def _letter(zone: str) -> str:
    name = _ZONE_NAME.fullmatch(zone.strip().lower())
    letter = name["letter"] if name else zone.strip().lower()
    return (
        f'write "{letter}"'
        if re.fullmatch(ids.ZONE_LETTER, letter)
        else 'write the last letter of its name, like "a"'
    )


def _shared_slots(value: list[str], letters: Sequence[str], slots: int) -> list[Problem]:
    shared = sharing(letters, slots)
    if not shared:
        return []
    enough = fewest_slots(letters)
    names = " and ".join(shared[0])
    rule = f"zones {names} take the same one of {slots} slots, which go by the letter"
    way_out = f"another zone instead, or network.zone_slots = {enough} (which moves subnets that exist)"
    return [Problem("network.availability_zones", value, rule, way_out)]


def _toml(values: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"
