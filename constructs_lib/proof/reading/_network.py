"""Reads VPCs, subnets, routes and gateways from a Terraform document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import NatGateway, Route, RouteTable, Subnet, Via, Vpc
from constructs_lib.proof.reading._acls import acl_of_subnet
from constructs_lib.proof.walking.addresses import Network, network, networks
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document

_OTHER_TARGETS = (
    *("transit_gateway_id", "vpc_peering_connection_id", "network_interface_id", "egress_only_gateway_id"),
    *("carrier_gateway_id", "local_gateway_id", "core_network_arn", "instance_id"),
)


@dataclass(frozen=True, slots=True)
class NetworkParts:
    """What this module reads."""

    vpcs: Mapping[Identity, Vpc]
    subnets: Mapping[Identity, Subnet]
    route_tables: Mapping[Identity, RouteTable]
    internet_gateways: Mapping[Identity, Identity | None]
    nat_gateways: Mapping[Identity, NatGateway]


def read_network(document: Document) -> NetworkParts:
    """Read the network's resources."""
    vpcs: dict[Identity, Vpc] = {block.address: _vpc(block) for block in document.resources("aws_vpc")}
    return NetworkParts(
        vpcs=vpcs,
        subnets=_subnets(document),
        route_tables=_route_tables(document),
        internet_gateways=_internet_gateways(document),
        nat_gateways={block.address: _nat_gateway(block) for block in document.resources("aws_nat_gateway")},
    )


def _vpc(block: Block) -> Vpc:
    more = block.document.resources("aws_vpc_ipv4_cidr_block_association")
    own = (block, *(one for one in more if one.ref("vpc_id") == block.address))
    cidrs = (one.text("cidr_block") or Unknown(f"{one.address}.cidr_block") for one in own)
    return Vpc(
        address=block.address,
        cidrs=networks(cidrs),
        dns_support=block.flag("enable_dns_support", True),
        dns_hostnames=block.flag("enable_dns_hostnames", False),
    )


def main_table(vpc: Identity) -> Identity:
    """Give the identity of the route table that AWS makes with a VPC."""
    name = f"{vpc}.main_route_table_id"
    return Unknown(name) if isinstance(vpc, Unknown) else name


def _required(identity: Identity | None, block: Block, name: str) -> Identity:
    return Unknown(f"{block.address}.{name}") if identity is None else identity


def _subnets(document: Document) -> dict[Identity, Subnet]:
    tables: dict[Identity, tuple[Identity, str]] = {}
    for block in document.resources("aws_route_table_association"):
        subnet = block.ref("subnet_id")
        if subnet is not None:
            tables[subnet] = (_required(block.ref("route_table_id"), block, "route_table_id"), block.address)
    mains = {block.ref("vpc_id"): block for block in document.resources("aws_main_route_table_association")}
    open_association = any(isinstance(subnet, Unknown) for subnet in tables)
    acls = acl_of_subnet(document)
    subnets: dict[Identity, Subnet] = {}
    for block in document.resources("aws_subnet"):
        vpc = _required(block.ref("vpc_id"), block, "vpc_id")
        main = mains.get(vpc)
        table: Identity = (
            _required(main.ref("route_table_id"), main, "route_table_id") if main else main_table(vpc)
        )
        if open_association:
            table = Unknown(f"the route table of {block.address}")
        own = tables.get(block.address)
        subnets[block.address] = Subnet(
            identity=block.address,
            vpc=vpc,
            cidr=_range(block.text("cidr_block"), block),
            zone=block.text("availability_zone"),
            route_table=own[0] if own else table,
            association=own[1] if own else main.address if main else None,
            acl=acls(block.address, vpc),
        )
    return subnets


def _range(text: str | Unknown | None, block: Block) -> Network | Unknown:
    if text is None:
        return Unknown(f"{block.address}.cidr_block")
    return text if isinstance(text, Unknown) else network(text)


