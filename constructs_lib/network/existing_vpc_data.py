"""Data sources of an existing VPC, with conditions that refuse a plan which contradicts what is there.

Their arguments are known before any apply, so Terraform reads them, and refuses, when it plans.
https://developer.hashicorp.com/terraform/language/expressions/custom-conditions
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network

from constructs_lib.bindings import (
    Construct,
    Postcondition,
    Precondition,
    TerraformLocal,
    TerraformResourceLifecycle,
    address_of,
    aws,
    operand,
)
from constructs_lib.network.existing_vpc import ExistingVpc

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcCidrBlockState.html
_GONE = '["disassociating", "disassociated", "failing", "failed"]'
_BLOCKS = (
    "distinct(concat([self.cidr_block], [for part in self.cidr_block_associations : "
    f"part.cidr_block if !contains({_GONE}, part.state)]))"
)


def adopt_vpc(network: Construct, existing: ExistingVpc, cidr: str) -> aws.DataAwsVpc:
    """Read the VPC; ``cidr`` has to be one of its blocks, the first or a later one."""
    lifecycle = _ensures(
        f"contains({_BLOCKS}, {operand(cidr)})",
        f'network.cidr is {cidr}, and {existing.vpc_id} has ${{join(", ", {_BLOCKS})}}: '
        "write the one that the subnets go into",
    )
    vpc = aws.DataAwsVpc(network, "vpc", id=existing.vpc_id, lifecycle=lifecycle)
    return address_of(network).give(vpc)


def adopt_internet_gateway(
    network: Construct, existing: ExistingVpc, gateway_id: str
) -> aws.DataAwsInternetGateway:
    """Read the internet gateway; it has to be attached to the VPC."""
    lifecycle = _ensures(
        f"contains(self.attachments[*].vpc_id, {operand(existing.vpc_id)})",
        f"{gateway_id}, network.existing.internet_gateway_id, is not attached to {existing.vpc_id} but to "
        '${coalesce(join(", ", self.attachments[*].vpc_id), "no VPC")}: name the one that is',
    )
    gateway = aws.DataAwsInternetGateway(
        network, "internet_gateway", internet_gateway_id=gateway_id, lifecycle=lifecycle
    )
    return address_of(network).give(gateway)


def adopt_public_subnets(network: Construct, existing: ExistingVpc, region: str) -> dict[str, str]:
    """Read the public subnets, and return their ids by zone; each has to lie in the VPC and its zone."""
    ids = {}
    for zone, subnet_id in existing.public_subnet_ids.items():
        name = f"{region}{zone}"
        lifecycle = _ensures(
            f"self.vpc_id == {operand(existing.vpc_id)} && self.availability_zone == {operand(name)}",
            f"{subnet_id}, network.existing.public_subnet_ids.{zone}, lies in ${{self.vpc_id}}, "
            f"${{self.availability_zone}}, not in {existing.vpc_id}, {name}",
        )
        subnet = aws.DataAwsSubnet(network, f"existing_public_{zone}", id=subnet_id, lifecycle=lifecycle)
        ids[zone] = address_of(network).give(subnet, "public", zone).id
    return ids


def adopt_nat_gateways(network: Construct, existing: ExistingVpc) -> dict[str, str]:
    """Read the NAT gateways, and return their ids by zone; each has to lead from the VPC to the internet."""
    ids = {}
    for zone, gateway_id in existing.nat_gateway_ids.items():
        lifecycle = _ensures(
            f"self.vpc_id == {operand(existing.vpc_id)} && "
            'self.connectivity_type == "public" && self.state == "available"',
            f"{gateway_id}, network.existing.nat_gateway_ids.{zone}, is a ${{self.connectivity_type}} NAT "
            f"gateway of ${{self.vpc_id}}, ${{self.state}}, not an available public one of {existing.vpc_id}",
        )
        gateway = aws.DataAwsNatGateway(network, f"existing_nat_{zone}", id=gateway_id, lifecycle=lifecycle)
        ids[zone] = address_of(network).give(gateway, "nat", zone).id
    return ids


def adopt_gateway_endpoint(
    endpoints: Construct, vpc_id: str, endpoint_id: str, *, service: str, name: str
) -> aws.DataAwsVpcEndpoint:
    """Read the service's gateway endpoint; it has to be the VPC's. name: the service in addresses."""
    lifecycle = _ensures(
        f'self.vpc_id == {operand(vpc_id)} && self.vpc_endpoint_type == "Gateway"',
        f"{endpoint_id}, network.existing.endpoints, is a ${{self.vpc_endpoint_type}} endpoint of "
        f"${{self.vpc_id}}, not a Gateway endpoint of {vpc_id}",
    )
    endpoint = aws.DataAwsVpcEndpoint(
        endpoints, f"existing_{name}", id=endpoint_id, service_name=service, lifecycle=lifecycle
    )
    return address_of(endpoints).give(endpoint, name)


def read_overlaps(network: Construct, existing: ExistingVpc, blocks: Sequence[IPv4Network]) -> None:
    """Compare ``blocks``, those of our subnets, with every subnet of the VPC that lacks our tags.

    The local value ``<network>_overlaps`` has what each block meets. Two blocks overlap where they are one at
    the shorter of their prefixes.
    """
    address = address_of(network)
    only_vpc = aws.DataAwsSubnetsFilter(name="vpc-id", values=[existing.vpc_id])
    address.give(aws.DataAwsSubnets(network, "subnets", filter=[only_vpc]))
    subnet = address.give(aws.DataAwsSubnet(network, "subnet", id="${each.value}"))
    subnet.add_override("for_each", f"${{toset(data.aws_subnets.{address.name}.ids)}}")
    tags = sorted(existing.own_tags.items())
    own = " && ".join(f"subnet.tags[{operand(key)}] == {operand(value)}" for key, value in tags)
    others = (
        f"{{ for id, subnet in data.aws_subnet.{address.name} : id => subnet.cidr_block "
        f"if can(cidrhost(subnet.cidr_block, 0)) && !try({own or 'false'}, false) }}"
    )
    written = ", ".join(operand(str(block)) for block in blocks)
    shorter = 'min(split("/", block)[1], split("/", other)[1])'
    met = (
        f'[for id, other in local.{address.name}_others : format("%s (%s)", id, other) '
        f"if {_at('block', shorter)} == {_at('other', shorter)}]"
    )
    overlaps = f"{{ for block in [{written}] : block => {met} }}"
    for name, expression in (("others", others), ("overlaps", overlaps)):
        address.give(TerraformLocal(network, name, expression=f"${{{expression}}}"), name)


def meets_no_other(
    network: Construct, existing: ExistingVpc, block: IPv4Network, what: str
) -> TerraformResourceLifecycle:
    """Refuse a subnet of ours that overlaps somebody else's. what: ``the private subnet of zone a``."""
    met = f"local.{address_of(network).name}_overlaps[{operand(str(block))}]"
    return _requires(
        f"length({met}) == 0",
        f'{block}, {what}, overlaps ${{join(", ", {met})}} in {existing.vpc_id}: name what is there in '
        "network.occupied, or choose another network.block",
        create_before_destroy=True,
    )


