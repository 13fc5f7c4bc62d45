"""Openings of security groups that nothing declared needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import ALL_PORTS, Cidr, Group, PrefixList, Rule, SecurityGroup
from constructs_lib.proof.model.workloads import Endpoint, Interface
from constructs_lib.proof.walking.addresses import Network, covered
from constructs_lib.proof.walking.outward import prefixes_of
from constructs_lib.proof.walking.parties import AwsService, Party, Prefixes, Range
from constructs_lib.proof.walking.security_group_filters import addresses_of
from constructs_lib.terraform_json.values import Identity, Unknown, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from constructs_lib.proof.model.load_balancing import LoadBalancer
    from constructs_lib.proof.walking.path import Paths

Declared = tuple[Party | str, Party | str, int]
"""Source, target and port of something that is meant to be possible."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A rule, the group that it opens, and why nothing declared needs it. ``sure`` is False for an open
    value.
    """

    rule: str
    group: Identity
    why: str
    sure: bool = True


@dataclass(slots=True)
class _Wanted:
    """What an interface needs to be open to, in one direction and on one port. ``parties`` are addresses of
    interfaces, and groups that stand for whatever carries them.
    """

    parties: set[Identity] = field(default_factory=set)
    ranges: list[Network] = field(default_factory=list)
    prefixes: list[Prefixes] = field(default_factory=list)


class Needs:
    """Collects what declared connections need of the security groups of every interface.

    A rule opens its group for everything that carries it, to everything that carries the other group: it is
    needed only where all of them need it. ``idle`` is what groups may have before anything carries them.
    """

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.wanted: dict[tuple[Identity, bool, int], _Wanted] = {}
        self.idle: dict[tuple[Identity, bool, int], _Wanted] = {}
        self._carriers: dict[Identity, frozenset[str]] = {}

    def connect(self, source: Party | str, target: Party | str, port: int) -> None:
        """Declare one connection, as it would be asked of ``path``."""
        one, other = self.paths.parties.find(source), self.paths.parties.find(target)
        for start, end, at in self._legs(one, other, port):
            if isinstance(start, Interface):
                self._open(start, end, at, ingress=False)
            if isinstance(end, Interface):
                self._open(end, start, at, ingress=True)

    def serve(self, target: Interface, port: int, *, internal: bool) -> None:
        """Declare that the load balancers of a service reach its tasks, whether or not anybody calls it."""
        for balancer, inner in self._behind(target, port):
            if (balancer.internal is True) == internal:
                self._open(balancer.interface, target, inner, ingress=False)
                self._open(target, balancer.interface, inner, ingress=True)

    def open(self, group: Identity, peer: Identity, port: int, *, ingress: bool) -> None:
        """Declare that one group may be open to another one as long as nothing carries one of them."""
        self.idle.setdefault((group, ingress, port), _Wanted()).parties.add(peer)

    def open_to_gateway(self, group: Identity, endpoint: Endpoint, port: int) -> None:
        """Declare that a group may be open to a gateway endpoint's prefix list before anything carries it."""
        self.idle.setdefault((group, False, port), _Wanted()).prefixes.append(prefixes_of(endpoint))

    def carriers(self, group: Identity) -> frozenset[str]:
        """Give the addresses of what carries a group."""
        if group not in self._carriers:
            self._carriers[group] = frozenset(i.address for i in self.paths.model.carriers.get(group, ()))
        return self._carriers[group]

    def _open(self, owner: Interface, peer: Party, port: int, *, ingress: bool) -> None:
        wanted = self.wanted.setdefault((owner.address, ingress, port), _Wanted())
        if isinstance(peer, Interface):
            wanted.parties.add(peer.address)
        if isinstance(peer, Prefixes):
            wanted.prefixes.append(peer)
            return
        known = (n for n in addresses_of(self.paths.model, peer) if not isinstance(n, Unknown))
        wanted.ranges += [network for network in known if network not in wanted.ranges]

    def _legs(self, source: Party, target: Party, port: int) -> Iterator[tuple[Party, Party, int]]:
        """Give the connections between two interfaces of which a way consists."""
        model = self.paths.model
        if isinstance(target, AwsService):
            own = [e for e in model.endpoints.values() if e.service == target.name]
            yield from ((source, _door(endpoint), port) for endpoint in own)
        elif isinstance(target, Interface) and target.kind == "endpoint":
            yield source, _door(model.endpoints[target.address]), port
        elif isinstance(target, Interface) and target.kind in ("function", "service"):
            yield from self._through(source, target, port)
        else:
            yield source, target, port

    def _through(self, source: Party, target: Interface, port: int) -> Iterator[tuple[Party, Party, int]]:
        """Where nothing on the port leads to the target, every load balancer counts as meant."""
        ways = [way for way in self.paths.ways(target.address) if way[1].port == port]
        balancers: dict[str, LoadBalancer] = {way[0].interface.address: way[0] for way in ways}
        for balancer in balancers.values() or self._meant(source):
            yield source, balancer.interface, port
        for balancer, inner in self._behind(target, port):
            yield balancer.interface, target, inner
        if target.kind == "service" and not ways:
            yield source, target, port

    def _behind(self, target: Interface, port: int) -> Iterator[tuple[LoadBalancer, int]]:
        """Give the load balancers that serve a service on a port, and where its tasks listen."""
        for balancer, listener, _, group, held in self.paths.ways(target.address):
            if listener.port == port and target.kind == "service":
                inner = held.port if isinstance(held.port, int) else group.port
                yield balancer, inner if isinstance(inner, int) else port

    def _meant(self, source: Party) -> list[LoadBalancer]:
        balancers = self.paths.model.load_balancers.values()
        return [lb for lb in balancers if (lb.internal is not True) == isinstance(source, Range)]


