"""Everything that the internet reaches, with the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.figures import principals
from constructs_lib.figures.internet import ANYWHERE_IPV4, ANYWHERE_IPV6, HTTPS
from constructs_lib.proof.model.network import Cidr, PrefixList, Rule
from constructs_lib.proof.walking import _listeners as listeners
from constructs_lib.proof.walking import delivery, network_load_balancers
from constructs_lib.proof.walking import security_group_filters as security_groups
from constructs_lib.proof.walking.addresses import EVERYWHERE, EVERYWHERE_IPV6, is_public
from constructs_lib.proof.walking.answers import Blocked, CannotTell, Carried, carried, in_order
from constructs_lib.proof.walking.parties import internet
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import Listener, LoadBalancer, Way
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.proof.walking.answers import Answer
    from constructs_lib.proof.walking.parties import Range
    from constructs_lib.proof.walking.path import Paths


@dataclass(frozen=True, slots=True)
class Exposure:
    """Something that the internet reaches.

    target: the Terraform address. port: the TCP port that is asked, None for any. sources: the ranges let in.
    requests: which requests lead there, in words. answer: the way, or why this document cannot tell.
    around: whether the way leads around every load balancer.
    """

    target: str
    port: int | None
    sources: tuple[str, ...]
    requests: str
    answer: Carried | CannotTell
    around: bool = False


def exposures(paths: Paths) -> tuple[Exposure, ...]:
    """Give everything that somebody on the internet reaches, or may reach; no address is let in without a
    line here.
    """
    return (
        *_through_load_balancers(paths),
        *_directly(paths),
        *_function_urls(paths),
        *_invocations(paths),
        *_beside(paths),
    )


def _through_load_balancers(paths: Paths) -> Iterator[Exposure]:
    for balancer in paths.model.load_balancers.values():
        if balancer.internal is True:
            continue
        for listener in balancer.listeners:
            if isinstance(listener.port, int):
                yield from _listener(paths, balancer, listener, listener.port)
            else:
                why = f"{listener.address}: its port is not in this document"
                yield Exposure(balancer.interface.address, None, (), "", CannotTell(listener.address, why))


def _listener(paths: Paths, balancer: LoadBalancer, listener: Listener, port: int) -> Iterator[Exposure]:
    for everywhere in (EVERYWHERE, EVERYWHERE_IPV6):
        entered = paths.enters(internet(str(everywhere)), balancer, port, every=False)
        if not isinstance(entered, Blocked):
            yield from _behind(paths, balancer, listener, port, entered, everywhere.version)


def _behind(
    paths: Paths,
    balancer: LoadBalancer,
    listener: Listener,
    port: int,
    entered: Carried | CannotTell,
    version: int,
    *,
    around: bool = False,
) -> Iterator[Exposure]:
    asked = listener.port if around and isinstance(listener.port, int) else port
    sources = sources_of(paths, balancer.interface, asked, version)
    yield Exposure(balancer.interface.address, port, sources, "", entered, around=around)
    everywhere = _everywhere(version)
    for rule in listener.rules:
        taken = delivery.takes_from(paths.model, rule, everywhere, every=False)
        if isinstance(taken, Blocked):
            continue
        for identity, _ in rule.action.targets:
            group = paths.model.target_groups.get(identity)
            chosen = delivery.chosen(listener, rule, identity, paths.shadow(listener, rule))
            if group is None:
                answer = in_order((entered, chosen, _open_target(rule.address, str(identity))))
                if isinstance(answer, CannotTell):
                    yield Exposure(str(identity), port, sources, listeners.in_words(rule), answer)
                continue
            reached = in_order((entered, taken, chosen))
            if not isinstance(reached, Blocked):
                for target in group.targets:
                    way = balancer, listener, rule, group, target
                    yield from _target(paths, way, port, reached, sources, version, around)


def _target(
    paths: Paths,
    way: Way,
    port: int,
    reached: Carried | CannotTell,
    sources: tuple[str, ...],
    version: int,
    around: bool,
) -> Iterator[Exposure]:
    """Give one target of a rule that somebody on the internet gets to, and what stands behind it."""
    balancer, _, rule, group, target = way
    is_network = balancer.kind == network_load_balancers.KIND
    behind = paths.model.load_balancers.get(target.thing)
    if behind is not None and not is_network:
        yield from _fronted(paths, balancer, str(target.thing), port, sources)
        return
    inner = target.port if isinstance(target.port, int) else group.port
    container = inner if isinstance(inner, int) else port
    answer = in_order((reached, _delivered(paths, way, container, version)))
    if isinstance(answer, Blocked):
        return
    if behind is not None:
        yield from _inside(paths, behind, container, port, answer, version)
        return
    own = (_seen(paths, way, container, version) if is_network else ()) or sources
    yield Exposure(str(target.thing), port, own, listeners.in_words(rule), answer, around=around)


def _everywhere(version: int) -> Range:
    return internet(str(EVERYWHERE if version == 4 else EVERYWHERE_IPV6))


def _delivered(paths: Paths, way: Way, port: int, version: int) -> Answer:
    balancer, listener, _, group, target = way
    if balancer.kind != network_load_balancers.KIND:
        return delivery.delivers(paths.model, balancer, group, target, port, every=False)
    takes = network_load_balancers.takes_connections(listener)
    if isinstance(takes, Blocked) and "UDP" in str(listener.protocol):
        takes = CannotTell(takes.hop, f"{takes.why}, and this proof follows TCP only")
    delivered = network_load_balancers.delivers(
        paths.model, balancer, group, target, _everywhere(version), port, every=False
    )
    return in_order((takes, delivered))


def _seen(paths: Paths, way: Way, port: int, version: int) -> tuple[str, ...]:
    """Give the ranges that a target admits of its own, where it sees the client's address."""
    _, _, _, group, target = way
    interface = paths.model.interfaces.get(str(target.thing))
    if interface is None or network_load_balancers.keeps_addresses(group) is not True:
        return ()
    return sources_of(paths, interface, port, version)


