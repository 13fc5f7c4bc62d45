"""Kinds of things that a configuration may name: how their ids and ARNs look, and what shows that one exists.

https://docs.aws.amazon.com/cli/latest/reference/
"""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.figures import ids
from constructs_lib.figures.principals import CLOUDWATCH

_ARN = rf"arn:{ids.PARTITION}"
_PLACE = rf"{ids.REGION}:{ids.ACCOUNT}"


@dataclass(frozen=True)
class Kind:
    """A kind of thing by the form of its id or ARN; named groups go into the command."""

    words: str
    form: str
    command: str
    shows: str = ""


def _ec2(what: str, option: str, query: str) -> str:
    return f"ec2 describe-{what} --{option} {{0}} --query '{query}'"


KINDS = (
    Kind("the VPC", ids.VPC_ID, _ec2("vpcs", "vpc-ids", "Vpcs[].[CidrBlock,State]"), "available"),
    Kind(
        "the internet gateway",
        ids.INTERNET_GATEWAY_ID,
        _ec2("internet-gateways", "internet-gateway-ids", "InternetGateways[].Attachments[].VpcId"),
        "the VPC",
    ),
    Kind(
        "the subnet",
        ids.SUBNET_ID,
        _ec2("subnets", "subnet-ids", "Subnets[].[VpcId,AvailabilityZone,State]"),
        "available",
    ),
    Kind(
        "the NAT gateway",
        ids.NAT_GATEWAY_ID,
        _ec2("nat-gateways", "nat-gateway-ids", "NatGateways[].[VpcId,SubnetId,State]"),
        "available",
    ),
    Kind(
        "the VPC endpoint",
        ids.VPC_ENDPOINT_ID,
        _ec2("vpc-endpoints", "vpc-endpoint-ids", "VpcEndpoints[].[VpcId,ServiceName,State]"),
        "available",
    ),
    Kind(
        "the Elastic IP",
        ids.EIP_ALLOCATION_ID,
        _ec2("addresses", "allocation-ids", "Addresses[].[PublicIp,AssociationId]"),
        "its address",
    ),
    Kind(
        "the prefix list",
        ids.PREFIX_LIST_ID,
        _ec2("managed-prefix-lists", "prefix-list-ids", "PrefixLists[].[PrefixListName,State]"),
        "its name",
    ),
    Kind(
        "the security group",
        ids.SECURITY_GROUP_ID,
        _ec2("security-groups", "group-ids", "SecurityGroups[].[VpcId,GroupName]"),
        "its VPC",
    ),
    Kind(
        "the certificate",
        rf"{_ARN}:acm:{_PLACE}:certificate/[\w-]+",
        "acm describe-certificate --certificate-arn {0} --query Certificate.Status",
        "ISSUED",
    ),
    Kind(
        "the KMS key",
        rf"{_ARN}:kms:{_PLACE}:key/[\w-]+",
        "kms describe-key --key-id {0} --query KeyMetadata.KeyState",
        "Enabled",
    ),
    Kind(
        "the Lambda layer",
        rf"{_ARN}:lambda:{_PLACE}:layer:[\w-]+:\d+",
        "lambda get-layer-version-by-arn --arn {0} --query Version",
        "its version",
    ),
    Kind(
        "the parameter",
        rf"{_ARN}:ssm:{_PLACE}:parameter(?P<name>/[\w./-]+)",
        "ssm describe-parameters --parameter-filters Key=Name,Values={name} --query 'Parameters[].Name'",
        "its name",
    ),
    Kind(
        "the secret",
        rf"{_ARN}:secretsmanager:{_PLACE}:secret:[\w/+=.@-]+",
        "secretsmanager describe-secret --secret-id {0} --query Name",
        "its name",
    ),
    Kind(
        "the topic",
        rf"{_ARN}:sns:{_PLACE}:[\w-]+",
        "sns get-topic-attributes --topic-arn {0} --query Attributes.Policy",
        f"a policy that admits {CLOUDWATCH}",
    ),
    Kind(
        "the web ACL",
        rf"{_ARN}:wafv2:{_PLACE}:regional/webacl/(?P<name>[\w-]+)/(?P<id>[\w-]+)",
        "wafv2 get-web-acl --scope REGIONAL --name {name} --id {id} --query WebACL.ARN",
        "its ARN",
    ),
    Kind(
        "the policy",
        rf"{_ARN}:iam::{ids.ACCOUNT}:policy/[\w+=,.@/-]+",
        "iam get-policy --policy-arn {0} --query Policy.DefaultVersionId",
        "its version",
    ),
    Kind(
        "the queue",
        rf"{_ARN}:sqs:{_PLACE}:(?P<name>[\w-]+(?:\.fifo)?)",
        "sqs get-queue-url --queue-name {name}",
        "its URL",
    ),
    Kind(
        "the table",
        rf"{_ARN}:dynamodb:{_PLACE}:table/(?P<name>[\w.-]+)",
        "dynamodb describe-table --table-name {name} --query Table.TableStatus",
        "ACTIVE",
    ),
    Kind(
        "the bucket",
        rf"{_ARN}:s3:::(?P<name>[a-z0-9][a-z0-9.-]+[a-z0-9])",
        "s3api get-bucket-location --bucket {name}",
        "its region",
    ),
)
