"""What a request to AWS is authorized for, where that is neither the named resource nor all of them.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

READS = re.compile(
    r"(?:ec2|elasticloadbalancing|application-autoscaling):(?:Describe|Get|List)\w+"
    r"|cloudwatch:DescribeAlarms|logs:DescribeLogGroups|logs:\w+LogDelivery|logs:ListLogDeliveries"
    r"|ecs:De(?:scribe|register)TaskDefinition|acm:ListCertificates|kms:ListAliases"
    r"|route53:ListHostedZones|wafv2:Get\w+|sts:GetCallerIdentity"
)
"""Actions for which IAM knows no resource, or that only tell of the network."""

CREATES: Mapping[str, str] = {
    "ec2:AllocateAddress": "elastic-ip",
    "ec2:AuthorizeSecurityGroupEgress": "security-group-rule",
    "ec2:AuthorizeSecurityGroupIngress": "security-group-rule",
    "ec2:CreateFlowLogs": "vpc-flow-log",
    "ec2:CreateInternetGateway": "internet-gateway",
    "ec2:CreateNatGateway": "natgateway",
    "ec2:CreateRouteTable": "route-table",
    "ec2:CreateSecurityGroup": "security-group",
    "ec2:CreateSubnet": "subnet",
    "ec2:CreateVpc": "vpc",
    "ec2:CreateVpcEndpoint": "vpc-endpoint",
}
"""The kind of resource that an action of EC2 makes, which has the tags of the request and none before."""

TAG = "ec2:CreateTags"
BY_INTERFACE = ("ec2:DeleteNetworkInterface", "ec2:DisassociateAddress")
"""Actions on network interfaces that AWS makes, for functions and NAT gateways, without anybody's tags."""
OF_A_DEFAULT_GROUP = (TAG, "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress")
"""Actions that take over the security group that AWS makes with a VPC, which has no tags."""

NAMED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("aws_subnet", "vpc_id"): ("vpc", "ec2:CreateSubnet"),
    ("aws_security_group", "vpc_id"): ("vpc", "ec2:CreateSecurityGroup"),
    ("aws_route_table", "vpc_id"): ("vpc", "ec2:CreateRouteTable"),
    ("aws_vpc_endpoint", "vpc_id"): ("vpc", "ec2:CreateVpcEndpoint"),
    ("aws_flow_log", "vpc_id"): ("vpc", "ec2:CreateFlowLogs"),
    ("aws_nat_gateway", "allocation_id"): ("elastic-ip", "ec2:CreateNatGateway"),
    ("aws_nat_gateway", "availability_zone_address.allocation_ids"): (
        "elastic-ip",
        "ec2:AssociateNatGatewayAddress ec2:CreateNatGateway",
    ),
    ("aws_nat_gateway", "subnet_id"): ("subnet", "ec2:CreateNatGateway"),
    ("aws_nat_gateway", "vpc_id"): ("vpc", "ec2:CreateNatGateway"),
    ("aws_vpc_endpoint_route_table_association", "vpc_endpoint_id"): (
        "vpc-endpoint",
        "ec2:ModifyVpcEndpoint",
    ),
    ("aws_vpc_security_group_egress_rule", "security_group_id"): (
        "security-group",
        "ec2:AuthorizeSecurityGroupEgress ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupEgress",
    ),
    ("aws_vpc_security_group_ingress_rule", "security_group_id"): (
        "security-group",
        "ec2:AuthorizeSecurityGroupIngress ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupIngress",
    ),
}
"""Arguments by which a resource uses a thing that exists already: its kind, and the actions on it.

A dot stands before an argument of a nested block.
"""

LOAD_BALANCING_CREATES = ("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup")
LOAD_BALANCING_TAGGED = (
    "CreateListener",
    "CreateLoadBalancer",
    "CreateRule",
    "CreateTargetGroup",
)
"""Values of ``elasticloadbalancing:CreateAction``: requests that may bring tags along."""

REMOVES = re.compile(
    r"(?:lambda|logs|ecs|ecr|iam):(?:Delete|Describe|Get|List|Detach|Remove|Deregister)\w+"
    r"|ecs:UpdateService"
)
"""Actions that take away, for what an earlier bundle made under a name that this one does not have."""