def _inside(
    paths: Paths,
    balancer: LoadBalancer,
    inner: int,
    port: int,
    entered: Carried | CannotTell,
    version: int,
) -> Iterator[Exposure]:
    """Give what an application load balancer shows to who gets to it through a network one."""
    found = [listener for listener in balancer.listeners if listener.port in (inner, None)]
    found += [listener for listener in balancer.listeners if isinstance(listener.port, Unknown)]
    for listener in found:
        yield from _behind(paths, balancer, listener, port, entered, version, around=True)
    if not found:
        sources = sources_of(paths, balancer.interface, inner, version)
        yield Exposure(balancer.interface.address, port, sources, "", entered, around=True)


def _fronted(
    paths: Paths, front: LoadBalancer, behind: str, port: int, sources: tuple[str, ...]
) -> Iterator[Exposure]:
    """A network load balancer before an application one: it, and all that it serves, may be reached."""
    balancer = paths.model.load_balancers[behind]
    groups = {
        identity: paths.model.target_groups.get(identity)
        for listener in balancer.listeners
        for rule in listener.rules
        for identity, _ in rule.action.targets
    }
    served = [str(target.thing) for group in groups.values() if group for target in group.targets]
    for thing in (behind, *dict.fromkeys(served)):
        why = f"{front.interface} is a {front.kind} load balancer that leads to {behind}"
        yield Exposure(thing, port, sources, "", CannotTell(front.interface.address, why), around=True)


def _open_target(address: str, target: str) -> CannotTell:
    return CannotTell(address, f"{address} forwards to {target}, which is not in this document")


