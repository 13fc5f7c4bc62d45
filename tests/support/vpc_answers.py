"""What ``aws ec2 describe-*`` answers, in short."""

from constructs_lib.discovery.inventory import Inventory

VPC_ID = "vpc-0123456789abcdef0"


def tags(**values):
    return [{"Key": key, "Value": value} for key, value in values.items()]


OWN = {"Project": "shop", "Environment": "dev"}


def identity(kind, number):
    return f"{kind}-{number:017x}"


def subnet(number, block, zone="us-east-1a", **more):
    entry = {"SubnetId": identity("subnet", number), "VpcId": VPC_ID, "AvailabilityZone": zone}
    return entry | ({"CidrBlock": block} if block else {}) | more


def vpc(cidr="172.30.0.0/16", *secondary, **more):
    blocks = [{"CidrBlock": block, "CidrBlockState": {"State": "associated"}} for block in (cidr, *secondary)]
    entry = {"VpcId": VPC_ID, "CidrBlock": cidr, "OwnerId": "123456789012", "CidrBlockAssociationSet": blocks}
    return entry | more


def gateway(vpc_id=VPC_ID, state="available"):
    attachments = [{"VpcId": vpc_id, "State": state}] if vpc_id else []
    return {"InternetGatewayId": identity("igw", 1), "Attachments": attachments}


def nat(number, subnet_number=1, **more):
    entry = {"NatGatewayId": identity("nat", number), "VpcId": VPC_ID, "State": "available"}
    return entry | {"SubnetId": identity("subnet", subnet_number), "ConnectivityType": "public"} | more


def endpoint(number, service, **more):
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


def route_table(*subnet_numbers, main=False, target="igw-1", state="active"):
    associations = [{"Main": False, "SubnetId": identity("subnet", number)} for number in subnet_numbers]
    routes = [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": target, "State": state}] if target else []
    number = sum(subnet_numbers) * 2 + main
    entry = {"RouteTableId": identity("rtb", number), "VpcId": VPC_ID, "Routes": routes}
    return entry | {"Associations": associations + ([{"Main": True}] if main else [])}


def zone(name, **more):
    return {"ZoneName": name, "State": "available", "ZoneType": "availability-zone"} | more


ZONES = [zone(f"us-east-1{letter}") for letter in "abc"]


def answers(**changed):
    """A whole VPC without anything in it, but for what is named."""
    empty = {
        "Vpcs": [vpc()],
        "Subnets": [],
        "InternetGateways": [gateway()],
        "NatGateways": [],
        "VpcEndpoints": [],
        "RouteTables": [],
        "AvailabilityZones": ZONES,
    }
    return {kind: entries for kind, entries in (empty | changed).items() if entries is not None}


def inventory(**changed):
    found = Inventory()
    for kind, entries in answers(**changed).items():
        found.add(kind, entries)
    return found
