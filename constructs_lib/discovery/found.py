"""From what AWS says about an existing VPC to what an environment file has to say about it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from constructs_lib.discovery.free_place import Place, Wanted, free_place, own_place
from constructs_lib.discovery.inventory import (
    Described,
    Inventory,
    Owner,
    Subnet,
    available_zones,
    cidrs_of,
    region_of,
    subnets_of,
    tags_of,
)
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.endpoint_services import endpoint_short_name
from constructs_lib.figures.load_balancer import FEWEST_ZONES, LONGEST_SUBNET_PREFIX

_USABLE = ("available", "pending", "pendingacceptance")  # states of an endpoint


@dataclass(frozen=True)
class Endpoint:
    """An interface endpoint of the VPC that somebody else made. service: short, such as ``logs``."""

    id: str
    service: str
    security_group_ids: tuple[str, ...]
    private_dns: bool
    managed_by_aws: bool


@dataclass(frozen=True)
class Discovery:
    """An existing VPC as an environment needs to know it.

    place: None where no block would put this environment's own subnets where they are. own: those subnets.
    sizes: the keys of ``[network]`` that say how large subnets are, as the file has them.
    occupied: subnets of others in ``cidr``. elsewhere: those in the VPC's other blocks. public_subnets and
    nat_gateways: ids by the letter of the zone. gateway_endpoints: ids by service.
    """

    vpc_id: str
    name: str
    account_id: str
    region: str
    cidr: IPv4Network
    other_cidrs: list[IPv4Network]
    place: Place | None
    occupied: list[Subnet]
    elsewhere: list[Subnet]
    zones: list[str]
    region_zones: list[str]
    internet_gateway_id: str | None
    public_subnets: dict[str, str]
    nat_gateways: dict[str, str]
    endpoints: list[Endpoint]
    gateway_endpoints: dict[str, str]
    own: list[Subnet]
    sizes: dict[str, int | str]


def discover(
    inventory: Inventory,
    *,
    vpc_id: str,
    region: str | None = None,
    owner: Owner | None = None,
    wanted: Wanted | None = None,
) -> Discovery:
    """What ``inventory`` says about a VPC.

    region: where the inventory names no zone. owner: whose subnets are this environment's own.
    Raises ConfigError: there is no such VPC, its region is unknown, or it is full.
    """
    wanted = wanted or Wanted()
    vpc = _vpc(inventory, vpc_id)
    region = region_of(inventory) or region
    if region is None:
        rule, way_out = "nothing read names an availability zone, so the region is unknown", "name it"
        raise ConfigError([Problem("--region", "", rule, way_out)])
    cidrs = cidrs_of(vpc)
    subnets = subnets_of(inventory, vpc_id, owner)
    foreign = [subnet for subnet in subnets if not subnet.own]
    own = [subnet for subnet in subnets if subnet.own]
    ours, taken = [subnet.block for subnet in own], [subnet.block for subnet in foreign]
    zones = _zones(inventory, own, foreign, wanted)
    place = own_place(cidrs, ours, zones, wanted) if own else free_place(vpc_id, cidrs, taken, zones, wanted)
    cidr = place.cidr if place else next((c for c in cidrs if ours[0].subnet_of(c)), cidrs[0])
    return Discovery(
        vpc_id=vpc_id,
        name=tags_of(vpc).get("Name", ""),
        account_id=str(vpc.get("OwnerId", "")),
        region=region,
        cidr=cidr,
        other_cidrs=[other for other in cidrs if other != cidr],
        place=place,
        occupied=[subnet for subnet in foreign if subnet.block.subnet_of(cidr)],
        elsewhere=[subnet for subnet in foreign if not subnet.block.subnet_of(cidr)],
        zones=zones,
        region_zones=available_zones(inventory),
        internet_gateway_id=_internet_gateway(inventory, vpc_id),
        public_subnets=_public_subnets(foreign),
        nat_gateways=_nat_gateways(inventory, vpc_id, owner, subnets, zones),
        endpoints=_endpoints(inventory, vpc_id, owner, region),
        gateway_endpoints=_gateway_endpoints(inventory, vpc_id, owner, region),
        own=own,
        sizes={**wanted.sizes, **(place.settings if place else {})},
    )


def _vpc(inventory: Inventory, vpc_id: str) -> Described:
    if vpc_id in inventory.entries["Vpcs"]:
        return inventory.entries["Vpcs"][vpc_id]
    names = (f"{vpc['VpcId']} ({vpc['CidrBlock']})" for vpc in inventory.of("Vpcs"))
    rule = f"there is no such VPC; there are: {', '.join(names) or 'none'}"
    way_out = "name one of them, or read another region or account (--region, --profile)"
    raise ConfigError([Problem("--vpc-id", vpc_id, rule, way_out)])


def _zones(
    inventory: Inventory, own: Sequence[Subnet], foreign: Sequence[Subnet], wanted: Wanted
) -> list[str]:
    """The zones that the file names, else those of its subnets, else two, those in use by others first."""
    if wanted.availability_zones:
        return list(wanted.availability_zones)
    if used := sorted({subnet.zone for subnet in own if subnet.zone}):
        return used
    zones = available_zones(inventory)
    in_use = {subnet.zone for subnet in foreign}
    return sorted(sorted(zones, key=lambda zone: zone not in in_use)[:FEWEST_ZONES])


def _internet_gateway(inventory: Inventory, vpc_id: str) -> str | None:
    for gateway in inventory.of("InternetGateways"):
        for attachment in gateway.get("Attachments") or []:
            if attachment.get("VpcId") == vpc_id and attachment.get("State") in ("available", "attached"):
                return str(gateway["InternetGatewayId"])
    return None


def _public_subnets(foreign: Sequence[Subnet]) -> dict[str, str]:
    """One public subnet of each zone that is large enough for a load balancer."""
    found: dict[str, str] = {}
    for subnet in foreign:
        if subnet.public and subnet.zone and subnet.block.prefixlen <= LONGEST_SUBNET_PREFIX:
            found.setdefault(subnet.zone, subnet.id)
    return dict(sorted(found.items()))


def _nat_gateways(
    inventory: Inventory, vpc_id: str, owner: Owner | None, subnets: Sequence[Subnet], zones: Sequence[str]
) -> dict[str, str]:
    """Somebody else's public NAT gateways by zone; a regional one serves every zone."""
    zone_of = {subnet.id: subnet.zone for subnet in subnets}
    found: dict[str, str] = {}
    for gateway in inventory.in_vpc("NatGateways", vpc_id):
        usable = gateway.get("State") == "available" and gateway.get("ConnectivityType", "public") == "public"
        if not usable or (owner and owner.owns(gateway)):
            continue
        zone = zone_of.get(gateway.get("SubnetId", ""))
        everywhere = zones if gateway.get("AvailabilityMode") == "regional" else ()
        for served in [zone] if zone else everywhere:
            found.setdefault(served, gateway["NatGatewayId"])
    return dict(sorted(found.items()))


