"""A discovered VPC as the ``[network]`` section of an environment file. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from constructs_lib.discovery.found import Discovery, Endpoint
from constructs_lib.discovery.inventory import Subnet
from constructs_lib.problem_words import listed

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_NOT_IN_COMMENTS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


def network_toml(discovery: Discovery, *, notes: Iterable[str] = ()) -> str:
    """The text of the section; ``notes`` stand above it as comments."""
    lines = [*_heading(discovery), *map(_comment, notes), "", *_network(discovery), "", *_existing(discovery)]
    for endpoint in _declared(discovery.endpoints):
        lines += ["", *_endpoint(discovery, endpoint)]
    return "\n".join(lines) + "\n"


def _heading(discovery: Discovery) -> Iterator[str]:
    name = f' "{discovery.name}"' if discovery.name else ""
    account = f" of account {discovery.account_id}" if discovery.account_id else ""
    yield _comment(f"VPC {discovery.vpc_id}{name}{account} in {discovery.region}")
    yield _comment(f"the environment's own: region = {_text(discovery.region)}")


def _network(discovery: Discovery) -> Iterator[str]:
    yield "[network]"
    yield f"cidr = {_text(str(discovery.cidr))}"
    if discovery.other_cidrs:
        yield _comment(f"the VPC also has {', '.join(map(str, discovery.other_cidrs))}")
    if discovery.place:
        state = "where this environment's subnets lie" if discovery.own else "free"
        yield f"block = {_text(str(discovery.place.block))}  # {state}"
    for key, value in discovery.sizes.items():
        yield f"{key} = {_text(value) if isinstance(value, str) else value}"
    if discovery.occupied:
        yield "occupied = ["
        yield from (f"    {_text(str(s.block))},  {_comment(_described(s))}" for s in discovery.occupied)
        yield "]"
    else:
        yield "occupied = []"
    if discovery.elsewhere:
        yield _comment(f"in the VPC's other blocks: {', '.join(str(s.block) for s in discovery.elsewhere)}")
    zones = ", ".join(discovery.region_zones) or "none that was read"
    letters = ", ".join(map(_text, discovery.zones))
    yield f"availability_zones = [{letters}]  {_comment(f'the region has {zones}')}"


def _existing(discovery: Discovery) -> Iterator[str]:
    yield "[network.existing]"
    yield f"vpc_id = {_text(discovery.vpc_id)}"
    if discovery.other_cidrs:
        yield f"other_cidrs = [{', '.join(_text(str(one)) for one in discovery.other_cidrs)}]"
    if discovery.internet_gateway_id:
        yield f"internet_gateway_id = {_text(discovery.internet_gateway_id)}"
    if discovery.public_subnets:
        yield _comment("the VPC has public subnets; to use these instead of new ones:")
        yield _comment(f"public_subnet_ids = {_table(discovery.public_subnets)}")
    if discovery.nat_gateways:
        yield _comment("the VPC has NAT gateways; to use these instead of new ones:")
        own = discovery.nat_gateways
        if without := [zone for zone in discovery.zones if zone not in own]:
            yield _comment(f"without one of its own, that of {min(own)} instead: {listed(without, most=26)}")
        every = own | dict.fromkeys(without, own[min(own)])
        yield _comment(f"nat_gateway_ids = {_table(dict(sorted(every.items())))}")
    declared = _declared(discovery.endpoints)
    for service in sorted(discovery.gateway_endpoints.keys() - {each.service for each in declared}):
        yield from _gateway_endpoint(discovery, service, f"endpoints.{_key(service)}.")
    for endpoint in discovery.endpoints:
        if endpoint not in declared:
            why = "managed by AWS" if endpoint.managed_by_aws else "one of ours may stand beside it"
            dns = "private DNS" if endpoint.private_dns else "no private DNS"
            yield _comment(f"the VPC has an endpoint of {endpoint.service}, {endpoint.id}: {dns}, {why}")


def _declared(endpoints: Sequence[Endpoint]) -> list[Endpoint]:
    """Those whose private DNS would collide with an endpoint of ours, one for each service."""
    found: dict[str, Endpoint] = {}
    for endpoint in endpoints:
        if endpoint.private_dns and not endpoint.managed_by_aws and endpoint.security_group_ids:
            found.setdefault(endpoint.service, endpoint)
    return list(found.values())


def _endpoint(discovery: Discovery, endpoint: Endpoint) -> Iterator[str]:
    yield f"[network.existing.endpoints.{_key(endpoint.service)}]"
    first, *others = endpoint.security_group_ids
    also = f", which also has {', '.join(others)}" if others else ""
    yield f"security_group_id = {_text(first)}  {_comment(f'of {endpoint.id}{also}')}"
    yield from _gateway_endpoint(discovery, endpoint.service, "")


def _gateway_endpoint(discovery: Discovery, service: str, table: str) -> Iterator[str]:
    if identity := discovery.gateway_endpoints.get(service):
        yield _comment(f"the VPC has a gateway endpoint of {service}; to use it instead of a new one:")
        yield _comment(f"{table}gateway_endpoint_id = {_text(identity)}")


def _described(subnet: Subnet) -> str:
    parts = [subnet.id, subnet.name, subnet.zone_name, "public" if subnet.public else ""]
    return ", ".join(part for part in parts if part)


def _table(ids: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{zone} = {_text(identity)}' for zone, identity in ids.items())} }}"


def _comment(text: str) -> str:
    return f"# {_NOT_IN_COMMENTS.sub('?', text)}"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for the character DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
