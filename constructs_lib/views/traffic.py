"""The arrows of the picture: who reaches whom, as the proof found it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from constructs_lib.figures.internet import HTTPS
from constructs_lib.proof.model.load_balancing import Listener, LoadBalancer
from constructs_lib.proof.model.network import ALL_PORTS, Cidr, Group, PrefixList, Rule
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.reachability import Reachability
from constructs_lib.proof.walking import delivery
from constructs_lib.proof.walking.addresses import is_public
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, Carried
from constructs_lib.proof.walking.exposures import sources_of
from constructs_lib.proof.walking.parties import Party, Prefixes, Range, internet
from constructs_lib.proof.walking.security_group_filters import rules_on
from constructs_lib.terraform_json.values import Unknown

INTERNET = "internet"


@dataclass(frozen=True, slots=True)
class Arrow:
    """One connection that gets through, or of which the document cannot tell (``answer``).

    source, target: a Terraform address, the id of a thing that exists elsewhere, a range, or ``internet``.
    A load balancer is meant by the address of its listener. port: the TCP port as text, a range as
    ``8000-8080``; ``invoke`` for a function that a load balancer invokes.
    """

    source: str
    target: str
    port: str
    answer: Carried | CannotTell

    @property
    def sure(self) -> bool:
        """Tell whether the document alone shows that it gets through."""
        return isinstance(self.answer, Carried)


class Traffic:
    """Who reaches whom in one document."""

    def __init__(self, reachability: Reachability) -> None:
        self.model, self.paths = reachability.model, reachability.paths
        self.arrivals = reachability.arrivals

    @cached_property
    def entries(self) -> tuple[Arrow, ...]:
        """Give who gets to each listener: workloads, security groups that exist elsewhere, ranges."""
        return tuple(
            arrow for balancer, listener in self._listeners() for arrow in self._enter(balancer, listener)
        )

    def _listeners(self) -> Iterator[tuple[LoadBalancer, Listener]]:
        for balancer in self.model.load_balancers.values():
            yield from ((balancer, listener) for listener in balancer.listeners)

    def _enter(self, balancer: LoadBalancer, listener: Listener) -> Iterator[Arrow]:
        door, port = balancer.interface, listener.port
        if not isinstance(port, int):
            return
        for name, source in self._ranges(balancer, port):
            yield from _arrow(
                name, listener.address, str(port), self.paths.enters(source, balancer, port, False)
            )
        if balancer.internal is not True:
            return  # its name gives public addresses: who reaches the internet comes from there
        for arrival in self.arrivals.at(door, port):
            yield Arrow(arrival.source, listener.address, str(port), arrival.answer)

    def _ranges(self, balancer: LoadBalancer, port: int) -> Iterator[tuple[str, Range]]:
        """Ranges that the rules name; inside the VPC the workloads stand for them."""
        door = balancer.interface
        for text in sources_of(self.paths, door, port):
            try:
                source = internet(text)
            except ValueError:
                continue
            yield (INTERNET if str(source) == str(internet()) else str(source)), source
        for rule in rules_on(self.model, door, port, ingress=True):
            if isinstance(rule.peer, Cidr) and not is_public(rule.peer.network, self.model.own_ranges):
                yield str(rule.peer.network), Range((rule.peer.network,), str(rule.peer.network))

    @cached_property
    def deliveries(self) -> tuple[Arrow, ...]:
        """Give where each listener forwards: from its address to the workload's."""
        found: dict[tuple[str, str], Arrow] = {}
        for thing in (*self.model.functions, *self.model.services):
            for balancer, listener, rule, group, target in self.paths.ways(thing):
                inner = target.port if isinstance(target.port, int) else group.port
                port = (
                    inner
                    if isinstance(inner, int)
                    else listener.port
                    if isinstance(listener.port, int)
                    else HTTPS
                )
                label = "invoke" if thing in self.model.functions else str(port)
                chosen = delivery.chosen(listener, rule, group.address, self.paths.shadow(listener, rule))
                answer = delivery.delivers(self.model, balancer, group, target, port, every=False)
                for arrow in _arrow(listener.address, thing, label, _both(chosen, answer)):
                    found.setdefault((arrow.source, arrow.target), arrow)
        return tuple(found.values())

    @cached_property
    def exits(self) -> tuple[Arrow, ...]:
        """Give what workloads reach besides load balancers: endpoints, the internet, anything else."""
        found: dict[tuple[str, str, str], Arrow] = {}
        for source in self.arrivals.workloads:
            for arrow in (*self._to_gateways(source), *self._outward(source)):
                found.setdefault((arrow.source, arrow.target, arrow.port), arrow)
        for endpoint in self.model.endpoints.values():
            for arrival in () if endpoint.is_gateway else self.arrivals.at(endpoint.interface, HTTPS):
                arrow = Arrow(arrival.source, arrival.target, str(HTTPS), arrival.answer)
                found.setdefault((arrow.source, arrow.target, arrow.port), arrow)
        return tuple(found.values())

    def _to_gateways(self, source: Interface) -> Iterator[Arrow]:
        if source.vpc is None:
            return
        for endpoint in self.model.endpoints.values():
            if endpoint.is_gateway:
                door = endpoint.interface
                answer = self.paths.path(source, door, HTTPS, through="any")
                yield from _arrow(source.address, door.address, str(HTTPS), answer)

    def _outward(self, source: Interface) -> Iterator[Arrow]:
        groups = (self.model.groups.get(identity) for identity in source.groups)
        for rule in (rule for group in groups if group for rule in group.egress.rules):
            for name, target in self._peers(rule):
                port = rule.ports[0] if isinstance(rule.ports, tuple) else HTTPS
                answer = self.paths.path(source, target, port or HTTPS, through="any")
                yield from _arrow(source.address, name, ports_in_words(rule), answer)

    def _peers(self, rule: Rule) -> Iterator[tuple[str, Party]]:
        """What a rule leads to; load balancers and endpoints have arrows of their own."""
        match rule.peer:
            case Cidr(network=network):
                name = INTERNET if network.prefixlen == 0 else str(network)
                yield (
                    name,
                    internet() if name == INTERNET and network.version == 4 else Range((network,), name),
                )
            case PrefixList(identity=identity, service=service) if service is None:
                yield str(identity), Prefixes(identity)
            case Group(identity=identity):
                carriers = self.model.carriers.get(identity, ())
                yield from ((one.address, one) for one in carriers if one.kind == "service")
                is_elsewhere = not carriers and identity not in self.model.interfaces
                if is_elsewhere and not isinstance(identity, Unknown):
                    yield str(identity), self.paths.parties.group(identity)


def _arrow(source: str, target: str, port: str, answer: Answer) -> Iterator[Arrow]:
    if not isinstance(answer, Blocked):
        yield Arrow(source, target, port, answer)


def _both(one: Answer, other: Answer) -> Answer:
    return next((a for kind in (Blocked, CannotTell) for a in (one, other) if isinstance(a, kind)), other)


def ports_in_words(rule: Rule) -> str:
    """Give the ports of a rule as ``443``, ``8000-8080`` or ``all``; the protocol where it is not TCP."""
    if not isinstance(rule.ports, tuple):
        return str(rule.protocol)
    first, last = rule.ports
    return "all" if rule.ports == ALL_PORTS else str(first) if first == last else f"{first}-{last}"
