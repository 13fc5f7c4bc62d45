"""An existing VPC: what this environment needs of it, and what is not this environment's to make there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.environment.subnets import nat_homes
from constructs_lib.errors import Problem
from constructs_lib.figures.endpoint_services import (
    GATEWAY_SERVICES,
    endpoint_short_name,
    is_service_name,
    service_name_region,
)
from constructs_lib.figures.ids import ZONE_LETTER
from constructs_lib.network.planning.cidr import parse_cidr
from constructs_lib.network.planning.nat_placement import missing_gateways
from constructs_lib.problem_words import MISSING, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.existing_network import ExistingNetwork

_TABLE = ("network", "existing")


def check_existing(draft: Draft) -> Iterator[Problem]:
    """Everything in [network.existing], and what contradicts it in [network]."""
    existing = draft.environment.network.existing
    if existing is None:
        return
    yield from _check_cidr(draft)
    yield from _check_other_blocks(draft, existing)
    yield from _check_zones(draft, "public_subnet_ids", existing.public_subnet_ids)
    yield from _check_zones(draft, "nat_gateway_ids", existing.nat_gateway_ids)
    yield from _check_public_subnets(draft, existing)
    yield from _check_internet_gateway(draft, existing)
    yield from _check_nat(draft, existing)
    yield from _check_flow_logs(draft)
    yield from _check_endpoints(draft, existing)


def _field(*keys: str) -> str:
    return field_path(*_TABLE, *keys)


def _check_cidr(draft: Draft) -> Iterator[Problem]:
    if "cidr" not in draft.environment.network.model_fields_set and not draft.unknown("network", "cidr"):
        rule = "is needed with [network.existing]: its default is the block of a new VPC"
        way_out = "write the VPC's block that the subnets go into; `python main.py discover` shows it"
        yield Problem("network.cidr", MISSING, rule, way_out)


def _check_other_blocks(draft: Draft, existing: ExistingNetwork) -> Iterator[Problem]:
    """Each is a block of its own."""
    seen = [parse_cidr(draft.environment.network.cidr, field="network.cidr")]
    for position, text in enumerate(existing.other_cidrs):
        field = f"{_field('other_cidrs')}[{position}]"
        found = parse_cidr(text, field=field)
        if isinstance(found, Problem):
            yield found
            continue
        for other in seen:
            if not isinstance(other, Problem) and found.overlaps(other):
                rule = f"overlaps {other}: blocks of a VPC are apart"
                yield Problem(field, text, rule, "name the blocks that the VPC has beside network.cidr")
        seen.append(found)


def _check_zones(draft: Draft, key: str, ids: dict[str, str]) -> Iterator[Problem]:
    if draft.unknown("network", "availability_zones"):
        return
    zones = draft.environment.network.availability_zones
    for zone, identity in ids.items():
        if zone in zones:
            continue
        if re.fullmatch(ZONE_LETTER, zone):
            rule = f"zone {zone} is none of this environment's, {listed(zones, most=26)}"
            way_out = "write it under one of these letters, or remove it"
            if key == "public_subnet_ids":
                way_out = "remove it, or add the letter to network.availability_zones"
        else:
            rule = "the key is the letter of an availability zone"
            way_out = f'write {zones[0] if zones else "a"} = "{identity}"'
        yield Problem(_field(key, zone), identity, rule, way_out)


def _check_public_subnets(draft: Draft, existing: ExistingNetwork) -> Iterator[Problem]:
    environment, given = draft.environment, existing.public_subnet_ids
    if not given or draft.any_unknown(_TABLE, "public_subnet_ids"):
        return
    if len({*given.values()}) < len(given):
        rule = "a subnet lies in one zone, and one is named twice"
        yield Problem(_field("public_subnet_ids"), given, rule, "name each zone's own")
    if environment.network.public_block is not None:
        rule = "places new public subnets, and existing ones are used instead"
        way_out = f"remove it, or {_field('public_subnet_ids')}"
        yield Problem("network.public_block", environment.network.public_block, rule, way_out)
    if draft.any_unknown(("network",), "availability_zones", "nat", "nat_zone"):
        return
    network = environment.network
    homes = nat_homes(network)
    who = "a NAT gateway is made"
    if environment.exposed("public"):
        homes, who = network.availability_zones, "the public load balancer lies"
    missing = [zone for zone in dict.fromkeys(homes) if zone not in given]
    if missing:
        rule = f"{who} in a public subnet of each of {listed(homes, most=26)}, and {listed(missing)} has none"
        way_out = f'add {missing[0]} = "subnet-...", or remove the table to have new ones made'
        yield Problem(_field("public_subnet_ids"), given, rule, way_out)


def _check_internet_gateway(draft: Draft, existing: ExistingNetwork) -> Iterator[Problem]:
    environment = draft.environment
    if existing.internet_gateway_id or existing.public_subnet_ids:
        return
    if draft.any_unknown(_TABLE, "internet_gateway_id", "public_subnet_ids"):
        return
    rule = ""
    if exposed := environment.exposed("public"):
        rule = f'is needed: {quoted(next(iter(exposed)))} has exposure = "public"'
    elif environment.network.nat != "none" and not existing.nat_gateway_ids:
        rule = (
            "is needed: a regional NAT gateway leads to it"
            if environment.network.nat == "regional"
            else f'is needed: nat = "{environment.network.nat}" makes NAT gateways in new public subnets'
        )
    if rule:
        way_out = (
            f'write internet_gateway_id = "igw-...", the one that is attached to {existing.vpc_id}, or '
            "public_subnet_ids that exist"
        )
        yield Problem(_field("internet_gateway_id"), MISSING, rule, way_out)


def _check_nat(draft: Draft, existing: ExistingNetwork) -> Iterator[Problem]:
    nat = draft.environment.network.nat
    if existing.nat_gateway_ids and nat != "none" and not draft.unknown("network", "nat"):
        rule = f'are used instead of new NAT gateways, and nat = "{nat}" makes new ones'
        way_out = 'write nat = "none" in [network], or remove the table to have new ones made'
        yield Problem(_field("nat_gateway_ids"), existing.nat_gateway_ids, rule, way_out)
    if not draft.unknown("network", "availability_zones"):
        zones = draft.environment.network.availability_zones
        yield from missing_gateways(existing.nat_gateway_ids, zones)


def _check_flow_logs(draft: Draft) -> Iterator[Problem]:
    if draft.environment.network.flow_logs:
        rule = "flow logs record the whole VPC, which is not this environment's"
        yield Problem("network.flow_logs", True, rule, "remove it, and ask the VPC's owner for flow logs")


def _check_endpoints(draft: Draft, existing: ExistingNetwork) -> Iterator[Problem]:
    region, seen = draft.environment.region, dict[str, str]()
    for name, endpoint in existing.endpoints.items():
        field = _field("endpoints", name)
        if not is_service_name(name):
            rule = "is not the form of a service's name"
            yield Problem(field, name, rule, f'name the table like [{_field("endpoints")}."ecr.api"]')
            continue
        named = service_name_region(name)
        if named not in (None, region) and not draft.unknown("region"):
            rule = f"is a service of {named}, but the environment is in {region}"
            yield Problem(field, name, rule, "write the short name alone")
        short = endpoint_short_name(name, region)
        if short in seen:
            yield Problem(field, name, f"is the same service as {quoted(seen[short])}", "name it once")
        seen.setdefault(short, name)
        if draft.unknown(*_TABLE, "endpoints", name):
            continue
        if endpoint.security_group_id is None and endpoint.gateway_endpoint_id is None:
            rule = "needs security_group_id of the interface endpoint, or gateway_endpoint_id"
            yield Problem(field, {}, rule, "write the one that the VPC has, or remove the table")
        if endpoint.gateway_endpoint_id and short not in GATEWAY_SERVICES:
            rule = f"AWS has gateway endpoints for {listed(GATEWAY_SERVICES)} only"
            way_out = "write security_group_id, the group of the interface endpoint"
            yield Problem(f"{field}.gateway_endpoint_id", endpoint.gateway_endpoint_id, rule, way_out)
