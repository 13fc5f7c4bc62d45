"""What ``aws ec2 describe-*`` answers, in short."""

from __future__ import annotations

from typing import Any

from constructs_lib.discovery.inventory import Inventory

VPC_ID = "vpc-0123456789abcdef0"
Entry = dict[str, Any]


def tags(**values: str) -> list[Entry]:
    """Tags as AWS lists them."""
    return [{"Key": key, "Value": value} for key, value in values.items()]


OWN = {"Project": "shop", "Environment": "dev"}


def identity(kind: str, number: int) -> str:
    """An id of AWS's form."""
    return f"{kind}-{number:017x}"


def subnet(number: int, block: str | None, zone: str = "us-east-1a", **more: Any) -> Entry:
    """A subnet of the VPC; one without a block has IPv6 alone."""
    entry = {"SubnetId": identity("subnet", number), "VpcId": VPC_ID, "AvailabilityZone": zone}
    return entry | ({"CidrBlock": block} if block else {}) | more


def vpc(cidr: str = "172.30.0.0/16", *secondary: str, **more: Any) -> Entry:
    """The VPC with its blocks."""
    blocks = [{"CidrBlock": block, "CidrBlockState": {"State": "associated"}} for block in (cidr, *secondary)]
    entry = {"VpcId": VPC_ID, "CidrBlock": cidr, "OwnerId": "123456789012", "CidrBlockAssociationSet": blocks}
    return entry | more


def gateway(vpc_id: str | None = VPC_ID, state: str = "available") -> Entry:
    """An internet gateway, attached to a VPC or to none."""
    attachments = [{"VpcId": vpc_id, "State": state}] if vpc_id else []
    return {"InternetGatewayId": identity("igw", 1), "Attachments": attachments}


def nat(number: int, subnet_number: int = 1, **more: Any) -> Entry:
    """A public NAT gateway in a subnet."""
    entry = {"NatGatewayId": identity("nat", number), "VpcId": VPC_ID, "State": "available"}
    return entry | {"SubnetId": identity("subnet", subnet_number), "ConnectivityType": "public"} | more


def endpoint(number: int, service: str, **more: Any) -> Entry:
    """An interface endpoint with a security group of its own."""
    entry = {
        "VpcEndpointId": identity("vpce", number),
        "VpcId": VPC_ID,
        "ServiceName": f"com.amazonaws.us-east-1.{service}",
        "VpcEndpointType": "Interface",
        "State": "available",
        "PrivateDnsEnabled": True,
        "Groups": [{"GroupId": identity("sg", number), "GroupName": service}],
    }
    return entry | more


def route_table(
    *subnet_numbers: int, main: bool = False, target: str | None = "igw-1", state: str = "active"
) -> Entry:
    """The route table of these subnets, with a default route where there is a target."""
    associations = [{"Main": False, "SubnetId": identity("subnet", number)} for number in subnet_numbers]
    routes = [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": target, "State": state}] if target else []
    number = sum(subnet_numbers) * 2 + main
    entry = {"RouteTableId": identity("rtb", number), "VpcId": VPC_ID, "Routes": routes}
    return entry | {"Associations": associations + ([{"Main": True}] if main else [])}


def zone(name: str, **more: Any) -> Entry:
    """An availability zone."""
    return {"ZoneName": name, "State": "available", "ZoneType": "availability-zone"} | more


ZONES = [zone(f"us-east-1{letter}") for letter in "abc"]


def answers(**changed: list[Any] | None) -> dict[str, list[Any]]:
    """A whole VPC without anything in it, but for what is named."""
    empty: dict[str, list[Any] | None] = {
        "Vpcs": [vpc()],
        "Subnets": [],
        "InternetGateways": [gateway()],
        "NatGateways": [],
        "VpcEndpoints": [],
        "RouteTables": [],
        "AvailabilityZones": ZONES,
    }
    return {kind: entries for kind, entries in (empty | changed).items() if entries is not None}


def inventory(**changed: list[Any] | None) -> Inventory:
    """The inventory that is read from those answers."""
    found = Inventory()
    for kind, entries in answers(**changed).items():
        found.add(kind, entries)
    return found
