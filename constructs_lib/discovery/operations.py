"""The operations of EC2 that describe a VPC and its surroundings. Pure."""

from __future__ import annotations

import re
from typing import Any

# The key in the answer -> what identifies one of its entries.
KINDS = {
    "Vpcs": "VpcId",
    "Subnets": "SubnetId",
    "InternetGateways": "InternetGatewayId",
    "NatGateways": "NatGatewayId",
    "VpcEndpoints": "VpcEndpointId",
    "RouteTables": "RouteTableId",
    "AvailabilityZones": "ZoneName",
}
# The argument and the filter that keep one VPC's entries; all entries of the other kinds are needed.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
_FILTERS = {
    "Subnets": ("Filters", "vpc-id"),
    "InternetGateways": ("Filters", "attachment.vpc-id"),
    "NatGateways": ("Filter", "vpc-id"),
    "VpcEndpoints": ("Filters", "vpc-id"),
    "RouteTables": ("Filters", "vpc-id"),
}


def operation(kind: str) -> str:
    """boto3's name of the operation that answers with this kind: ``describe_nat_gateways``."""
    return "describe" + re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", kind)


def arguments(kind: str, vpc_id: str) -> dict[str, Any]:
    """What boto3 is given."""
    if kind not in _FILTERS:
        return {}
    argument, name = _FILTERS[kind]
    return {argument: [{"Name": name, "Values": [vpc_id]}]}


def command(kind: str, vpc_id: str) -> str:
    """The command of the AWS CLI that saves the answer in a file."""
    name = operation(kind).replace("_", "-")
    words = ["aws ec2", name, "--output json >", f"{name.removeprefix('describe-')}.json"]
    if kind in _FILTERS:
        argument, filter_name = _FILTERS[kind]
        words.insert(2, f"--{argument.lower()} Name={filter_name},Values={vpc_id}")
    elif kind == "Vpcs":
        words.insert(2, f"--vpc-ids {vpc_id}")
    return " ".join(words)