def serves_names(
    network: Construct, existing: ExistingVpc, service: str, blocks: Sequence[str]
) -> TerraformResourceLifecycle:
    """Refuse an endpoint with private DNS in a VPC that does not resolve names, and one that admits the VPC
    where that has more blocks than these; without blocks it does not admit the VPC.
    """
    vpc = f"data.aws_vpc.{address_of(network).name}"
    found = _requires(
        f"{vpc}.enable_dns_support && {vpc}.enable_dns_hostnames",
        f"the endpoint of {service} needs DNS support and DNS hostnames in {existing.vpc_id}, which has "
        f"enable_dns_support = ${{{vpc}.enable_dns_support}} and "
        f"enable_dns_hostnames = ${{{vpc}.enable_dns_hostnames}}: let the VPC's owner switch both on, or "
        "leave the service out of network.endpoints.interface",
    )
    if not blocks:
        return found
    own = _BLOCKS.replace("self.", f"{vpc}.")
    others = f"setsubtract({own}, [{', '.join(map(operand, blocks))}])"
    whole = Precondition(
        condition=f"${{length({others}) == 0}}",
        error_message=f'{existing.vpc_id} also has ${{join(", ", {others})}}, and every workload there would '
        f"resolve {service} to an endpoint that refuses it: add it to network.existing.other_cidrs",
    )
    return TerraformResourceLifecycle(precondition=[*(found.precondition or ()), whole])


def _ensures(condition: str, message: str) -> TerraformResourceLifecycle:
    after = Postcondition(condition=f"${{{condition}}}", error_message=message)
    return TerraformResourceLifecycle(postcondition=[after])


def _requires(
    condition: str, message: str, *, create_before_destroy: bool | None = None
) -> TerraformResourceLifecycle:
    before = Precondition(condition=f"${{{condition}}}", error_message=message)
    return TerraformResourceLifecycle(precondition=[before], create_before_destroy=create_before_destroy)


def _at(block: str, prefix: str) -> str:
    return f'cidrsubnet(format("%s/%s", split("/", {block})[0], {prefix}), 0, 0)'
