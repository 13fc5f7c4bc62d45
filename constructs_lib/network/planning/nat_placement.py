"""NAT gateways: in which zones they are made, and which one a private subnet uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.regions import partition_of
from constructs_lib.figures.vpc import REGIONAL_NAT_PARTITIONS
from constructs_lib.problem_words import MISSING, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Nat = Literal["none", "single", "per_az", "regional"]
Gateway = TypeVar("Gateway")


def nat_zones(nat: Nat, nat_zone: str | None, zones: Sequence[str]) -> list[str]:
    """The zones in whose public subnets a NAT gateway is made; a regional one is in no subnet.

    nat_zone: where the single one is; there is no default, since each would depend on the other zones.

    Raises:
        ConfigError: nat is ``single`` and no zone of the network is named.
    """
    if nat in ("none", "regional") or not zones:
        return []
    if nat == "per_az":
        return list(dict.fromkeys(zones))
    if nat_zone is None or nat_zone not in zones:
        raise ConfigError([missing_nat_zone(nat_zone, zones)])
    return [nat_zone]


def address_zones(nat: Nat, nat_zone: str | None, zones: Sequence[str]) -> list[str]:
    """The zones whose packets leave from an Elastic IP of their own; raises as ``nat_zones``."""
    return list(dict.fromkeys(zones)) if nat == "regional" else nat_zones(nat, nat_zone, zones)


def nat_problems(nat: Nat, region: str | None) -> Iterator[Problem]:
    """What keeps a region from NAT gateways of that kind.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
    """
    partition = partition_of(region) if region else REGIONAL_NAT_PARTITIONS[0]
    if nat == "regional" and partition not in REGIONAL_NAT_PARTITIONS:
        rule = f"regional NAT gateways are not known to be in the partition {partition}"
        yield Problem("network.nat", nat, rule, 'write nat = "per_az"')


def missing_nat_zone(nat_zone: str | None, zones: Sequence[str]) -> Problem:
    """What is wrong with the zone of a single NAT gateway that is none of the network's."""
    letters = listed(zones, most=26)
    if nat_zone is None:
        rule = 'nat = "single" needs the letter of its zone; another default later would move its address'
        return Problem(
            "network.nat_zone", MISSING, rule, f'write nat_zone = "{zones[0]}", or another of {letters}'
        )
    way_out = "name one of them, or add it to availability_zones"
    return Problem("network.nat_zone", nat_zone, f"is none of this environment's zones, {letters}", way_out)


def by_private_zone(
    zones: Iterable[str], gateways: Mapping[str, Gateway], *, shared: Gateway | None = None
) -> dict[str, Gateway]:
    """The NAT gateway that the private subnet of each zone uses: its own zone's, else the shared one.

    gateways: by their own zone. Without any, no private subnet has a way to the internet.

    Raises:
        ConfigError: a zone has neither while others have one.
    """
    zones = list(zones)
    if shared is None and (problems := [*missing_gateways(gateways, zones)]):
        raise ConfigError(problems)
    return {zone: gateway for zone in zones if (gateway := gateways.get(zone, shared)) is not None}


def missing_gateways(gateways: Mapping[str, object], zones: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with existing NAT gateways by zone, of which some zones have none."""
    missing = [zone for zone in dict.fromkeys(zones) if zone not in gateways]
    there = sorted({*gateways} & {*zones})
    if there and missing:
        rule = f"each zone's private subnet needs its own way out, and {listed(missing, most=26)} has none"
        way_out = f'add {missing[0]} = "{gateways[there[0]]}", that of zone {there[0]}, or one of its own'
        yield Problem("network.existing.nat_gateway_ids", dict(gateways), rule, way_out)
