"""Asks network ACLs, where the document has any. They are stateless: the answer's way back counts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.figures.vpc import EPHEMERAL_PORTS
from constructs_lib.proof.walking.addresses import EVERYWHERE, Network, meets, within
from constructs_lib.proof.walking.answers import (
    Answer,
    Blocked,
    CannotTell,
    Carried,
    any_of,
    carried,
    in_order,
)
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from constructs_lib.proof.model.network import AclEntry, Model, NetworkAcl, Ports
    from constructs_lib.proof.model.workloads import Interface


def between(model: Model, source: Interface, target: Interface, port: int, *, every: bool) -> Answer:
    """Tell whether the subnets of two interfaces may exchange packets; inside one subnet no ACL is asked."""
    if not model.acls:
        return Carried()
    pairs = [(one, other) for one in source.subnets for other in target.subnets]
    return _joined([_pair(model, one, other, port) for one, other in pairs], every)


def towards(
    model: Model, subnets: tuple[Identity, ...], destination: Network, port: int, *, every: bool
) -> Answer:
    """Tell whether the subnets may ask a port outside of the VPC."""
    if not model.acls:
        return Carried()
    return _joined([in_order(_asking(model, subnet, destination, port)) for subnet in subnets], every)


def inwards(
    model: Model, subnets: tuple[Identity, ...], source: Network, port: int, *, every: bool
) -> Answer:
    """Tell whether the subnets may be asked on a port from outside of the VPC."""
    if not model.acls:
        return Carried()
    return _joined([in_order(_answering(model, subnet, source, port)) for subnet in subnets], every)


def _joined(answers: list[Answer], every: bool) -> Answer:
    if not answers:
        return Carried()
    if not every:
        return any_of(answers, otherwise=Blocked("", ""))
    whole = in_order(answers)
    return Carried(tuple(dict.fromkeys(whole.hops))) if isinstance(whole, Carried) else whole


def _pair(model: Model, one: Identity, other: Identity, port: int) -> Answer:
    if one == other:
        return Carried()
    asking = _asking(model, one, _cidr(model, other), port)
    return in_order((*asking, *_answering(model, other, _cidr(model, one), port)))


def _cidr(model: Model, subnet: Identity) -> Network:
    """An open range counts as everywhere: then only an ACL that is the same for all addresses lets
    through.
    """
    found = model.subnets[subnet].cidr if subnet in model.subnets else EVERYWHERE
    return EVERYWHERE if isinstance(found, Unknown) else found


def _asking(model: Model, subnet: Identity, far: Network, port: int) -> tuple[Answer, ...]:
    return _asked(model, subnet, True, far, (port, port)), _asked(model, subnet, False, far, EPHEMERAL_PORTS)


def _answering(model: Model, subnet: Identity, far: Network, port: int) -> tuple[Answer, ...]:
    return _asked(model, subnet, False, far, (port, port)), _asked(model, subnet, True, far, EPHEMERAL_PORTS)


def _asked(model: Model, identity: Identity, egress: bool, far: Network, ports: Ports) -> Answer:
    subnet = model.subnets.get(identity)
    if subnet is None or subnet.acl is None:
        return Carried()
    acl = model.acls.get(subnet.acl)
    if acl is None:
        return CannotTell(str(subnet.acl), f"{subnet.acl}, which filters {identity}, is not in this document")
    verdict = decides(acl, egress, far, ports)
    which = str(ports[0]) if ports[0] == ports[1] else f"answers ({ports[0]} to {ports[1]})"
    what = f"{which} {'out of' if egress else 'into'} {identity} {'to' if egress else 'from'} {far}"
    if verdict is None:
        return CannotTell(
            acl.address, f"{acl.address} lets a part of {what}, or its entries are not in this document"
        )
    return (
        carried(f"{acl.address} lets {what}", acl.address)
        if verdict
        else Blocked(acl.address, f"{acl.address} does not let {what}")
    )


def decides(acl: NetworkAcl, egress: bool, far: Network, ports: Ports) -> bool | None:
    """Tell what the ACL does with all TCP packets of a range and ports; None where that differs or is
    open.
    """
    partial: bool | None = None
    for entry in acl.entries:
        if entry.egress is (not egress) or entry.tcp is False:
            continue
        share = _share(entry, far, ports)
        if share == "none":
            continue
        if share == "open" or isinstance(entry.allow, Unknown) or isinstance(entry.number, Unknown):
            return None
        if share == "all":
            return entry.allow if partial is None or partial == entry.allow else None
        if partial is not None and partial != entry.allow:
            return None
        partial = entry.allow
    return False if not partial else None


def _share(entry: AclEntry, far: Network, ports: Ports) -> str:
    """Tell how much of the packets an entry decides: all, some, none, or open."""
    if isinstance(entry.ports, Unknown) or isinstance(entry.cidr, Unknown) or isinstance(entry.tcp, Unknown):
        return "open"
    if isinstance(entry.egress, Unknown):
        return "open"
    first, last = entry.ports
    if entry.cidr is None or not meets(entry.cidr, far) or last < ports[0] or ports[1] < first:
        return "none"
    return "all" if within(far, entry.cidr) and first <= ports[0] and ports[1] <= last else "some"
