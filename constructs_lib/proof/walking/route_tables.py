"""Asks route tables where packets go, and network ACLs whether they let them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import Model, NatGateway, Route, Subnet
from constructs_lib.proof.walking import _network_acls as network_acls
from constructs_lib.proof.walking.addresses import EVERYWHERE, Network, is_public, meets, within
from constructs_lib.proof.walking.answers import (
    Answer,
    Blocked,
    CannotTell,
    Carried,
    any_of,
    carried,
    in_order,
)
from constructs_lib.terraform_json.addresses import is_address
from constructs_lib.terraform_json.values import Identity, Unknown, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from constructs_lib.proof.model.workloads import Interface


def across(
    subnets: Iterable[Identity],
    ask: Callable[[Identity], Answer],
    *,
    every: bool,
    nowhere: Blocked | CannotTell,
) -> Answer:
    """Ask for each subnet of an interface: all of them have to carry, or one is enough."""
    answers = [ask(subnet) for subnet in subnets]
    if not answers:
        return nowhere
    if not every:
        return any_of(answers, otherwise=nowhere)
    whole = in_order(answers)
    return Carried(tuple(dict.fromkeys(whole.hops))) if isinstance(whole, Carried) else whole


def same_vpc(source: Interface, target: Interface) -> Answer:
    """Inside one VPC every subnet reaches every other one."""
    if source.vpc is None:
        return Blocked(source.address, f"{source} is in no VPC, so it reaches no private address")
    if target.vpc is None:
        return Blocked(target.address, f"{target} is in no VPC, so it has no private address")
    if "security group" in (source.kind, target.kind) and isinstance(source.vpc, Unknown) | isinstance(
        target.vpc, Unknown
    ):
        return Carried()
    alike = same(source.vpc, target.vpc)
    if alike:
        return carried(f"{source.vpc} routes between its subnets", str(source.vpc))
    where = f"{source} is in {source.vpc}, {target} in {target.vpc}"
    if alike is None:
        return CannotTell(source.address, f"{where}: whether that is one VPC is not in this document")
    return Blocked(source.address, f"{where}, and no route joins the two")


def route_for(model: Model, subnet: Subnet, destination: Network) -> Route | Answer:
    """Give the route that a subnet's packets to a range take: the longest prefix that holds it."""
    table = model.route_tables.get(subnet.route_table)
    if table is None:
        return CannotTell(
            str(subnet.identity),
            f"the routes of {subnet.identity} ({subnet.route_table}) are not in this document",
        )
    ranges = [route for route in table.routes if not isinstance(route.destination, str | Unknown)]
    holding = [route for route in ranges if within(destination, _range(route))]
    if holding:
        return max(holding, key=lambda route: _range(route).prefixlen)
    open_routes = len(ranges) < len(table.routes) and any(
        isinstance(r.destination, Unknown) for r in table.routes
    )
    if not table.complete or open_routes:
        return CannotTell(str(table.identity), f"not all routes of {table.identity} are in this document")
    part = [route.address for route in ranges if meets(destination, _range(route))]
    if destination == EVERYWHERE:
        part = [
            r.address
            for r in ranges
            if meets(destination, _range(r)) and is_public(_range(r), model.own_ranges)
        ]
    if part:
        return CannotTell(
            str(table.identity),
            f"{table.identity} has routes for parts of {_name(destination)} only: {', '.join(part)}",
        )
    how = f"{subnet.identity} uses {table.identity}"
    if subnet.association is None:
        how = f"{subnet.identity} has no route table association, so it uses its VPC's main route table"
    return Blocked(str(subnet.identity), f"{how}, which has no route to {_name(destination)}")


def _range(route: Route) -> Network:
    if isinstance(route.destination, str | Unknown):
        raise TypeError(route.destination)
    return route.destination


def _name(destination: Network) -> str:
    return "the internet" if destination == EVERYWHERE else str(destination)


def to_internet_gateway(model: Model, identity: Identity, destination: Network) -> Answer:
    """Tell whether a subnet is a public one as seen by a range: its route leads to an attached internet
    gateway.
    """
    subnet = model.subnets.get(identity)
    if subnet is None:
        return CannotTell(str(identity), f"{identity} is not in this document")
    route = route_for(model, subnet, destination)
    if not isinstance(route, Route):
        return route
    if route.via == "unknown":
        return CannotTell(route.address, f"{route.address}: {route.target} is not in this document")
    if route.via != "internet gateway":
        return Blocked(
            str(identity),
            f"{identity} is no public subnet: {route.address} leads to a {route.via} ({route.target})",
        )
    return _attached(model, subnet, route)


