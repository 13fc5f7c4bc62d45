"""Network load balancers: they pass on connections, to addresses, instances and application load balancers.

A target sees who asks, where the client's address is kept, else an address of the load balancer; a target's
group may name the load balancer's own group either way.
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.walking import _network_acls as network_acls
from constructs_lib.proof.walking import route_tables
from constructs_lib.proof.walking import security_group_filters as security_groups
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, Carried, carried, in_order
from constructs_lib.proof.walking.parties import Party, Range
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from constructs_lib.proof.model.load_balancing import (
        Listener,
        LoadBalancer,
        Target,
        TargetGroup,
        Way,
    )
    from constructs_lib.proof.model.network import Model

KIND = "network"
_CONNECTIONS = ("TCP", "TLS", "TCP_UDP")
_REFUSED = ("HTTP", "HTTPS")
_REPLACED_BY_DEFAULT = ("TCP", "TLS")
_KINDS = {"service": ("ip",), "carrier": ("ip", "instance"), "load balancer": ("alb",)}


def inner_port(way: Way, port: int) -> int | None:
    """Where a target listens; the listener's port where nothing says it, None where that is open."""
    group, target = way[3], way[4]
    found = target.port if target.port is not None else group.port
    return found if isinstance(found, int) else port if found is None else None


def takes_connections(listener: Listener) -> Answer:
    """Tell whether a listener takes TCP at all."""
    if isinstance(listener.protocol, Unknown):
        return CannotTell(
            listener.address, f"{listener.address}: {listener.protocol} is not in this document"
        )
    if listener.protocol in _REFUSED:
        why = f"{listener.address} takes {listener.protocol}, which AWS refuses on a network load balancer"
        return Blocked(listener.address, why)
    if listener.protocol is not None and listener.protocol not in _CONNECTIONS:
        return Blocked(listener.address, f"{listener.address} takes {listener.protocol}, not TCP")
    return Carried()


def keeps_addresses(group: TargetGroup) -> bool | Unknown:
    """Tell whether the targets of a group see the client's address."""
    if group.kind == "alb":
        return True
    if group.keeps_client_address is not None:
        return group.keeps_client_address
    if isinstance(group.kind, Unknown) or isinstance(group.protocol, Unknown):
        return Unknown(f"{group.address}.preserve_client_ip")
    return group.kind == "instance" or group.protocol not in _REPLACED_BY_DEFAULT


def delivers(
    model: Model,
    balancer: LoadBalancer,
    group: TargetGroup,
    target: Target,
    source: Party,
    port: int,
    *,
    every: bool,
) -> Answer:
    """Tell whether a connection of somebody who gets to a network load balancer gets to a target, too."""
    door, interface = balancer.interface, model.interfaces.get(str(target.thing))
    if interface is None:
        return CannotTell(target.address, f"{target.address}: {target.thing} is not in this document")
    kinds = _KINDS.get(interface.kind, ())
    if isinstance(group.kind, Unknown):
        return CannotTell(group.address, f"{group.address}: {group.kind} is not in this document")
    if group.kind not in kinds:
        needs = " or ".join(kinds) or "another kind of load balancer"
        return Blocked(
            group.address, f"{group.address} has target type {group.kind}; {interface} needs {needs}"
        )
    return in_order(
        (
            security_groups.passes(model, door, interface, port, ingress=False, every=every),
            route_tables.same_vpc(door, interface),
            _admitted(model, door, group, interface, source, port, every),
        )
    )


def _admitted(
    model: Model,
    door: Interface,
    group: TargetGroup,
    target: Interface,
    source: Party,
    port: int,
    every: bool,
) -> Answer:
    keeps = False if source is door else keeps_addresses(group)
    if keeps is False:
        return _from(model, door, target, port, every)
    named = _names_the_door(model, door, target, port)
    as_client = _as_client(model, target, source, port, every) if named is None else named
    if keeps is True:
        return as_client
    as_door = _from(model, door, target, port, every)
    if type(as_client) is type(as_door):
        return as_client
    return CannotTell(
        group.address, f"whether {group.address} keeps addresses ({keeps}) is not in this document"
    )


def _from(model: Model, source: Interface, target: Interface, port: int, every: bool) -> Answer:
    return in_order(
        (
            network_acls.between(model, source, target, port, every=every),
            security_groups.passes(model, target, source, port, ingress=True, every=every),
        )
    )


def _names_the_door(model: Model, door: Interface, target: Interface, port: int) -> Carried | None:
    """A rule for the load balancer's own group lets in what comes through it, whoever asked."""
    for identity in target.groups:
        own = model.groups.get(identity)
        for group in door.groups if own else ():
            for rule in own.ingress.by_group.get(group, ()) if own else ():
                if security_groups.covers_port(rule, port):
                    return carried(f"{target} admits {port} from {door}", rule.address)
    return None


def _as_client(model: Model, target: Interface, source: Party, port: int, every: bool) -> Answer:
    """Ask the target's groups about the client's address: they do not know the groups that it carries."""
    addresses = security_groups.addresses_of(model, source)
    known = tuple(one for one in addresses if not isinstance(one, Unknown))
    if len(known) < len(addresses) or not known:
        where = f"where {source} comes from is not in this document"
        return CannotTell(target.address, f"{target} sees the address of whoever asks, and {where}")
    asking = Range(known, str(source))
    if isinstance(source, Interface):
        filters = network_acls.between(model, source, target, port, every=every)
    else:
        filters = network_acls.inwards(model, target.subnets, known[0], port, every=every)
    return in_order((filters, security_groups.passes(model, target, asking, port, ingress=True, every=every)))
