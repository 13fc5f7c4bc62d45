"""Ways that lead to no load balancer: to the internet, to AWS services, to endpoints, from task to task."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from constructs_lib.proof.walking import _network_acls as network_acls
from constructs_lib.proof.walking import delivery, route_tables
from constructs_lib.proof.walking import security_group_filters as security_groups
from constructs_lib.proof.walking.addresses import is_public, within
from constructs_lib.proof.walking.answers import (
    Answer,
    Blocked,
    CannotTell,
    Carried,
    any_of,
    carried,
    in_order,
)
from constructs_lib.proof.walking.parties import AwsService, Prefixes, Range, internet
from constructs_lib.terraform_json.values import Identity, Unknown, same

if TYPE_CHECKING:
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.model.workloads import Endpoint, Interface


def leaves(
    model: Model, source: Interface | Range, target: Range | AwsService | Prefixes, port: int, *, every: bool
) -> Answer:
    """Tell whether something of the document reaches addresses outside of it."""
    if isinstance(source, Range):
        return Blocked(str(source), f"what {source} reaches elsewhere is not this document's matter")
    if source.kind == "load balancer":
        return Blocked(source.address, f"{source} connects to its targets only")
    if isinstance(target, Range):
        return to_range(model, source, target, port, every=every)
    if isinstance(target, AwsService):
        return to_service(model, source, target, port, every=every)
    return to_prefixes(model, source, target, port, every=every)


def to_range(model: Model, source: Interface, target: Range, port: int, *, every: bool) -> Answer:
    """Tell whether packets to a range leave the VPC, or stay in it."""
    if source.vpc is None:
        return _from_lambda(source, target, all(is_public(network) for network in target.networks))
    out = security_groups.passes(model, source, target, port, ingress=False, every=every)
    return in_order((out, routed(model, source, target, port, every=every)))


def _from_lambda(source: Interface, target: Range | AwsService, is_public_target: bool) -> Answer:
    if is_public_target:
        return carried(f"{source} is in no VPC, so it uses Lambda's own way to {target}", source.address)
    return Blocked(source.address, f"{source} is in no VPC, so it reaches no private address")


def routed(model: Model, source: Interface, target: Range, port: int, *, every: bool) -> Answer:
    """Tell where route tables and network ACLs let packets to a range go, whatever security groups say."""
    vpc = model.vpcs.get(source.vpc) if source.vpc is not None else None
    cidrs = [cidr for cidr in vpc.cidrs if not isinstance(cidr, Unknown)] if vpc else []
    if vpc and all(any(within(network, cidr) for cidr in cidrs) for network in target.networks):
        return carried(f"{vpc.address} holds {target}", vpc.address)
    if vpc is None and not any(is_public(network) for network in target.networks):
        return CannotTell(source.address, f"whether {source.vpc} holds {target} is not in this document")
    steps = (
        route_tables.across(
            source.subnets,
            partial(route_tables.to_internet, model, source, destination=network, port=port),
            every=every,
            nowhere=CannotTell(source.address, f"where {source} is, is not in this document"),
        )
        for network in target.networks
    )
    acls = (
        network_acls.towards(model, source.subnets, network, port, every=every) for network in target.networks
    )
    return in_order((*steps, *acls))


def to_service(model: Model, source: Interface, target: AwsService, port: int, *, every: bool) -> Answer:
    """Tell whether an AWS service is reached by its name: by endpoints where they take it, else through
    the internet.
    """
    if source.vpc is None:
        return _from_lambda(source, target, True)
    own = [
        e
        for e in model.endpoints.values()
        if e.service == target.name and same(e.interface.vpc or "", source.vpc) is not False
    ]
    named = [e for e in own if not e.is_gateway and e.private_dns is not False]
    if named:
        ways = (to_endpoint(model, source, endpoint, port, every=every) for endpoint in named)
        return any_of(ways, otherwise=Blocked(source.address, f"no endpoint serves {target}"))
    gateways = [e for e in own if e.is_gateway]
    if gateways:
        return _by_gateway(model, source, gateways[0], port, every, around=True)
    out = to_range(model, source, internet(), port, every=every)
    if isinstance(out, Carried):
        return out
    for endpoint in model.endpoints.values():
        if "${" in endpoint.service and same(endpoint.interface.vpc or "", source.vpc) is not False:
            door, service = endpoint.interface, endpoint.service
            why = f"{door} is an endpoint for {service}: whether that is {target} is not in this document"
            return CannotTell(door.address, why, out.before)
    unnamed = [e.interface.address for e in own]
    none = f"{unnamed[0]} has no private DNS" if unnamed else f"{source.vpc} has no endpoint for {target}"
    why = f"{none}, so its name leads to the internet; {out.why}"
    return (
        Blocked(out.hop, why, out.before)
        if isinstance(out, Blocked)
        else CannotTell(out.hop, why, out.before)
    )


def to_endpoint(model: Model, source: Interface, endpoint: Endpoint, port: int, *, every: bool) -> Answer:
    """Tell whether an endpoint is reached, by a gateway's routes or through an interface's security
    groups.
    """
    if endpoint.is_gateway:
        return _by_gateway(model, source, endpoint, port, every)
    door = endpoint.interface
    if not door.subnets:
        return Blocked(door.address, f"{door} has no subnet, so it has no address")
    return in_order(
        (_private_dns(model, endpoint), delivery.connects(model, source, door, port, every=every))
    )


def _private_dns(model: Model, endpoint: Endpoint) -> Answer:
    """AWS makes a private-DNS endpoint only where the VPC has both switches on; one elsewhere is trusted
    for that.
    """
    door = endpoint.interface
    if isinstance(endpoint.private_dns, Unknown):
        return CannotTell(door.address, f"{door}: {endpoint.private_dns} is not in this document")
    if not endpoint.private_dns:
        return carried(f"{door} is reached by its own name (no private DNS)", door.address)
    vpc = model.vpcs.get(door.vpc) if door.vpc is not None else None
    if vpc is not None and (vpc.dns_support is False or vpc.dns_hostnames is False):
        missing = "enable_dns_support" if vpc.dns_support is False else "enable_dns_hostnames"
        return Blocked(vpc.address, f"{door} has private DNS, but {vpc.address} has {missing} = false")
    if vpc is not None and (isinstance(vpc.dns_support, Unknown) or isinstance(vpc.dns_hostnames, Unknown)):
        return CannotTell(vpc.address, f"whether {vpc.address} has DNS on is not in this document")
    return carried(f"private DNS leads {endpoint.service} to {door}", door.address)


def _by_gateway(
    model: Model, source: Interface, endpoint: Endpoint, port: int, every: bool, *, around: bool = False
) -> Answer:
    """Tell whether a gateway endpoint is used; ``around``: the internet will do where its route is
    missing.
    """
    target = prefixes_of(endpoint)
    if source.vpc is None:
        return Blocked(source.address, f"{source} is in no VPC, so it uses no endpoint")
    if endpoint.interface.vpc is not None and same(endpoint.interface.vpc, source.vpc) is False:
        return Blocked(endpoint.interface.address, f"{endpoint.interface} is in {endpoint.interface.vpc}")
    return in_order(
        (
            security_groups.passes(model, source, target, port, ingress=False, every=every),
            route_tables.across(
                source.subnets,
                lambda subnet: _gateway_route(model, source, endpoint, subnet, port, around),
                every=every,
                nowhere=CannotTell(source.address, f"where {source} is, is not in this document"),
            ),
        )
    )


def prefixes_of(endpoint: Endpoint) -> Prefixes:
    """Give the prefix list that a gateway endpoint puts into route tables."""
    return Prefixes(f"{endpoint.interface.address}.prefix_list_id", endpoint.service)


def _gateway_route(
    model: Model, source: Interface, endpoint: Endpoint, identity: Identity, port: int, around: bool
) -> Answer:
    door, subnet = endpoint.interface, model.subnets.get(identity)
    if subnet is None:
        return CannotTell(str(identity), f"{identity}, where {source} is, is not in this document")
    tie = endpoint.route_tables.get(subnet.route_table)
    if tie is not None:
        used = [subnet.association] if subnet.association else []
        return carried(f"{identity} has the route of {door}", *used, tie)
    if isinstance(subnet.route_table, Unknown) or any(
        isinstance(table, Unknown) for table in endpoint.route_tables
    ):
        return CannotTell(door.address, f"whether {identity} uses {door} is not in this document")
    missing = f"{door} is in no route table of {identity} ({subnet.route_table})"
    if not around:
        return Blocked(door.address, missing)
    out = route_tables.to_internet(model, source, identity, internet().networks[0], port)
    return out if isinstance(out, Carried) else Blocked(door.address, f"{missing}, and {out.why}")


def to_prefixes(model: Model, source: Interface, target: Prefixes, port: int, *, every: bool) -> Answer:
    """Tell whether the addresses of a prefix list are reached."""
    for endpoint in model.endpoints.values():
        if endpoint.is_gateway and prefixes_of(endpoint).identity == target.identity:
            return _by_gateway(model, source, endpoint, port, every)
    out = security_groups.passes(model, source, target, port, ingress=False, every=every)
    where = CannotTell(
        source.address, f"the addresses of {target}, and so the route to it, are not in this document"
    )
    way = routed(model, source, internet(), port, every=every)
    return in_order((out, way if isinstance(way, Carried) else where))


def direct(model: Model, source: Interface | Range, target: Interface, port: int, *, every: bool) -> Answer:
    """Tell whether one interface is reached without a load balancer: a task, an endpoint, a security
    group.
    """
    if isinstance(source, Range):
        return _from_outside(model, source, target, port, every)
    if source.kind == "load balancer":
        return Blocked(source.address, f"{source} connects to its targets only")
    if target.kind == "endpoint":
        return to_endpoint(model, source, model.endpoints[target.address], port, every=every)
    return delivery.connects(model, source, target, port, every=every)


def _from_outside(model: Model, source: Range, target: Interface, port: int, every: bool) -> Answer:
    admits = security_groups.passes(model, target, source, port, ingress=True, every=every)
    if not any(is_public(network, model.own_ranges) for network in source.networks):
        return in_order(
            (
                admits,
                CannotTell(target.address, f"whether {source} is routed to {target} is not in this document"),
            )
        )
    if target.kind == "security group":
        return in_order(
            (admits, CannotTell(target.address, f"what carries {target} is not in this document"))
        )
    if target.public_address is False:
        return Blocked(target.address, f"{target} has private addresses only")
    if isinstance(target.public_address, Unknown):
        return in_order(
            (admits, CannotTell(target.address, f"{target}: {target.public_address} is not in this document"))
        )
    public = route_tables.across(
        target.subnets,
        lambda subnet: route_tables.to_internet_gateway(model, subnet, source.networks[0]),
        every=every,
        nowhere=CannotTell(target.address, f"where {target} is, is not in this document"),
    )
    return in_order(
        (public, network_acls.inwards(model, target.subnets, source.networks[0], port, every=every), admits)
    )
