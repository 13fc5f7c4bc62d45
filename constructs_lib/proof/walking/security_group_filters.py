"""Asks security groups whether they let something through. They are stateful: only who opens matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import Cidr, Group, Model, PrefixList, Rule, SecurityGroup
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.walking.addresses import EVERYWHERE, Network, covered, is_public, meets
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, carried
from constructs_lib.proof.walking.parties import AwsService, Party, Prefixes, Range
from constructs_lib.terraform_json.values import Identity, Unknown, same

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 5


@dataclass(slots=True)
class _Finding:
    """The rules that match for sure, those that give ranges, and what stays open."""

    sure: list[str] = field(default_factory=list)
    ranges: list[tuple[Network, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def passes(
    model: Model, owner: Interface, peer: Party, port: int, *, ingress: bool, every: bool = True
) -> Answer:
    """Tell whether the groups of ``owner`` let TCP ``port`` in from, or out to, ``peer``.

    every: all addresses of the peer have to be let through; else one is enough.
    """
    if owner.address in model.strays:
        return Blocked(owner.address, model.strays[owner.address])
    if is_unfiltered(owner):
        return carried(f"{owner} carries no security group, so it filters nothing", owner.address)
    finding = _look(model, owner, peer, port, ingress)
    addresses = finding.sure or _by_range(model, finding, peer, every)
    if addresses is True:
        finding.doubts.append(f"{owner}: the addresses of {peer} are not in this document")
    elif addresses:
        verb = "admits" if ingress else "lets out"
        return carried(f"{owner} {verb} {port} {'from' if ingress else 'to'} {peer}", *addresses)
    if finding.doubts:
        return CannotTell(owner.address, finding.doubts[0])
    return Blocked(owner.address, why_not(model, owner, peer, port, ingress=ingress))


def is_unfiltered(owner: Interface) -> bool:
    """Tell whether a thing may carry no security group, and carries none: a network load balancer."""
    return owner.kind == "load balancer" and not owner.groups


def _look(model: Model, owner: Interface, peer: Party, port: int, ingress: bool) -> _Finding:
    finding = _Finding()
    for identity in owner.groups:
        group = model.groups.get(identity)
        if group is None or not group.complete:
            finding.doubts.append(_foreign(owner, identity, peer, port, ingress))
        if group is not None:
            _look_in(model, group, peer, port, ingress, finding)
        if finding.sure:
            return finding
    for rule in model.loose_rules:
        if (
            rule.ingress == ingress
            and rule.group not in owner.groups
            and covers_port(rule, port) is not False
        ):
            finding.doubts.append(
                f"{rule.address} opens {port} in {rule.group}, which may be a group of {owner}"
            )
    return finding


def _foreign(owner: Interface, identity: Identity, peer: Party, port: int, ingress: bool) -> str:
    groups = f" ({', '.join(map(str, peer.groups))})" if isinstance(peer, Interface) and peer.groups else ""
    do = f"admits {port} from" if ingress else f"lets out {port} to"
    whose = "" if str(identity) == str(owner) else f", which {owner} carries,"
    return f"{identity}{whose} exists outside of this document; make sure that it {do} {peer}{groups}"


def _look_in(
    model: Model, group: SecurityGroup, peer: Party, port: int, ingress: bool, finding: _Finding
) -> None:
    rules = group.rules(ingress=ingress)
    if isinstance(peer, Interface):
        for identity in peer.groups:
            if isinstance(identity, Unknown) and rules.by_group:
                finding.doubts.append(f"{peer} carries {identity}, which only an apply can know")
            for rule in rules.by_group.get(identity, ()):
                _take(rule, port, finding)
    for rule in rules.others:
        if covers_port(rule, port) is not False:
            _look_at(model, rule, peer, port, finding)


def _take(rule: Rule, port: int, finding: _Finding) -> None:
    covers = covers_port(rule, port)
    if covers:
        finding.sure.append(rule.address)
    elif covers is None:
        finding.doubts.append(f"{rule.address}: its ports ({rule.ports}) are not in this document")


def _look_at(model: Model, rule: Rule, peer: Party, port: int, finding: _Finding) -> None:
    match rule.peer:
        case Unknown(text=text):
            finding.doubts.append(f"{rule.address}: {text} is not in this document")
        case Group(identity=identity) if isinstance(peer, Interface):
            if identity in peer.groups:
                _take(rule, port, finding)
            else:
                finding.doubts.append(f"{rule.address}: {identity} is not in this document")
        case Cidr(network=network):
            _take_range(model, rule, peer, port, (network,), finding)
        case PrefixList() as prefixes:
            _look_at_prefixes(model, rule, prefixes, peer, port, finding)


def _look_at_prefixes(
    model: Model, rule: Rule, prefixes: PrefixList, peer: Party, port: int, finding: _Finding
) -> None:
    if isinstance(peer, Prefixes):
        if _same_prefixes(prefixes, peer):
            _take(rule, port, finding)
        elif prefixes.service is None and not prefixes.networks:
            finding.doubts.append(f"{rule.address}: {prefixes} may or may not be that of {peer}")
    elif prefixes.networks:
        _take_range(model, rule, peer, port, prefixes.networks, finding)
    elif prefixes.service is None or (isinstance(peer, Range) and rule.ingress):
        finding.doubts.append(f"{rule.address}: the ranges of {prefixes} are not in this document")


def _may_hold(networks: tuple[Network, ...], address: Network | Unknown) -> bool:
    return isinstance(address, Unknown) or any(meets(address, network) for network in networks)


def _same_prefixes(prefixes: PrefixList, peer: Prefixes) -> bool:
    by_service = prefixes.service is not None and prefixes.service == peer.service
    return by_service or same(prefixes.identity, peer.identity) is True


def _take_range(
    model: Model, rule: Rule, peer: Party, port: int, networks: tuple[Network, ...], finding: _Finding
) -> None:
    if covers_port(rule, port):
        finding.ranges += [(network, rule.address) for network in networks]
    elif any(_may_hold(networks, address) for address in addresses_of(model, peer)):
        finding.doubts.append(f"{rule.address}: its ports ({rule.ports}) are not in this document")


def _by_range(model: Model, finding: _Finding, peer: Party, every: bool) -> list[str] | bool:
    """Give the rules whose ranges hold the peer; True where the peer's addresses are open, else False."""
    wanted, ranges = addresses_of(model, peer), finding.ranges
    if isinstance(peer, Range) and any(is_public(n, model.own_ranges) for n in peer.networks) and not every:
        ranges = [(own, address) for own, address in ranges if is_public(own, model.own_ranges)]
    networks = [own for own, _ in ranges]
    if not networks:
        return False
    if EVERYWHERE in networks:
        wanted = [n for n in wanted if not isinstance(n, Unknown) and n.version == 6]
        if not wanted:
            return [address for own, address in ranges if own == EVERYWHERE]
    known = [n for n in wanted if not isinstance(n, Unknown)]
    held = [covered(n, networks) if every else any(meets(n, own) for own in networks) for n in known]
    if every and not all(held):
        return False
    if len(known) < len(wanted) and (every or not any(held)):
        return True
    if not any(held):
        return False
    return list(dict.fromkeys(address for own, address in ranges if any(meets(own, n) for n in known)))


