"""Amazon VPC: sizes of subnets, quotas of networks and of security groups."""

from __future__ import annotations

from constructs_lib.figures.internet import PORT

# https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html: prefix lengths, of VPCs as of subnets
LARGEST_SUBNET, SMALLEST_SUBNET = 16, 28
# The same page: the first four addresses of each subnet, and the last.
RESERVED_ADDRESSES = 5

# https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
ELASTIC_IPS_PER_REGION = 5  # until AWS grants more
INTERNET_GATEWAYS_PER_VPC = 1
SECURITY_GROUPS_PER_INTERFACE = 5  # until AWS grants more
MOST_SECURITY_GROUPS_PER_INTERFACE = 16
RULES_PER_SECURITY_GROUP = 60  # in each direction, and of each version of IP; until AWS grants more
RULES_PER_INTERFACE = 1_000  # the quota of groups on an interface times that of rules in a group
# https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html: how many
# rules a reference counts for; other lists count for one or few
PREFIX_LIST_WEIGHTS = {"global.cloudfront.origin-facing": 55}

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html: name and description
SECURITY_GROUP_TEXT_LENGTH = 255
SECURITY_GROUP_TEXT = r"[A-Za-z0-9. _\-:/()#,@\[\]+=&;{}!$*]*"
SECURITY_GROUP_RESERVED_PREFIX = "sg-"
# What Terraform appends to a name_prefix.
# https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/id/id.go
UNIQUE_SUFFIX_LENGTH = 26

# https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html: all but China and GovCloud
REGIONAL_NAT_PARTITIONS = ("aws",)

# https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
INTERFACE_ENDPOINTS_PER_VPC = 50

# https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html: ports to which answers go
EPHEMERAL_PORTS = (1024, PORT.most)


def usable(addresses: int) -> int:
    """How many of a subnet's addresses AWS leaves to its users."""
    return max(addresses - RESERVED_ADDRESSES, 0)
