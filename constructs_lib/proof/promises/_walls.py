"""The promises that nothing else gets through."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from constructs_lib.environment.service_start import reaches_internet
from constructs_lib.figures.internet import HTTPS
from constructs_lib.problem_words import listed
from constructs_lib.proof.model.network import Cidr, Peer, PrefixList, Rule
from constructs_lib.proof.promises._exposures import exposure_promises
from constructs_lib.proof.promises._routes import only_routes
from constructs_lib.proof.promises._triggers import Triggers
from constructs_lib.proof.promises.promise import Promise, standing
from constructs_lib.proof.promises.ways import workload_of
from constructs_lib.proof.walking import outward, route_tables
from constructs_lib.proof.walking.addresses import Network, covered, is_public, network
from constructs_lib.proof.walking.answers import Blocked, CannotTell, Carried, carried
from constructs_lib.proof.walking.arrivals import Arrivals
from constructs_lib.proof.walking.by_iam import IamWays
from constructs_lib.proof.walking.openings import Needs, Opening, unused_rules
from constructs_lib.proof.walking.parties import Range, internet
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment import Environment, Workload
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.proof.walking.path import Paths

Breaches = list[tuple[str, Carried | CannotTell]]


class Walls:
    """Proves what must not get through."""

    def __init__(self, environment: Environment, paths: Paths, needs: Needs) -> None:
        self.environment, self.paths, self.needs = environment, paths, needs
        self.arrivals = Arrivals(paths)
        self.iam = IamWays(paths.model)
        self.triggers = Triggers(environment, paths)
        self.workloads = {
            name: interface
            for name in environment.workloads
            if (interface := workload_of(paths.parties, name)) is not None
        }
        self.bystanders = paths.bystanders
        self._public_subnets: dict[Identity, list[Carried | CannotTell]] = {}
        self._addressed: dict[tuple[str, ...], frozenset[str]] = {}
        self._sharing: dict[tuple[str, int], tuple[str, ...]] = {}

    def all(self) -> Iterator[Promise]:
        """Give the promises in the order of the environment file."""
        for name, interface in self.workloads.items():
            workload = self.environment.workloads[name]
            if workload.exposure != "public":
                yield self._closed(name, interface, workload)
            if workload.exposure == "public" and interface.kind == "function":
                yield standing(
                    "closed",
                    name,
                    f"only {listed(('load balancers', *self.triggers.named(name)))} invoke {name}",
                    self._by_iam(interface, self.triggers.admitted(name, interface)),
                    self.bystanders.doubts(self.bystanders.invoked(interface)),
                )
            if workload.exposure != "none":
                yield only_routes(self.environment, self.paths, name, interface, workload)
            if not reaches_internet(self.environment, name):
                yield self._offline(name, interface, workload)
        yield from self._private()
        yield from exposure_promises(self.environment, self.paths, self.workloads)
        yield from self._openings()
        yield from self._references()

    def _closed(self, name: str, target: Interface, workload: Workload) -> Promise:
        callers = self._callers(name, workload)
        allowed = self._addresses(callers)
        breaches: Breaches = []
        for port, door in self.arrivals.doors(target):
            for arrival in self.arrivals.at(door, port):
                if arrival.source in allowed:
                    continue
                interfaces, parties = self.paths.model.interfaces, self.paths.parties
                source = interfaces.get(arrival.source) or parties.group(arrival.source)
                answer = self.paths.path(source, target, port, through="any")
                if isinstance(answer, Carried):
                    breaches.append((f"{source} reaches it on {port}, too", answer))
                elif isinstance(answer, CannotTell):
                    breaches.append((f"{source} may reach it on {port}: {answer.why}", answer))
        breaches += self._by_iam(target, allowed | self.triggers.admitted(name, target))
        named = (*callers, *self.triggers.named(name))
        who = f"only {' and '.join(named)}" if named else "nobody"
        sentence = f"{who} {'reach' if len(named) > 1 else 'reaches'} {name}"
        return standing("closed", name, sentence, breaches, self._doubts(target))

    def _doubts(self, target: Interface) -> list[CannotTell]:
        return self.bystanders.doubts(self.bystanders.way_in(target))

    def _by_iam(self, target: Interface, allowed: frozenset[str] = frozenset()) -> Breaches:
        """Nobody gets in by IAM; whoever may reach a workload anyway may invoke it, and nothing more."""
        return [
            (str(grant.answer), grant.answer)
            for grant in self.iam.to(target)
            if not (grant.invokes and grant.source in allowed) and grant.by not in allowed
        ]

    def _private(self) -> Iterator[Promise]:
        """Workloads and the load balancers of internal ones have no way in or out but what is declared."""
        for interface in (*self.workloads.values(), *self._internal_doors()):
            breaches: Breaches = []
            balancer = self.paths.model.load_balancers.get(interface.address)
            if balancer is not None and not balancer.internal:
                breaches.append((f"{interface} is internet-facing", carried("", interface.address)))
            breaches += _public_address(interface)
            for subnet in interface.subnets:
                breaches += [(str(answer), answer) for answer in self._public_subnet(subnet)]
            doubts = self.bystanders.doubts(self.bystanders.places(interface))
            yield standing("private", interface.name, f"{interface} is in private subnets", breaches, doubts)

    def _internal_doors(self) -> list[Interface]:
        """The load balancers that internal workloads are behind, and no public ones."""
        doors: dict[str, dict[str, Interface]] = {"internal": {}, "public": {}}
        for exposure, found in doors.items():
            for name in self.environment.exposed(exposure):
                for way in self.paths.ways(self.workloads[name].address) if name in self.workloads else ():
                    found[way[0].interface.address] = way[0].interface
        return [door for address, door in doors["internal"].items() if address not in doors["public"]]

    def _public_subnet(self, subnet: Identity) -> list[Carried | CannotTell]:
        if subnet not in self._public_subnets:
            answers = list(route_tables.to_internet_gateways(self.paths.model, subnet))
            self._public_subnets[subnet] = [one for one in answers if not isinstance(one, Blocked)]
        return self._public_subnets[subnet]

    def _callers(self, name: str, workload: Workload) -> tuple[str, ...]:
        """Give a workload's callers; on a listener that workloads share, those of all of them."""
        if workload.exposure == "none":
            return ()
        key = (workload.exposure, self.environment.listener_port(name))
        if key not in self._sharing:
            together = [
                caller
                for other in self.environment.exposed(workload.exposure)
                if self.environment.listener_port(other) == key[1]
                for caller in self.environment.callers_of(other)
            ]
            self._sharing[key] = tuple(dict.fromkeys(together))
        return self._sharing[key]

    def _addresses(self, callers: tuple[str, ...]) -> frozenset[str]:
        if callers not in self._addressed:
            groups = {name: caller.security_group_id for name, caller in self.environment.callers.items()}
            found = {**groups, **{name: interface.address for name, interface in self.workloads.items()}}
            self._addressed[callers] = frozenset(found.get(caller, caller) for caller in callers)
        return self._addressed[callers]

    def _offline(self, name: str, source: Interface, workload: Workload) -> Promise:
        """No way to a public range, and none to an open one, that its ``egress`` does not name."""
        breaches: Breaches = []
        if source.vpc is None:
            breaches.append(("it is in no VPC", carried(f"{source} is in no VPC", source.address)))
        for found, port in self._public_ranges(source, workload):
            answer = self.paths.path(source, Range((found,), str(found)), port, through="any")
            if isinstance(answer, Carried):
                breaches.append((f"it reaches {found} on {port}", answer))
            elif isinstance(answer, CannotTell):
                breaches.append((f"it may reach {found} on {port}: {answer.why}", answer))
        doubts = list(self._open_egress(source, workload))
        if doubts and not isinstance(
            outward.routed(self.paths.model, source, internet(), HTTPS, every=False), Blocked
        ):
            breaches += [
                (f"it may reach the internet: {why}", CannotTell(where, why)) for where, why in doubts
            ]
        beside = [
            *self.bystanders.doubts(source.groups, rules_only=True),
            *self.bystanders.doubts(self.bystanders.places(source)),
        ]
        return standing("internet", name, f"{name} does not reach the internet", breaches, beside)

    def _public_ranges(self, source: Interface, workload: Workload) -> Iterator[tuple[Network, int]]:
        declared = [(network(e.cidr), e.port) for e in workload.egress.values() if e.cidr is not None]
        for rule in _egress_rules(self.paths, source):
            for found in _networks(rule):
                if is_public(found, self.paths.model.own_ranges) and isinstance(rule.ports, tuple):
                    own = [
                        n for n, port in declared if not isinstance(n, Unknown) and rule.ports == (port, port)
                    ]
                    if not covered(found, own):
                        yield found, rule.ports[0]

    def _open_egress(self, source: Interface, workload: Workload) -> Iterator[tuple[str, str]]:
        """Give (address, why) for what this document does not tell about where a workload may go."""
        declared = {egress.prefix_list_id for egress in workload.egress.values()}
        for identity in source.groups:
            group = self.paths.model.groups.get(identity)
            if group is None or not group.complete:
                yield str(identity), f"the rules of {identity} are not in this document"
        for rule in (*_egress_rules(self.paths, source), *self.paths.model.loose_rules):
            if isinstance(rule.group, Unknown) and not rule.ingress:
                yield rule.address, f"{rule.address} may be a rule of its group"
            elif isinstance(rule.peer, Unknown):
                yield rule.address, f"{rule.address}: {rule.peer} is not in this document"
            elif _is_open_list(rule.peer) and rule.peer.identity not in declared:
                yield rule.address, f"{rule.address}: the ranges of {rule.peer} are not in this document"

    def _openings(self) -> Iterator[Promise]:
        found: dict[str, list[Opening]] = {}
        for opening in unused_rules(self.paths, self.needs):
            found.setdefault(str(opening.group), []).append(opening)
        groups = self.paths.model.groups
        kept = {str(identity) for identity, group in groups.items() if group.identity == identity}
        for identity in [*sorted(kept), *(sorted(set(found) - kept))]:
            breaches: Breaches = [(_in_words(one), _answer(one)) for one in found.get(identity, ())]
            doubts = self.bystanders.doubts((identity,))
            sentence = f"{identity} opens nothing that is not declared"
            yield standing("opening", identity, sentence, breaches, doubts)

    def _references(self) -> Iterator[Promise]:
        missing = self.paths.model.document.dangling
        breaches: Breaches = [
            (f"{address} refers to {other}, which the document does not have", carried("", address))
            for address, other in missing
        ]
        yield standing(
            "reference", "the document", "every reference leads to something in the document", breaches
        )


def _is_open_list(peer: Peer) -> TypeGuard[PrefixList]:
    return isinstance(peer, PrefixList) and not peer.service and not peer.networks


def _egress_rules(paths: Paths, source: Interface) -> Iterator[Rule]:
    for identity in source.groups:
        group = paths.model.groups.get(identity)
        yield from group.egress.others if group else ()


def _public_address(interface: Interface) -> Breaches:
    if isinstance(interface.public_address, Unknown):
        why = f"whether {interface} has a public address is not in this document"
        return [(why, CannotTell(interface.address, why))]
    text = f"{interface} has a public address"
    return [(text, carried(text, interface.address))] if interface.public_address else []


def _networks(rule: Rule) -> tuple[Network, ...]:
    if isinstance(rule.peer, Cidr):
        return (rule.peer.network,)
    return rule.peer.networks if isinstance(rule.peer, PrefixList) else ()


def _in_words(opening: Opening) -> str:
    return f"{opening.rule} {opening.why}"


def _answer(opening: Opening) -> Carried | CannotTell:
    return carried(opening.why, opening.rule) if opening.sure else CannotTell(opening.rule, opening.why)