def addresses_of(model: Model, peer: Party) -> list[Network | Unknown]:
    """Give the addresses that a party can have."""
    if isinstance(peer, Range):
        return list(peer.networks)
    if isinstance(peer, Prefixes | AwsService):
        return [EVERYWHERE]
    found = [model.subnets[subnet].cidr for subnet in peer.subnets if subnet in model.subnets]
    missing = [Unknown(f"{subnet}.cidr_block") for subnet in peer.subnets if subnet not in model.subnets]
    return [*found, *missing] or [Unknown(f"the addresses of {peer}")]


def covers_port(rule: Rule, port: int) -> bool | None:
    """Tell whether the rule opens a TCP port; None where its ports are open values."""
    if isinstance(rule.ports, Unknown):
        return None
    return rule.ports is not None and rule.ports[0] <= port <= rule.ports[1]


def rules_on(model: Model, owner: Interface, port: int, *, ingress: bool) -> Iterator[Rule]:
    """Give the rules of an interface's groups that open, or may open, a port."""
    for identity in owner.groups:
        group = model.groups.get(identity)
        for rule in group.rules(ingress=ingress).rules if group else ():
            if covers_port(rule, port) is not False:
                yield rule


def why_not(model: Model, owner: Interface, peer: Party, port: int, *, ingress: bool) -> str:
    """Say what is let through instead."""
    peers = list(dict.fromkeys(str(rule.peer) for rule in rules_on(model, owner, port, ingress=ingress)))
    carries = ""
    if isinstance(peer, Interface) and peer.kind != "security group":
        carries = f"; {peer} carries {' and '.join(map(str, peer.groups)) or 'no security group'}"
    if not peers:
        elsewhere = _other_ports(model, owner, peer, ingress)
        verb = f"admits nothing on {port}" if ingress else f"lets nothing out on {port}"
        return f"{owner} {verb}{elsewhere}"
    shown = " and ".join(peers[:_SHOWN]) + (f" and {len(peers) - _SHOWN} more" if len(peers) > _SHOWN else "")
    verb, preposition = ("admits", "from") if ingress else ("lets out", "to")
    return f"{owner} {verb} {port} only {preposition} {shown}{carries or f', not {preposition} {peer}'}"


def _other_ports(model: Model, owner: Interface, peer: Party, ingress: bool) -> str:
    """Say on which other ports the same peer is let through: the usual mistake is a wrong port."""
    if not isinstance(peer, Interface):
        return ""
    found: list[str] = []
    for identity in owner.groups:
        group = model.groups.get(identity)
        for other in peer.groups if group else ():
            found += (
                [_ports(rule) for rule in group.rules(ingress=ingress).by_group.get(other, ())]
                if group
                else []
            )
    do = "admits" if ingress else "lets out"
    return (
        f"; {'from' if ingress else 'to'} {peer} it {do} {', '.join(dict.fromkeys(found))}" if found else ""
    )


def _ports(rule: Rule) -> str:
    if not isinstance(rule.ports, tuple):
        return str(rule.ports or rule.protocol)
    first, last = rule.ports
    return str(first) if first == last else f"{first} to {last}"
