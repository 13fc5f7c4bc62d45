"""Applies what the generator wrote to moto's EC2 and ELBv2, as the AWS provider does: networks, filters, load
balancers. What runs is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

import boto3  # type: ignore[import-untyped]

from tests.support.iam.grants import ACCOUNT
from tests.support.stacks_written import Body, Document, place

_REFERENCE = re.compile(r"\$\{((?:data\.)?\w+\.[\w-]+)\.(\w+)\}")
_OF_THE_ACCOUNT = {"data.aws_caller_identity": "123456789012", "data.aws_partition": "aws"}
KEYS = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}


class Applied:
    """The resources of a document in moto. ``ids`` gives their ids or ARNs by address."""

    def __init__(self, document: Document, region: str) -> None:
        self.document = document
        self.ec2 = boto3.client("ec2", region_name=region, **KEYS)
        self.elb = boto3.client("elbv2", region_name=region, **KEYS)
        self.ids: dict[str, str] = {}
        for kind in MAKERS:
            for name in document["resource"].get(kind, {}):
                self.make(f"{kind}.{name}")
        self.addresses = {made: address for address, made in self.ids.items()}

    def make(self, address: str) -> str:
        """Make a resource, and what it refers to before it."""
        if address not in self.ids:
            section, kind, name = place(address)
            body = self.resolved(self.document[section][kind][name])
            self.ids[address] = MAKERS[kind](self, body)
        return self.ids[address]

    def resolved(self, value: Any) -> Any:
        """Give a value with the ids of what it refers to."""
        if isinstance(value, str):
            return _REFERENCE.sub(lambda found: self.attribute(found[1], found[2]), value)
        if isinstance(value, list):
            return [self.resolved(item) for item in value]
        if isinstance(value, dict):
            return {
                k: self.resolved(v)
                for k, v in value.items()
                if k not in ("//", "depends_on", "lifecycle", "tags")
            }
        return value

    def attribute(self, address: str, name: str) -> str:
        if (kind := address.rpartition(".")[0]) in _OF_THE_ACCOUNT:
            return _OF_THE_ACCOUNT[kind]
        if name == "prefix_list_id":
            service = self.document["resource"]["aws_vpc_endpoint"][address.split(".")[1]]["service_name"]
            lists = self.ec2.describe_managed_prefix_lists()["PrefixLists"]
            return next(str(one["PrefixListId"]) for one in lists if one["PrefixListName"] == service)
        told = {"data.aws_caller_identity": ACCOUNT, "data.aws_partition": "aws"}
        if (kind := address.rpartition(".")[0]) in told:
            return told[kind]
        return self.make(address)

    @cached_property
    def certificate(self) -> str:
        """A certificate that is there: those of the document are somebody else's, or have to be issued."""
        acm = boto3.client("acm", region_name=self.elb.meta.region_name, **KEYS)
        return str(acm.request_certificate(DomainName="example.com")["CertificateArn"])

    def named(self, value: str | None) -> str | None:
        """Give the address of an id; what the document does not make stays as it is."""
        return self.addresses.get(value, value) if value else None


def _vpc(to: Applied, body: Body) -> str:
    found: str = to.ec2.create_vpc(CidrBlock=body["cidr_block"])["Vpc"]["VpcId"]
    for name, key in (
        ("EnableDnsSupport", "enable_dns_support"),
        ("EnableDnsHostnames", "enable_dns_hostnames"),
    ):
        to.ec2.modify_vpc_attribute(VpcId=found, **{name: {"Value": body[key]}})
    return found


def _internet_gateway(to: Applied, body: Body) -> str:
    found: str = to.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    to.ec2.attach_internet_gateway(InternetGatewayId=found, VpcId=body["vpc_id"])
    return found


def _subnet(to: Applied, body: Body) -> str:
    made = to.ec2.create_subnet(
        VpcId=body["vpc_id"], CidrBlock=body["cidr_block"], AvailabilityZone=body["availability_zone"]
    )
    return str(made["Subnet"]["SubnetId"])