def to_internet_gateways(model: Model, identity: Identity) -> Iterator[Answer]:
    """Ask where a subnet's packets to the internet go, and of every route that it has to an internet
    gateway, also one for a part of the internet.
    """
    subnet = model.subnets.get(identity)
    table = model.route_tables.get(subnet.route_table) if subnet else None
    yield to_internet_gateway(model, identity, EVERYWHERE)
    for route in table.routes if subnet and table else ():
        if route.via == "internet gateway" and route.destination != EVERYWHERE:
            yield _attached(model, subnet, route) if subnet else Carried()


def _attached(model: Model, subnet: Subnet, route: Route) -> Answer:
    """AWS refuses a route to a gateway of another VPC, so only a gateway of the document is looked at."""
    if isinstance(route.target, str) and is_address(route.target):
        if route.target not in model.internet_gateways:
            return Blocked(
                route.address, f"{route.address} leads to {route.target}, which this document does not have"
            )
        vpc = model.internet_gateways[route.target]
        if vpc is None or same(vpc, subnet.vpc) is False:
            return Blocked(str(route.target), f"{route.target} is not attached to {subnet.vpc}")
    used = [a for a in (subnet.association, route.address, str(route.target)) if a is not None]
    return carried(f"{subnet.identity} has a route to the internet gateway {route.target}", *used)


def to_internet(
    model: Model, source: Interface, identity: Identity, destination: Network, port: int
) -> Answer:
    """Tell whether packets from a subnet get out: through a NAT gateway, or straight with a public
    address.
    """
    subnet = model.subnets.get(identity)
    if subnet is None:
        return CannotTell(str(identity), f"{identity}, where {source} is, is not in this document")
    route = route_for(model, subnet, destination)
    if not isinstance(route, Route):
        return route
    if route.via == "nat gateway":
        return _through_nat(model, subnet, route, destination, port)
    if route.via == "internet gateway":
        if destination.version == 6 or source.public_address is True:
            return to_internet_gateway(model, identity, destination)
        if isinstance(source.public_address, Unknown):
            return CannotTell(source.address, f"{source}: {source.public_address} is not in this document")
        return Blocked(
            str(identity),
            f"{identity} leads straight to an internet gateway, but {source} has no public address there: "
            "it needs a private subnet with a NAT gateway",
        )
    return CannotTell(
        route.address, f"{route.address} leads to {route.target}, which this proof does not follow"
    )


def _through_nat(model: Model, subnet: Subnet, route: Route, destination: Network, port: int) -> Answer:
    nat = model.nat_gateways.get(route.target)
    if nat is None:
        if isinstance(route.target, str) and is_address(route.target):
            return Blocked(
                route.address, f"{route.address} leads to {route.target}, which this document does not have"
            )
        return CannotTell(
            route.address, f"{route.address} leads to {route.target}, which is not in this document"
        )
    if isinstance(nat.public, Unknown):
        return CannotTell(nat.address, f"{nat.address}: {nat.public} is not in this document")
    if not nat.public:
        return Blocked(nat.address, f"{nat.address} is a private NAT gateway: it leads to no internet")
    if not nat.addressed:
        return Blocked(nat.address, f"{nat.address} has no Elastic IP")
    used = [a for a in (subnet.association, route.address, nat.address) if a is not None]
    first = carried(f"{subnet.identity} has a route to {nat.address}", *used)
    if nat.subnet is None:
        return in_order((first, _through_regional(model, nat, subnet)))
    acls = network_acls.towards(model, (nat.subnet,), destination, port, every=True)
    if isinstance(subnet.cidr, Unknown) or nat.subnet == subnet.identity:
        return in_order((first, to_internet_gateway(model, nat.subnet, destination), acls))
    inward = network_acls.inwards(model, (nat.subnet,), subnet.cidr, port, every=True)
    return in_order((first, to_internet_gateway(model, nat.subnet, destination), inward, acls))


def _through_regional(model: Model, nat: NatGateway, subnet: Subnet) -> Answer:
    """A regional NAT gateway has a route table of AWS's, which leads to the VPC's internet gateway; a network
    ACL it has none. Of a VPC that is not of the document AWS has asked for the gateway already.
    """
    vpc = subnet.vpc if nat.vpc is None else nat.vpc
    if same(vpc, subnet.vpc) is False:
        return Blocked(nat.address, f"{nat.address} is in {vpc}, and {subnet.identity} in {subnet.vpc}")
    attached = [own for own in model.internet_gateways.values() if own is not None]
    if vpc in model.vpcs and all(same(own, vpc) is False for own in attached):
        return Blocked(nat.address, f"{vpc}, where {nat.address} is, has no internet gateway")
    return carried(f"{nat.address} serves every zone of {vpc}", nat.address)
