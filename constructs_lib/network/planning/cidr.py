"""Arithmetic on IPv4 blocks: reading one as a user wrote it, and what is still free around others."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from constructs_lib.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RULE = "an IPv4 block in CIDR notation, address/prefix with the host bits zero"


def parse_cidr(
    value: str, *, field: str, alone: int = 24, ipv6: str = "subnets are planned in IPv4 slots"
) -> IPv4Network | Problem:
    """The block that ``value`` says, or what is wrong with it; the way out names the corrected block.

    alone: the prefix proposed for an address that has none. ipv6: why a block of IPv6 is of no use.
    """
    text = "".join(value.split())
    address, slash, _ = text.partition("/")
    if _is(IPv6Network, text):
        return Problem(field, value, f"IPv4 only: {ipv6}", "name an IPv4 block")
    if not _is(IPv4Network, address):
        return Problem(field, value, _RULE, 'write it like "10.0.0.0/16"')
    if not (slash and _is(IPv4Network, text)):
        lost = "the prefix is 0 to 32" if slash else "the prefix is missing"
        return Problem(field, value, f"{_RULE}; {lost}", f'write it like "{address}/{alone}"')
    network = IPv4Network(text, strict=False)
    return network if str(network) == value else Problem(field, value, _RULE, f'write "{network}"')


def _is(kind: type[IPv4Network | IPv6Network], text: str) -> bool:
    try:
        kind(text, strict=False)
    except ValueError:
        return False
    return True


def free_space(cidr: IPv4Network, occupied: Iterable[IPv4Network]) -> list[IPv4Network]:
    """What ``occupied`` leaves of ``cidr``, in ascending order, as the fewest CIDR blocks."""
    met = [block for block in occupied if block.overlaps(cidr)]
    if not met:
        return [cidr]
    if any(cidr.subnet_of(block) for block in met):
        return []
    return [free for half in cidr.subnets() for free in free_space(half, met)]


def free_blocks(
    cidr: IPv4Network | str, occupied: Sequence[IPv4Network | str], prefix: int
) -> list[IPv4Network]:
    """Every block of size ``prefix`` in ``cidr`` that meets no ``occupied`` one, in ascending order.

    Raises ValueError where a string is no CIDR block: check what users wrote with ``parse_cidr``.
    """
    spaces = free_space(IPv4Network(cidr), [IPv4Network(block) for block in occupied])
    large_enough = [space for space in spaces if space.prefixlen <= prefix]
    return [block for space in large_enough for block in space.subnets(new_prefix=prefix)]
