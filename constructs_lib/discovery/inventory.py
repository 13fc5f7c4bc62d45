"""What ``aws ec2 describe-*`` answered about a VPC and its surroundings, as typed records. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Any

from constructs_lib.discovery.operations import KINDS
from constructs_lib.figures import ids
from constructs_lib.figures.internet import ANYWHERE_IPV4

# us-east-1a, not the local zone us-east-1-bos-1a nor the wavelength zone us-east-1-wl1-bos-wlz-1
_ZONE = re.compile(f"(?P<region>{ids.REGION})(?P<letter>{ids.ZONE_LETTER})")

Described = Mapping[str, Any]


@dataclass(frozen=True)
class Owner:
    """Whose resources are not foreign: those with both of these tags."""

    project: str
    environment: str

    def owns(self, described: Described) -> bool:
        """Whether AWS shows both tags."""
        tags = tags_of(described)
        return (tags.get("Project"), tags.get("Environment")) == (self.project, self.environment)


@dataclass
class Inventory:
    """Entries of each kind by id; a kind that was not read at all is not in ``read``."""

    entries: dict[str, dict[str, Described]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    read: set[str] = field(default_factory=set)

    def add(self, kind: str, entries: Iterable[Described]) -> None:
        """Add what one answer holds; the same entry of two answers counts once."""
        self.read.add(kind)
        for entry in entries:
            self.entries[kind][entry[KINDS[kind]]] = entry

    def of(self, kind: str) -> list[Described]:
        """All entries of a kind, in the order of their ids."""
        return [self.entries[kind][identity] for identity in sorted(self.entries[kind])]

    def in_vpc(self, kind: str, vpc_id: str) -> list[Described]:
        """Those that AWS shows with this VPC's id."""
        return [entry for entry in self.of(kind) if entry.get("VpcId") == vpc_id]


@dataclass(frozen=True)
class Subnet:
    """A subnet with an IPv4 block. zone: the letter, None in a local or wavelength zone. public: None where
    no route tables were read."""

    id: str
    name: str
    block: IPv4Network
    zone_name: str
    zone: str | None
    own: bool
    public: bool | None


def tags_of(described: Described) -> dict[str, str]:
    """The tags by key."""
    return {tag["Key"]: tag["Value"] for tag in described.get("Tags") or []}


def region_and_letter(zone_name: str) -> tuple[str | None, str | None]:
    """The region and the letter of an availability zone; neither of a local or wavelength zone."""
    match = _ZONE.fullmatch(zone_name)
    return (match["region"], match["letter"]) if match else (None, None)


def subnets_of(inventory: Inventory, vpc_id: str, owner: Owner | None) -> list[Subnet]:
    """The VPC's subnets with IPv4, in the order of their blocks."""
    found = [
        Subnet(
            id=entry["SubnetId"],
            name=tags_of(entry).get("Name", ""),
            block=IPv4Network(entry["CidrBlock"]),
            zone_name=entry["AvailabilityZone"],
            zone=region_and_letter(entry["AvailabilityZone"])[1],
            own=bool(owner and owner.owns(entry)),
            public=_is_public(inventory, vpc_id, entry["SubnetId"]),
        )
        for entry in inventory.in_vpc("Subnets", vpc_id)
        if entry.get("CidrBlock")
    ]
    return sorted(found, key=lambda subnet: subnet.block)


def _is_public(inventory: Inventory, vpc_id: str, subnet_id: str) -> bool | None:
    """Whether the subnet's route table, or else the VPC's main one, leads to an internet gateway."""
    if "RouteTables" not in inventory.read:
        return None
    main = None
    for table in inventory.in_vpc("RouteTables", vpc_id):
        for association in table.get("Associations") or []:
            if association.get("SubnetId") == subnet_id:
                return _leads_to_the_internet(table)
            main = table if association.get("Main") else main
    return main is not None and _leads_to_the_internet(main)


def _leads_to_the_internet(table: Described) -> bool:
    return any(
        route.get("DestinationCidrBlock") == ANYWHERE_IPV4
        and str(route.get("GatewayId", "")).startswith("igw-")
        and route.get("State", "active") == "active"
        for route in table.get("Routes") or []
    )


def cidrs_of(vpc: Described) -> list[IPv4Network]:
    """The VPC's IPv4 blocks, the primary one first, then the secondary ones in ascending order."""
    primary = IPv4Network(vpc["CidrBlock"])
    associated = {
        IPv4Network(association["CidrBlock"])
        for association in vpc.get("CidrBlockAssociationSet") or []
        if association.get("CidrBlockState", {}).get("State", "associated") in ("associated", "associating")
    }
    return [primary, *sorted(associated - {primary})]


def available_zones(inventory: Inventory) -> list[str]:
    """The letters of the region's availability zones; where they were not read, those of all subnets."""
    if "AvailabilityZones" in inventory.read:
        names = [
            zone["ZoneName"]
            for zone in inventory.of("AvailabilityZones")
            if zone.get("State", "available") == "available"
            and zone.get("ZoneType", "availability-zone") == "availability-zone"
        ]
    else:
        names = [subnet["AvailabilityZone"] for subnet in inventory.of("Subnets")]
    return sorted({letter for name in names if (letter := region_and_letter(name)[1])})


def region_of(inventory: Inventory) -> str | None:
    """The region that the zones' names say; None where there are no zones."""
    names = [zone["ZoneName"] for zone in inventory.of("AvailabilityZones")]
    names += [subnet["AvailabilityZone"] for subnet in inventory.of("Subnets")]
    return next((region for name in names if (region := region_and_letter(name)[0])), None)
