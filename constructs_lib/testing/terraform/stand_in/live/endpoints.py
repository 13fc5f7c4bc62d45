"""What AWS refuses about VPC endpoints, their subnets and route tables."""

from __future__ import annotations

from constructs_lib.figures.changes.in_use import others
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject
from constructs_lib.testing.terraform.stand_in.live.refusal import Refusal, refuse
from constructs_lib.testing.terraform.stand_in.live.register import Register

_ENDPOINT = "aws_vpc_endpoint"
_SUBNETS = "aws_vpc_endpoint_subnet_association"
_ROUTE_TABLES = "aws_vpc_endpoint_route_table_association"


def zone_twice(change: Change, register: Register) -> Refusal | None:
    """Refuses a subnet that joins while another one of its zone is there.

    What leaves in the same call counts as there: AWS looks at the subnets that join first.
    """
    if change.after is None or change.after.type_name not in (_ENDPOINT, _SUBNETS):
        return None
    there = _subnets_there(change, register)
    for text in sorted(change.after.at("subnet_ids", "subnet_id") - there):
        subnet = register.find("aws_subnet", text)
        known = [found for other in sorted(there) if (found := register.find("aws_subnet", other))]
        met = [other for other in known if subnet and _zone(other) == _zone(subnet)]
        if met:
            said = f"Found another VPC endpoint subnet in the availability zone of {text}"
            return refuse(change, others()["endpoint-zone-twice"], met, said)
        there.add(text)
    return None


def route_table_is_gone(change: Change, register: Register) -> Refusal | None:
    """Refuses to take a route table off an endpoint that has been deleted before."""
    if change.before is None or change.after is None or change.after.type_name != _ENDPOINT:
        return None
    path = "route_table_ids"
    gone = sorted((change.before.at(path) - change.after.at(path)) & register.gone)
    said = f"The routeTable ID '{gone[0]}' does not exist" if gone else ""
    return refuse(change, others()["endpoint-route-table-gone"], said=said) if gone else None


def route_twice(change: Change, register: Register) -> Refusal | None:
    """Refuses a second endpoint of a service in one route table."""
    if change.after is None or change.after.type_name not in (_ENDPOINT, _ROUTE_TABLES):
        return None
    own = _endpoint(change.after, register)
    paths = ("route_table_ids", "route_table_id")
    joining = change.after.at(*paths) - (change.before.at(*paths) if change.before else set())
    for table in sorted(joining):
        for thing in register.mentioning(table, _ENDPOINT, _ROUTE_TABLES):
            other = _endpoint(thing, register)
            same = own and other and own.values.get("service_name") == other.values.get("service_name")
            if same and table in thing.at(*paths) and thing.key != change.after.key:
                said = f"route table {table} already has a route to {own and own.values.get('service_name')}"
                return refuse(change, others()["endpoint-route-twice"], [thing], said)
    return None


def s3_has_no_gateway(change: Change, register: Register) -> Refusal | None:
    """Refuses S3 names for inbound resolvers only in a VPC that is known here and has no gateway endpoint."""
    thing = change.thing
    vpc, service = str(thing.values.get("vpc_id")), str(thing.values.get("service_name"))
    asks = change.before is None and thing.type_name == _ENDPOINT and _is_for_resolvers_only(thing)
    if not asks or not service.endswith(".s3") or register.find("aws_vpc", vpc) is None:
        return None
    endpoints = register.mentioning(vpc, _ENDPOINT)
    if any(other.values.get("service_name") == service and _is_gateway(other) for other in endpoints):
        return None
    said = (
        f"To set PrivateDnsOnlyForInboundResolverEndpoint, {vpc} must have a Gateway endpoint for the service"
    )
    return refuse(change, others()["endpoint-s3-without-gateway"], said=said)


def _subnets_there(change: Change, register: Register) -> set[str]:
    """The ids of the subnets that the endpoint of the change has before it."""
    thing = change.thing
    identity = str(thing.values.get("vpc_endpoint_id") or thing.identity)
    endpoint = register.find(_ENDPOINT, identity)
    there = endpoint.at("subnet_ids") if endpoint else set()
    for association in register.mentioning(identity, _SUBNETS):
        there |= association.at("subnet_id")
    return there


def _endpoint(thing: LiveObject, register: Register) -> LiveObject | None:
    if thing.type_name == _ENDPOINT:
        return thing
    return register.find(_ENDPOINT, str(thing.values.get("vpc_endpoint_id")))


def _is_gateway(thing: LiveObject) -> bool:
    return thing.values.get("vpc_endpoint_type") in (None, "", "Gateway")


def _is_for_resolvers_only(thing: LiveObject) -> bool:
    """AWS's default with private DNS is ``true``."""
    options = thing.values.get("dns_options") or [{}]
    only = options[0].get("private_dns_only_for_inbound_resolver_endpoint")
    return not _is_gateway(thing) and thing.values.get("private_dns_enabled") is True and only is not False


def _zone(subnet: LiveObject) -> str:
    return str(subnet.values.get("availability_zone"))