def sources_of(paths: Paths, interface: Interface, port: int, version: int = 4) -> tuple[str, ...]:
    """Give the ranges of the internet (IPv4 or IPv6), and prefix lists, that an interface's groups admit
    to a port.
    """
    if security_groups.is_unfiltered(interface):
        return (ANYWHERE_IPV4 if version == 4 else ANYWHERE_IPV6,)
    rules = security_groups.rules_on(paths.model, interface, port, ingress=True)
    return tuple(dict.fromkeys(source for rule in rules for source in _public_sources(paths, rule, version)))


def _public_sources(paths: Paths, rule: Rule, version: int = 4) -> Iterator[str]:
    if isinstance(rule.peer, Cidr):
        network = rule.peer.network
        public = is_public(network, paths.model.own_ranges)
        yield from [str(network)] if public and network.version == version else ()
    elif isinstance(rule.peer, PrefixList):
        yield from map(str, rule.peer.networks or (rule.peer,))
    elif isinstance(rule.peer, Unknown):
        yield str(rule.peer)


def _directly(paths: Paths) -> Iterator[Exposure]:
    """Tasks, instances and whatever else has public addresses."""
    services = (service.interface for service in paths.model.services.values())
    for interface in (*services, *paths.model.carried.values()):
        if interface.public_address is False:
            continue
        for port in sorted(_open_ports(paths, interface)):
            answer = paths.path(internet(), interface, port, through="any")
            if not isinstance(answer, Blocked):
                sources = sources_of(paths, interface, port)
                yield Exposure(interface.address, port, sources, "", answer, around=True)


def _open_ports(paths: Paths, interface: Interface) -> set[int]:
    """The first port of each rule that lets the internet in stands for all of them."""
    groups = (paths.model.groups.get(identity) for identity in interface.groups)
    rules = (rule for group in groups if group for rule in group.ingress.rules)
    return {
        rule.ports[0] for rule in rules if isinstance(rule.ports, tuple) and any(_public_sources(paths, rule))
    }


def _beside(paths: Paths) -> Iterator[Exposure]:
    """Ways in that this proof does not follow: to load balancers, target groups, listeners and functions."""
    model = paths.model
    doors = {address: address for address in (*model.functions, *map(str, model.target_groups))}
    doors |= {
        balancer.interface.address: balancer.interface.address for balancer in model.load_balancers.values()
    }
    doors |= {listener.address: str(listener.load_balancer) for listener in model.listeners.values()}
    doors |= {alias: str(function) for alias, function in model.aliases.items()}
    for bystander in model.bystanders:
        for touched in sorted(bystander.touches & doors.keys()):
            why = f"{bystander} {bystander.what}, and refers to {touched}"
            yield Exposure(doors[touched], None, (), "", CannotTell(bystander.address, why), around=True)


def _function_urls(paths: Paths) -> Iterator[Exposure]:
    for url in paths.model.function_urls:
        if url.authorization == "AWS_IAM":
            continue
        sentence = f"{url.address} gives {url.function} an address on the internet without authorization"
        answer: Carried | CannotTell = carried(sentence, url.address)
        if isinstance(url.authorization, Unknown):
            answer = CannotTell(url.address, f"{url.address}: {url.authorization} is not in this document")
        yield Exposure(str(url.function), HTTPS, (ANYWHERE_IPV4,), "", answer, around=True)


def _invocations(paths: Paths) -> Iterator[Exposure]:
    """Permissions that let everybody, or an API, call a function without any load balancer of the
    document.
    """
    for permission in (one for own in paths.model.permissions.values() for one in own):
        if permission.principal == "*" and permission.source_arn is None:
            answer: Carried | CannotTell = carried(
                f"{permission.address} lets everybody with an AWS account invoke {permission.function}",
                permission.address,
            )
        elif permission.principal == principals.API_GATEWAY:
            invokes = f"{permission.address} lets an API Gateway invoke {permission.function}"
            why = f"{invokes}; who may call that is not in this document"
            answer = CannotTell(permission.address, why)
        else:
            continue
        yield Exposure(str(permission.function), HTTPS, (ANYWHERE_IPV4,), "", answer, around=True)
