"""Reads VPC endpoints from a Terraform document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.figures.endpoint_services import service_name_region, service_of_any_region
from constructs_lib.proof.model.workloads import Endpoint, Interface
from constructs_lib.proof.reading._groups import service_name
from constructs_lib.terraform_json.values import Identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs_lib.proof.reading._compute import Placement
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document


def read_endpoints(document: Document, place: Placement) -> dict[str, Endpoint]:
    """Read VPC endpoints with the associations that stand beside them."""
    extra = _extras(document)
    endpoints: dict[str, Endpoint] = {}
    associated = document.resources("aws_vpc_endpoint_route_table_association")
    used = {block.ref("vpc_endpoint_id") for block in associated}
    there = [block for block in document.resources("data.aws_vpc_endpoint") if block.ref("id") in used]
    for block in (*document.resources("aws_vpc_endpoint"), *there):
        kind = block.text("vpc_endpoint_type") or "Gateway"
        is_gateway = kind == "Gateway"
        subnets = (
            *block.refs("subnet_ids"),
            *extra("aws_vpc_endpoint_subnet_association", "subnet_id", block),
        )
        groups = (
            *block.refs("security_group_ids"),
            *extra("aws_vpc_endpoint_security_group_association", "security_group_id", block),
        )
        interface = place.interface(block, "endpoint", subnets, groups)
        vpc = block.ref("vpc_id") or interface.vpc
        tables: dict[Identity, str] = dict.fromkeys(block.refs("route_table_ids"), block.address)
        tables.update(_tables(document, block))
        endpoints[block.address] = Endpoint(
            interface=Interface(
                block.address, interface.name, "endpoint", vpc, interface.subnets, interface.groups
            ),
            service=_service(document, block),
            is_gateway=is_gateway,
            private_dns=block.flag("private_dns_enabled", False),
            route_tables=tables,
        )
    return endpoints


def _service(document: Document, block: Block) -> str:
    """The short name of an endpoint's service; the full one where that is a service of another region."""
    raw = service_name(block, "service_name")
    if raw is None:
        return str(raw)
    named = service_name_region(raw)
    own = {one.text("region") for one in document.providers}
    is_plain = len(own) == 1 and not block.has("region") and not block.has("provider")
    region = own.pop() if is_plain else None
    return raw if named and isinstance(region, str) and named != region else service_of_any_region(raw)


def _extras(document: Document) -> Callable[[str, str, Block], tuple[Identity, ...]]:
    def find(kind: str, name: str, endpoint: Block) -> tuple[Identity, ...]:
        found = (
            b.ref(name) for b in document.resources(kind) if b.ref("vpc_endpoint_id") == endpoint.address
        )
        return tuple(identity for identity in found if identity is not None)

    return find


def _tables(document: Document, endpoint: Block) -> dict[Identity, str]:
    found: dict[Identity, str] = {}
    for block in document.resources("aws_vpc_endpoint_route_table_association"):
        table = block.ref("route_table_id")
        if block.ref("vpc_endpoint_id") in (endpoint.address, endpoint.ref("id")) and table is not None:
            found[table] = block.address
    return found
