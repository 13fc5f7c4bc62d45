"""Where things are: availability zones, tiers and the way out of each subnet."""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.figures.vpc import usable
from constructs_lib.proof.model.network import Model, NatGateway, Route, Subnet
from constructs_lib.proof.walking.addresses import EVERYWHERE
from constructs_lib.terraform_json.addresses import short_name, type_of
from constructs_lib.terraform_json.values import Identity, Unknown

NO_WAY = "no way out"
NOT_TOLD = "its routes are not told"
TIERS = ("public", "private", "internal load balancer")


@dataclass(frozen=True, slots=True)
class Place:
    """A subnet as people speak of it.

    tier: empty where the document tells neither its routes nor a tag. usable: addresses that AWS leaves, None
    where the document does not tell. route: where 0.0.0.0/0 leads.
    """

    address: str
    name: str
    cidr: str
    zone: str
    tier: str
    usable: int | None
    route: str
    nat_gateways: tuple[Nat, ...]


@dataclass(frozen=True, slots=True)
class Nat:
    """A NAT gateway and its public address: an Elastic IP of the document, or the id of one that exists."""

    address: str
    elastic_ip: str | None


def name_of(address: str) -> str:
    """Give the second part of a Terraform address, which people call the thing by."""
    return short_name(address)


def places(model: Model) -> tuple[Place, ...]:
    """Give the subnets, by zone and tier."""
    found = [_place(model, subnet) for subnet in model.subnets.values()]
    return tuple(sorted(found, key=lambda place: (place.zone, _rank(place.tier), place.cidr)))


def _rank(tier: str) -> int:
    return TIERS.index(tier) if tier in TIERS else len(TIERS)


def _place(model: Model, subnet: Subnet) -> Place:
    route = default_route(model, subnet)
    cidr = subnet.cidr
    return Place(
        address=str(subnet.identity),
        name=name_of(str(subnet.identity)),
        cidr=str(cidr),
        zone=str(subnet.zone) if subnet.zone is not None else "any zone",
        tier=_tier(model, subnet, route),
        usable=None if isinstance(cidr, Unknown) else usable(cidr.num_addresses),
        route=_route_in_words(model, subnet, route),
        nat_gateways=tuple(
            Nat(nat.address, _elastic_ip(model, nat))
            for nat in model.nat_gateways.values()
            if nat.subnet == subnet.identity
        ),
    )


def default_route(model: Model, subnet: Subnet) -> Route | None:
    """Give the subnet's route for 0.0.0.0/0, None where it has none that the document shows."""
    table = model.route_tables.get(subnet.route_table)
    return next((route for route in table.routes if route.destination == EVERYWHERE), None) if table else None


def _tier(model: Model, subnet: Subnet, route: Route | None) -> str:
    if route is not None and route.via == "internet gateway":
        return "public"
    block = model.document.blocks.get(str(subnet.identity))
    tags = block.get("tags") if block else None
    tag = str(tags.get("Tier", "")) if isinstance(tags, dict) else ""
    if tag:
        return tag.replace("_", " ").replace("-", " ")
    return "private" if route is not None or _is_told(model, subnet) else ""


def _is_told(model: Model, subnet: Subnet) -> bool:
    table = model.route_tables.get(subnet.route_table)
    return table is not None and table.complete


def _route_in_words(model: Model, subnet: Subnet, route: Route | None) -> str:
    if route is None:
        return NO_WAY if _is_told(model, subnet) else NOT_TOLD
    if route.via == "internet gateway":
        return "internet gateway"
    nat = model.nat_gateways.get(route.target)
    return "regional NAT" if nat and nat.subnet is None else _thing(route.target)


def _thing(target: Identity) -> str:
    name = str(target)
    return f"NAT {zone_letter(name_of(name))}" if type_of(name) == "aws_nat_gateway" else name


def zone_letter(name: str) -> str:
    """Give the last part of a name such as ``network_nat_a``."""
    return name.rsplit("_", 1)[-1]


def _elastic_ip(model: Model, nat: NatGateway) -> str | None:
    block = model.document.blocks.get(nat.address)
    allocation = block.ref("allocation_id") if block else None
    return None if allocation is None or nat.public is False else str(allocation)


def addresses_by_zone(model: Model, nat: NatGateway) -> dict[str, list[str]]:
    """Give the Elastic IPs of a regional NAT gateway by zone; none where AWS chooses them."""
    block = model.document.blocks.get(nat.address)
    return {
        str(zone.text("availability_zone") or zone.text("availability_zone_id")): [
            str(identity) for identity in zone.refs("allocation_ids")
        ]
        for zone in (block.blocks("availability_zone_address") if block else ())
    }
