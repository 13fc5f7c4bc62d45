"""What AWS refuses about subnets and the gateways of a VPC."""

from __future__ import annotations

import ipaddress

from constructs_lib.figures.changes.in_use import others, taken, uses
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject
from constructs_lib.testing.terraform.stand_in.live.refusal import Refusal, refuse
from constructs_lib.testing.terraform.stand_in.live.register import Register

_PUBLIC = "public"
_ADDRESSES = uses()["aws_eip"].users["aws_nat_gateway"]


def subnet_overlaps(change: Change, register: Register) -> Refusal | None:
    """Refuses a block that meets that of a live subnet, as one text or by containment."""
    law, wanted = others()["subnet-overlaps"], _block(change.after)
    if change.before is not None or change.thing.type_name != law.type_name or wanted is None:
        return None
    vpc = str(change.thing.values.get("vpc_id"))
    met = [
        other
        for other in register.mentioning(vpc, law.type_name)
        if (block := _block(other)) and block.overlaps(wanted) and other.values.get("vpc_id") == vpc
    ]
    blocks = ", ".join(str(other.values["cidr_block"]) for other in met)
    said = f"The CIDR '{wanted}' conflicts with another subnet: {blocks}"
    return refuse(change, law, met, said) if met else None


def subnet_outside_vpc(change: Change, register: Register) -> Refusal | None:
    """Refuses a block that does not lie in the block of a VPC that is known here."""
    law, wanted = others()["subnet-outside-vpc"], _block(change.after)
    if change.before is not None or change.thing.type_name != law.type_name or wanted is None:
        return None
    vpc = register.find("aws_vpc", str(change.thing.values.get("vpc_id")))
    whole = _block(vpc)
    if vpc is None or whole is None or wanted.subnet_of(whole) or _has_more_blocks(vpc, register):
        return None
    return refuse(change, law, [vpc], f"The CIDR '{wanted}' is invalid: the VPC has {whole}")


def internet_gateway_is_mapped(change: Change, register: Register) -> Refusal | None:
    """Refuses to detach a gateway through which public addresses of its VPC are reached."""
    law = others()["internet-gateway-mapped"]
    if change.before is None or change.thing.type_name != law.type_name:
        return None
    vpc = change.before.values.get("vpc_id")
    if not vpc or (change.after and change.after.values.get("vpc_id") == vpc):
        return None
    mapped = [
        thing
        for kind in ("aws_nat_gateway", "aws_lb", "aws_ecs_service")
        for thing in register.of_type(kind, like=change.before)
        if is_public(thing) and vpcs_of(thing, register) == {vpc}
    ]
    said = f"Network {vpc} has some mapped public address(es)"
    return refuse(change, law, mapped, said) if mapped else None


def address_is_held(change: Change, register: Register) -> Refusal | None:
    """Refuses an Elastic IP that another NAT gateway, zonal or regional, has."""
    law = taken()["aws_nat_gateway"]
    if change.after is None or change.after.type_name != law.type_name:
        return None
    wanted = change.after.at(*_ADDRESSES) - (change.before.at(*_ADDRESSES) if change.before else set())
    holders = {
        other.key: other
        for identity in sorted(wanted)
        for other in register.mentioning(identity, law.type_name)
        if (change.before is None or other.key != change.before.key) and identity in other.at(*_ADDRESSES)
    }
    said = f"already exists ({', '.join(sorted(wanted))})"
    return refuse(change, law, [*holders.values()], said) if holders else None


def no_internet_gateway(change: Change, register: Register) -> Refusal | None:
    """Refuses what needs an internet gateway in a VPC that is known here and has none."""
    laws = {law.type_name: law for name, law in others().items() if name.endswith("without-internet-gateway")}
    law = laws.get(change.thing.type_name)
    if law is None or change.before is not None or not is_public(change.thing):
        return None
    for vpc in sorted(vpcs_of(change.thing, register)):
        gateways = register.mentioning(vpc, "aws_internet_gateway")
        if register.find("aws_vpc", vpc) and not any(vpc in gateway.at("vpc_id") for gateway in gateways):
            return refuse(change, law, said=f"Network {vpc} is not attached to any internet gateway")
    return None


def is_public(thing: LiveObject) -> bool:
    """Whether the internet gateway maps an address to it."""
    if thing.type_name == "aws_nat_gateway":
        return thing.values.get("connectivity_type") in (None, "", _PUBLIC)
    if thing.type_name == "aws_lb":
        return thing.values.get("internal") is not True
    blocks = thing.values.get("network_configuration") or []
    return any(block.get("assign_public_ip") is True for block in blocks)


def subnets_of(thing: LiveObject, register: Register) -> list[LiveObject]:
    """The subnets of a load balancer, NAT gateway or service that are known here."""
    paths = (
        "subnets",
        "subnet_ids",
        "subnet_id",
        "subnet_mapping.subnet_id",
        "network_configuration.subnets",
    )
    found = (register.find("aws_subnet", text) for text in sorted(thing.at(*paths)))
    return [subnet for subnet in found if subnet]


def vpcs_of(thing: LiveObject, register: Register) -> set[str]:
    """The VPCs of its subnets, as far as they are known here; a regional NAT gateway names its own."""
    if thing.values.get("availability_mode") == "regional":
        return thing.at("vpc_id")
    return {str(subnet.values["vpc_id"]) for subnet in subnets_of(thing, register)}


def _block(thing: LiveObject | None) -> ipaddress.IPv4Network | None:
    text = thing.values.get("cidr_block") if thing else None
    return ipaddress.IPv4Network(text, strict=False) if isinstance(text, str) and text else None


def _has_more_blocks(vpc: LiveObject, register: Register) -> bool:
    return bool(register.mentioning(vpc.identity, "aws_vpc_ipv4_cidr_block_association"))
