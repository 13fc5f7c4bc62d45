"""NAT gateways: in which zones they are made, and which one a private subnet uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Nat = Literal["none", "single", "per_az"]
Gateway = TypeVar("Gateway")


def nat_zones(nat: Nat, nat_zone: str | None, zones: Sequence[str]) -> list[str]:
    """The zones in whose public subnets a NAT gateway is made.

    nat_zone: where the single one is; default: the first of the zones.
    """
    if nat == "none" or not zones:
        return []
    return list(dict.fromkeys(zones)) if nat == "per_az" else [nat_zone or zones[0]]


def by_private_zone(zones: Iterable[str], gateways: Mapping[str, Gateway]) -> dict[str, Gateway]:
    """The NAT gateway that the private subnet of each zone uses: its own zone's, else the first.

    gateways: by their own zone. Without any, no private subnet has a way to the internet.
    """
    if not gateways:
        return {}
    first = next(iter(gateways.values()))
    return {zone: gateways.get(zone, first) for zone in zones}