def _route(to: Applied, body: Body) -> str:
    target = (
        {"NatGatewayId": body["nat_gateway_id"]}
        if "nat_gateway_id" in body
        else {"GatewayId": body["gateway_id"]}
    )
    to.ec2.create_route(
        RouteTableId=body["route_table_id"], DestinationCidrBlock=body["destination_cidr_block"], **target
    )
    return f"{body['route_table_id']} {body['destination_cidr_block']}"


def _association(to: Applied, body: Body) -> str:
    made = to.ec2.associate_route_table(SubnetId=body["subnet_id"], RouteTableId=body["route_table_id"])
    return str(made["AssociationId"])


def _security_group(to: Applied, body: Body) -> str:
    """The provider takes the rule away that AWS gives every new group: everything out."""
    made = to.ec2.create_security_group(
        GroupName=f"{body['name_prefix']}0", Description=body["description"], VpcId=body["vpc_id"]
    )
    _strip(to, made["GroupId"])
    return str(made["GroupId"])


def _default_security_group(to: Applied, body: Body) -> str:
    own = {"Name": "vpc-id", "Values": [body["vpc_id"]]}, {"Name": "group-name", "Values": ["default"]}
    (group,) = to.ec2.describe_security_groups(Filters=list(own))["SecurityGroups"]
    _strip(to, group["GroupId"])
    return str(group["GroupId"])


def _strip(to: Applied, group: str) -> None:
    (found,) = to.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    if found["IpPermissionsEgress"]:
        to.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=found["IpPermissionsEgress"])
    if found["IpPermissions"]:
        to.ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=found["IpPermissions"])


def _rule(direction: str) -> Callable[[Applied, Body], str]:
    def make(to: Applied, body: Body) -> str:
        permission: dict[str, Any] = {
            "IpProtocol": body["ip_protocol"],
            "FromPort": body["from_port"],
            "ToPort": body["to_port"],
        }
        if "cidr_ipv4" in body:
            permission["IpRanges"] = [{"CidrIp": body["cidr_ipv4"]}]
        if "referenced_security_group_id" in body:
            permission["UserIdGroupPairs"] = [{"GroupId": body["referenced_security_group_id"]}]
        if "prefix_list_id" in body:
            permission["PrefixListIds"] = [{"PrefixListId": body["prefix_list_id"]}]
        authorize = getattr(to.ec2, f"authorize_security_group_{direction}")
        made = authorize(GroupId=body["security_group_id"], IpPermissions=[permission])
        return str(made["SecurityGroupRules"][0]["SecurityGroupRuleId"])

    return make


def _nat_gateway(to: Applied, body: Body) -> str:
    made = to.ec2.create_nat_gateway(SubnetId=body["subnet_id"], AllocationId=body["allocation_id"])
    return str(made["NatGateway"]["NatGatewayId"])


def _endpoint(to: Applied, body: Body) -> str:
    groups = {"SecurityGroupIds": body["security_group_ids"]} if "security_group_ids" in body else {}
    made = to.ec2.create_vpc_endpoint(
        VpcId=body["vpc_id"],
        ServiceName=body["service_name"],
        VpcEndpointType=body["vpc_endpoint_type"],
        PrivateDnsEnabled=body.get("private_dns_enabled", False),
        PolicyDocument=body["policy"],
        **groups,
    )
    return str(made["VpcEndpoint"]["VpcEndpointId"])


def _join(ours: str, theirs: str) -> Callable[[Applied, Body], str]:
    def make(to: Applied, body: Body) -> str:
        to.ec2.modify_vpc_endpoint(VpcEndpointId=body["vpc_endpoint_id"], **{theirs: [body[ours]]})
        return f"{body['vpc_endpoint_id']}/{body[ours]}"

    return make