def _door(endpoint: Endpoint) -> Interface | Prefixes:
    return prefixes_of(endpoint) if endpoint.is_gateway else endpoint.interface


def unused_rules(paths: Paths, needs: Needs) -> tuple[Opening, ...]:
    """Give the rules of the document's groups, inline ones too, that no declared connection needs."""
    groups: Mapping[int, SecurityGroup] = {id(group): group for group in paths.model.groups.values()}
    rules = [rule for group in groups.values() for rule in (*group.ingress.rules, *group.egress.rules)]
    found = (_judge(needs, rule) for rule in rules)
    return tuple(opening for opening in found if opening is not None)


def _judge(needs: Needs, rule: Rule) -> Opening | None:
    what = opening_in_words(rule)
    if (
        isinstance(rule.group, Unknown)
        or isinstance(rule.ports, Unknown)
        or isinstance(rule.protocol, Unknown)
    ):
        value = next(v for v in (rule.group, rule.ports, rule.protocol) if isinstance(v, Unknown))
        return Opening(rule.address, rule.group, f"{what}: {value} is not in this document", sure=False)
    if rule.ports is None:
        return Opening(rule.address, rule.group, f"{what}, and only TCP is declared")
    if rule.ports[0] != rule.ports[1]:
        return Opening(rule.address, rule.group, f"{what}, more than the ports that are declared")
    by_carrier = dict(_by_carrier(needs, rule, rule.ports[0]))
    if all(by_carrier.values()):
        return None
    if None in by_carrier.values() and False not in by_carrier.values():
        return Opening(rule.address, rule.group, f"{what}: that value is not in this document", sure=False)
    if True not in by_carrier.values():
        return Opening(rule.address, rule.group, f"{what}, which nothing declared needs")
    others = [name for name, needed in by_carrier.items() if needed is False]
    return Opening(rule.address, rule.group, f"{what}, which {_few(others)} carries, too, without need")


def _few(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" (and {len(names) - 3} more)" if len(names) > 3 else "")


def _by_carrier(needs: Needs, rule: Rule, port: int) -> Iterator[tuple[str, bool | None]]:
    """Give whether a rule is needed (None: open) by each thing that its group opens, and for each thing
    that the group on the other side lets in.
    """
    key = (rule.ingress, port)
    peers = needs.carriers(rule.peer.identity) if isinstance(rule.peer, Group) else frozenset()
    owners = needs.carriers(rule.group)
    idle = needs.idle.get((rule.group, *key))
    if idle is not None and not (owners and (peers or not isinstance(rule.peer, Group))):
        yield str(rule.group), _needed(rule, idle, frozenset())
        return
    if (rule.group, *key) in needs.wanted:
        yield from _by_peer(str(rule.group), rule, needs.wanted[rule.group, *key], peers)
        return
    for owner in sorted(owners) or [str(rule.group)]:
        yield from _by_peer(owner, rule, needs.wanted.get((owner, *key), _Wanted()), peers)


def _by_peer(
    owner: str, rule: Rule, wanted: _Wanted, peers: frozenset[str]
) -> Iterator[tuple[str, bool | None]]:
    strangers = peers - wanted.parties
    if peers and strangers != peers and not _needed(rule, wanted, frozenset()):
        yield owner, True
        yield from ((stranger, False) for stranger in sorted(strangers))
    else:
        yield owner, _needed(rule, wanted, peers)


def _needed(rule: Rule, wanted: _Wanted, peers: frozenset[str]) -> bool | None:
    match rule.peer:
        case Group(identity=identity):
            if identity in wanted.parties or (peers and peers <= wanted.parties):
                return True
            return None if isinstance(identity, Unknown) else False
        case Cidr(network=network):
            return covered(network, wanted.ranges)
        case PrefixList() as prefixes:
            if any(_means(prefixes, one) for one in wanted.prefixes):
                return True
            return bool(prefixes.networks) and all(
                covered(network, wanted.ranges) for network in prefixes.networks
            )
        case Unknown():
            return None


def _means(prefixes: PrefixList, wanted: Prefixes) -> bool:
    by_service = prefixes.service is not None and prefixes.service == wanted.service
    return by_service or same(prefixes.identity, wanted.identity) is True


def opening_in_words(rule: Rule) -> str:
    """Say what a rule opens: ``lets 8080 in from aws_security_group.storefront``."""
    ports = str(rule.protocol)
    if isinstance(rule.ports, tuple):
        first, last = rule.ports
        ports = (
            "every port"
            if (first, last) == ALL_PORTS
            else str(first)
            if first == last
            else f"{first} to {last}"
        )
    return f"lets {ports} {'in from' if rule.ingress else 'out to'} {rule.peer}"


def needs_of(paths: Paths, declared: Iterable[Declared]) -> Needs:
    """Collect what several declared connections need. Raises LookupError for a name that nothing has."""
    needs = Needs(paths)
    for source, target, port in declared:
        needs.connect(source, target, port)
    return needs
