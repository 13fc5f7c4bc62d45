"""https://developer.hashicorp.com/terraform/language/functions#ip-network-functions"""

from __future__ import annotations

import ipaddress
from typing import Any

from constructs_lib.terraform_json.language.conversion import RefusedError, text, whole
from constructs_lib.terraform_json.language.functions._calling import Function, plain

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(prefix: Any) -> _Network:
    written = text(prefix)
    if "/" not in written:
        raise RefusedError(f"{written!r} is no range")
    return ipaddress.ip_network(written, strict=False)


def _longer(network: _Network, newbits: Any) -> int:
    length = network.prefixlen + whole(newbits)
    if not network.prefixlen <= length <= network.max_prefixlen:
        raise RefusedError(f"{network} has no room for {newbits} more bits")
    return length


def _subnet(prefix: Any, newbits: Any, number: Any) -> str:
    network = _network(prefix)
    length, index = _longer(network, newbits), whole(number)
    if not 0 <= index < 2 ** (length - network.prefixlen):
        raise RefusedError(f"{network} has no such subnet")
    start = int(network.network_address) + index * 2 ** (network.max_prefixlen - length)
    return _spelled(type(network)((start, length)))


def _subnets(prefix: Any, *newbits: Any) -> list[str]:
    network = _network(prefix)
    at, found = int(network.network_address), []
    for bits in newbits:
        length = _longer(network, bits)
        if whole(bits) < 1:
            raise RefusedError("a subnet needs at least one more bit")
        size = 2 ** (network.max_prefixlen - length)
        at = -(-at // size) * size
        if at + size - 1 > int(network.broadcast_address):
            raise RefusedError(f"{network} has no room for all of them")
        found.append(_spelled(type(network)((at, length))))
        at += size
    return found


def _host(prefix: Any, number: Any) -> str:
    network, index = _network(prefix), whole(number)
    if not -network.num_addresses <= index < network.num_addresses:
        raise RefusedError(f"{network} has no such host")
    return str(network[index])


def _netmask(prefix: Any) -> str:
    network = _network(prefix)
    if network.version == 6:
        raise RefusedError("IPv6 has no netmask")
    return str(network.netmask)


def _spelled(network: _Network) -> str:
    return str(network)


FUNCTIONS: dict[str, Function] = {
    "cidrhost": plain(_host),
    "cidrnetmask": plain(_netmask),
    "cidrsubnet": plain(_subnet),
    "cidrsubnets": plain(_subnets),
}