def _load_balancer(to: Applied, body: Body) -> str:
    made = to.elb.create_load_balancer(
        Name=body["name"],
        Subnets=body["subnets"],
        SecurityGroups=body["security_groups"],
        Scheme="internal" if body["internal"] else "internet-facing",
        Type=body["load_balancer_type"],
    )
    return str(made["LoadBalancers"][0]["LoadBalancerArn"])


def _target_group(to: Applied, body: Body) -> str:
    names = {"port": "Port", "protocol": "Protocol", "vpc_id": "VpcId"}
    given = {theirs: body[ours] for ours, theirs in names.items() if ours in body}
    made = to.elb.create_target_group(Name=body["name"], TargetType=body["target_type"], **given)
    return str(made["TargetGroups"][0]["TargetGroupArn"])


def _actions(actions: list[Body]) -> list[Body]:
    made: list[Body] = []
    for action in actions:
        if action["type"] == "forward":
            made.append({"Type": "forward", "TargetGroupArn": action["target_group_arn"]})
        elif action["type"] == "redirect":
            theirs = {"Port": "port", "Protocol": "protocol", "StatusCode": "status_code"}
            made.append(
                {"Type": "redirect", "RedirectConfig": {k: action["redirect"][v] for k, v in theirs.items()}}
            )
        else:
            theirs = {
                "StatusCode": "status_code",
                "ContentType": "content_type",
                "MessageBody": "message_body",
            }
            answer = {k: action["fixed_response"][v] for k, v in theirs.items()}
            made.append({"Type": "fixed-response", "FixedResponseConfig": answer})
    return made


def _listener(to: Applied, body: Body) -> str:
    secure = {"Certificates": [{"CertificateArn": to.certificate}]} if "certificate_arn" in body else {}
    made = to.elb.create_listener(
        LoadBalancerArn=body["load_balancer_arn"],
        Port=body["port"],
        Protocol=body["protocol"],
        DefaultActions=_actions(body["default_action"]),
        **secure,
    )
    return str(made["Listeners"][0]["ListenerArn"])


def _listener_rule(to: Applied, body: Body) -> str:
    (condition,) = body["condition"]
    paths = {"Field": "path-pattern", "PathPatternConfig": {"Values": condition["path_pattern"]["values"]}}
    made = to.elb.create_rule(
        ListenerArn=body["listener_arn"],
        Priority=body["priority"],
        Conditions=[paths],
        Actions=_actions(body["action"]),
    )
    return str(made["Rules"][0]["RuleArn"])


MAKERS: dict[str, Callable[[Applied, Body], str]] = {
    "aws_vpc": _vpc,
    "aws_internet_gateway": _internet_gateway,
    "aws_subnet": _subnet,
    "aws_route_table": lambda to, b: str(
        to.ec2.create_route_table(VpcId=b["vpc_id"])["RouteTable"]["RouteTableId"]
    ),
    "aws_eip": lambda to, b: str(to.ec2.allocate_address(Domain=b["domain"])["AllocationId"]),
    "aws_nat_gateway": _nat_gateway,
    "aws_route": _route,
    "aws_route_table_association": _association,
    "aws_default_security_group": _default_security_group,
    "aws_security_group": _security_group,
    "aws_vpc_endpoint": _endpoint,
    "aws_vpc_endpoint_subnet_association": _join("subnet_id", "AddSubnetIds"),
    "aws_vpc_endpoint_route_table_association": _join("route_table_id", "AddRouteTableIds"),
    "aws_vpc_security_group_ingress_rule": _rule("ingress"),
    "aws_vpc_security_group_egress_rule": _rule("egress"),
    "aws_lb": _load_balancer,
    "aws_lb_target_group": _target_group,
    "aws_lb_listener": _listener,
    "aws_lb_listener_rule": _listener_rule,
}
"""How a resource of each type is made. Kept in the order in which types are applied."""