def _route_tables(document: Document) -> dict[Identity, RouteTable]:
    standalone: dict[Identity, list[Route]] = {}
    for block in document.resources("aws_route"):
        table = _required(block.ref("route_table_id"), block, "route_table_id")
        standalone.setdefault(table, []).extend(_routes(block, "destination_"))
    default_of = {
        block.address: block.ref("default_route_table_id")
        for block in document.resources("aws_default_route_table")
    }
    for address, main in default_of.items():
        if main is not None:
            standalone.setdefault(address, []).extend(standalone.pop(main, []))
    complete = not any(isinstance(table, Unknown) for table in standalone)
    tables: dict[Identity, RouteTable] = {}
    for block in document.resources("aws_vpc"):
        main = main_table(block.address)
        tables[main] = RouteTable(main, block.address, tuple(standalone.get(main, ())), complete)
    for kind in ("aws_route_table", "aws_default_route_table"):
        for block in document.resources(kind):
            inline = [route for part in block.blocks("route") for route in _routes(part, "")]
            main = default_of.get(block.address)
            vpc = block.ref("vpc_id") or (tables[main].vpc if main in tables else None)
            tables[block.address] = RouteTable(
                block.address,
                _required(vpc, block, "vpc_id"),
                (*inline, *standalone.get(block.address, ())),
                complete and not block.opens_blocks("route"),
            )
            if main is not None:
                tables[main] = tables[block.address]
    for table, routes in standalone.items():
        if table not in tables:
            tables[table] = RouteTable(table, Unknown(f"the VPC of {table}"), tuple(routes), complete=False)
    return tables


def _routes(block: Block, prefix: str) -> Iterator[Route]:
    via, target = _target(block)
    for name in (f"{prefix}cidr_block", "destination_ipv6_cidr_block" if prefix else "ipv6_cidr_block"):
        if block.has(name):
            yield Route(block.address, _range(block.text(name), block), via, target)
    if block.has("destination_prefix_list_id"):
        yield Route(block.address, block.ref("destination_prefix_list_id") or "", via, target)


def _target(block: Block) -> tuple[Via, Identity]:
    if block.has("nat_gateway_id"):
        return "nat gateway", _required(block.ref("nat_gateway_id"), block, "nat_gateway_id")
    if block.has("vpc_endpoint_id"):
        return "endpoint", _required(block.ref("vpc_endpoint_id"), block, "vpc_endpoint_id")
    for name in _OTHER_TARGETS:
        if block.has(name):
            return "other", _required(block.ref(name), block, name)
    target = _required(block.ref("gateway_id"), block, "gateway_id")
    name = target.text if isinstance(target, Unknown) else target
    if name == "local":
        return "local", target
    if name.startswith("igw-") or type_of(name).removeprefix("data.") == "aws_internet_gateway":
        return "internet gateway", target
    return ("unknown" if isinstance(target, Unknown) else "other"), target


def _internet_gateways(document: Document) -> dict[Identity, Identity | None]:
    gateways: dict[Identity, Identity | None] = {
        block.address: block.ref("vpc_id") for block in document.resources("aws_internet_gateway")
    }
    for block in document.resources("aws_internet_gateway_attachment"):
        gateway = block.ref("internet_gateway_id")
        if gateway is not None:
            gateways[gateway] = block.ref("vpc_id")
    return gateways


def _nat_gateway(block: Block) -> NatGateway:
    kind = block.text("connectivity_type")
    regional = block.text("availability_mode") == "regional"
    return NatGateway(
        address=block.address,
        subnet=None if regional else _required(block.ref("subnet_id"), block, "subnet_id"),
        public=Unknown(f"{block.address}.connectivity_type")
        if isinstance(kind, Unknown)
        else kind != "private",
        addressed=block.has("allocation_id") or regional,  # AWS gives a regional one what it needs
        vpc=_required(block.ref("vpc_id"), block, "vpc_id") if regional else None,
    )
