"""Arithmetic of address ranges."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from typing import TYPE_CHECKING, cast

from constructs_lib.figures.internet import ANYWHERE_IPV4, ANYWHERE_IPV6
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

Network = IPv4Network | IPv6Network
EVERYWHERE: Network = IPv4Network(ANYWHERE_IPV4)
EVERYWHERE_IPV6: Network = IPv6Network(ANYWHERE_IPV6)


@lru_cache(maxsize=65536)
def network(text: str) -> Network | Unknown:
    """Give the range that a text writes out; Unknown where it is none."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return Unknown(text)


def networks(texts: Iterable[str | Unknown]) -> tuple[Network | Unknown, ...]:
    """Give the ranges of several texts."""
    return tuple(text if isinstance(text, Unknown) else network(text) for text in texts)


def within(inner: Network, outer: Network) -> bool:
    """Tell whether ``outer`` holds all of ``inner``."""
    if isinstance(inner, IPv4Network) and isinstance(outer, IPv4Network):
        return inner.subnet_of(outer)
    if isinstance(inner, IPv6Network) and isinstance(outer, IPv6Network):
        return inner.subnet_of(outer)
    return False


def meets(one: Network, other: Network) -> bool:
    """Tell whether the two have an address in common."""
    return within(one, other) or within(other, one)


def covered(inner: Network, outers: Iterable[Network]) -> bool:
    """Tell whether the ranges together hold all of ``inner``."""
    own = [outer for outer in outers if outer.version == inner.version]
    if any(within(inner, outer) for outer in own):
        return True
    joined = collapse_addresses(cast("list[IPv4Network]", own))
    return any(within(inner, outer) for outer in joined)


PRIVATE = tuple(
    IPv4Network(text)
    for text in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"),
        *("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
"""Ranges that no internet gateway carries (RFC 1918, 6598, 3927, 1122, 5771)."""

PRIVATE_IPV6 = (
    IPv6Network("fc00::/7"),
    IPv6Network("fe80::/10"),
    IPv6Network("ff00::/8"),
    IPv6Network("::1/128"),
)


@lru_cache(maxsize=65536)
def is_public(range_: Network, own_ranges: tuple[Network, ...] = ()) -> bool:
    """Tell whether the range holds an address of the internet. own_ranges: those of VPCs, which do not."""
    private = PRIVATE if isinstance(range_, IPv4Network) else PRIVATE_IPV6
    return not any(within(range_, one) for one in (*private, *own_ranges))