def _others_endpoints(
    inventory: Inventory, vpc_id: str, owner: Owner | None, kind: str
) -> Iterator[Described]:
    for entry in inventory.in_vpc("VpcEndpoints", vpc_id):
        usable = str(entry.get("State", "available")).lower() in _USABLE
        if entry.get("VpcEndpointType") == kind and usable and not (owner and owner.owns(entry)):
            yield entry


def _gateway_endpoints(inventory: Inventory, vpc_id: str, owner: Owner | None, region: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in _others_endpoints(inventory, vpc_id, owner, "Gateway"):
        found.setdefault(endpoint_short_name(entry["ServiceName"], region), entry["VpcEndpointId"])
    return dict(sorted(found.items()))


def _endpoints(inventory: Inventory, vpc_id: str, owner: Owner | None, region: str) -> list[Endpoint]:
    found = [
        Endpoint(
            id=entry["VpcEndpointId"],
            service=endpoint_short_name(entry["ServiceName"], region),
            security_group_ids=tuple(group["GroupId"] for group in entry.get("Groups") or []),
            private_dns=bool(entry.get("PrivateDnsEnabled")),
            managed_by_aws=bool(entry.get("RequesterManaged")),
        )
        for entry in _others_endpoints(inventory, vpc_id, owner, "Interface")
    ]
    return sorted(found, key=lambda endpoint: (endpoint.service, endpoint.id))
