"""What a user should know about an existing VPC before adding an environment to it, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.discovery.found import Discovery
from constructs_lib.discovery.free_place import Wanted
from constructs_lib.discovery.inventory import Inventory, Owner, tags_of
from constructs_lib.discovery.operations import KINDS
from constructs_lib.figures.load_balancer import FEWEST_ZONES

_WHAT_FOR = {
    "InternetGateways": "whether there is an internet gateway",
    "NatGateways": "which NAT gateways there are",
    "VpcEndpoints": "which endpoints there are: a second one of a service with private DNS is refused by AWS",
    "AvailabilityZones": "which zones the region has; those of the subnets are taken",
    "RouteTables": "which subnets are public",
}


def notes(
    discovery: Discovery, inventory: Inventory, *, owner: Owner | None, wanted: Wanted | None
) -> list[str]:
    """Everything remarkable: first what was not read, then what was found."""
    unread = [
        f"{kind} was not read, so it is unknown {_WHAT_FOR[kind]}"
        for kind in KINDS
        if kind in _WHAT_FOR and kind not in inventory.read
    ]
    return [
        *unread,
        *_about_vpc(discovery, inventory, owner),
        *_about_place(discovery, wanted or Wanted()),
        *_about_zones(discovery),
        *_about_subnets(discovery, inventory, owner),
    ]


def _about_vpc(discovery: Discovery, inventory: Inventory, owner: Owner | None) -> Iterator[str]:
    if owner and owner.owns(inventory.entries["Vpcs"][discovery.vpc_id]):
        yield (
            "the VPC itself carries this environment's tags: it made the VPC, "
            "and needs neither [network.existing] nor occupied"
        )
    if discovery.internet_gateway_id is None and "InternetGateways" in inventory.read:
        yield (
            "the VPC has no internet gateway, which public load balancers and NAT gateways need: "
            "attach one and run this again"
        )


def _about_place(discovery: Discovery, wanted: Wanted) -> Iterator[str]:
    place = discovery.place
    if place is None:
        yield (
            "no block with these sizes would put this environment's own subnets where they are: "
            "keep block, zone_slots and the sizes of its file, or name the file with --environment-file"
        )
    elif place.settings:
        yield (
            f"no block of /{wanted.prefix} is free: the sizes below are those that fit into {place.block}, "
            "the largest free one"
        )
    elif wanted.block and wanted.block != str(place.block):
        yield f"{wanted.block}, the file's block, is not free here: {place.block} is proposed instead"


def _about_zones(discovery: Discovery) -> Iterator[str]:
    if len(discovery.zones) < FEWEST_ZONES:
        yield f"a load balancer needs {FEWEST_ZONES} availability zones: add the letter of another one"
    if unknown := [zone for zone in discovery.zones if zone not in discovery.region_zones]:
        yield f"{discovery.region} shows no zone {', '.join(unknown)} to this account"


def _about_subnets(discovery: Discovery, inventory: Inventory, owner: Owner | None) -> Iterator[str]:
    others = [inventory.entries["Subnets"][subnet.id] for subnet in discovery.occupied]
    made = {
        (tags["Project"], tags["Environment"])
        for tags in map(tags_of, others)
        if tags.get("ManagedBy") == "terraform" and {"Project", "Environment"} <= set(tags)
    }
    for project, environment in sorted(made) if owner is None else []:
        yield (
            f"subnets of project {project}, environment {environment} are listed as occupied; if they are "
            f"this environment's own: --project {project} --environment {environment}"
        )
    accounts = {str(entry.get("OwnerId", discovery.account_id)) for entry in others}
    if accounts - {discovery.account_id}:
        yield (
            "the VPC belongs to another account, whose other subnets are not shown here: "
            "read it with that account's credentials"
        )
