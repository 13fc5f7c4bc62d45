"""Who reaches whom: the way from one party to another, hop by hop."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from constructs_lib.proof.model.load_balancing import (
    Listener,
    ListenerRule,
    LoadBalancer,
    Target,
    TargetGroup,
    Way,
)
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.walking import _listeners as listeners
from constructs_lib.proof.walking import _network_acls as network_acls
from constructs_lib.proof.walking import delivery, network_load_balancers, outward, route_tables
from constructs_lib.proof.walking import security_group_filters as security_groups
from constructs_lib.proof.walking._bystanders import Bystanders
from constructs_lib.proof.walking._fronts import Fronts
from constructs_lib.proof.walking.addresses import is_public
from constructs_lib.proof.walking.answers import (
    Answer,
    Blocked,
    CannotTell,
    Carried,
    any_of,
    carried,
    in_order,
)
from constructs_lib.proof.walking.network_load_balancers import inner_port
from constructs_lib.proof.walking.parties import Parties, Party, Range, internet
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.network import Model

Through = Literal["every", "any"]
"""``every``: from all subnets and addresses of the source; ``any``: from one of them, which is what
closedness asks.
"""

Forward = tuple[LoadBalancer, Listener, ListenerRule]


class Paths:
    """Answers questions about one model. Indexes are built once; the model must not change afterwards."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.parties = Parties(model)
        self.bystanders = Bystanders(self)
        self.fronts = Fronts(self)
        self._entered: dict[tuple[Party | str, str, int, bool], Answer] = {}
        self._delivered: dict[tuple[object, ...], Answer] = {}
        self._routers: dict[str, listeners.Router] = {}
        self._shadows: dict[str, dict[str, tuple[ListenerRule, bool]]] = {}

    def path(
        self, source: Party | str, target: Party | str, port: int, *, through: Through = "every"
    ) -> Answer:
        """Tell whether ``source`` reaches ``target`` on TCP ``port``, and how or why not.

        A workload behind a load balancer is asked for on its listener's port. Raises LookupError for a name
        that nothing in the document has.
        """
        one, other = self.parties.find(source), self.parties.find(target)
        every = through == "every"
        if not isinstance(one, Interface | Range) or (isinstance(one, Interface) and one.kind == "endpoint"):
            return Blocked(str(one), f"{one} opens no connections of its own")
        if isinstance(one, Interface) and one.kind == "load balancer" and isinstance(other, Interface):
            return self._from_load_balancer(one, other, port, every)
        if not isinstance(other, Interface):
            return outward.leaves(self.model, one, other, port, every=every)
        if other.kind == "load balancer":
            return in_order(
                (
                    self.enters(one, self.model.load_balancers[other.address], port, every),
                    self._listens(other, port),
                )
            )
        if other.kind in ("function", "service") or other.address in self.holders:
            return self._to_workload(one, other, port, every)
        return outward.direct(self.model, one, other, port, every=every)

    @cached_property
    def forwards(self) -> dict[Identity, list[Forward]]:
        """Which listener rules forward to each target group."""
        found: dict[Identity, list[Forward]] = {}
        for balancer in self.model.load_balancers.values():
            for listener in balancer.listeners:
                for rule in listener.rules:
                    for group, _ in rule.action.targets:
                        found.setdefault(group, []).append((balancer, listener, rule))
        return found

    @cached_property
    def holders(self) -> dict[Identity, list[tuple[TargetGroup, Target]]]:
        """Which target groups hold each thing."""
        found: dict[Identity, list[tuple[TargetGroup, Target]]] = {}
        for group in self.model.target_groups.values():
            for target in group.targets:
                found.setdefault(target.thing, []).append((group, target))
        return found

    def ways(self, thing: str) -> Iterator[Way]:
        """Give the listener rules that forward to a workload, each with the target group that holds it."""
        for group, target in self.holders.get(thing, ()):
            for balancer, listener, rule in self.forwards.get(group.address, ()):
                yield balancer, listener, rule, group, target

    def shadow(self, listener: Listener, rule: ListenerRule) -> tuple[ListenerRule, bool] | None:
        """Give the earlier rule, if any, that takes all requests of a rule, and whether that is sure."""
        if listener.address not in self._shadows:
            self._shadows[listener.address] = listeners.shadows(listener)
        return self._shadows[listener.address].get(rule.address)

    def taker(self, listener: Listener, path: str, host: str | None = None) -> ListenerRule | None:
        """Give the rule that takes the requests of a path pattern, of a host where one is given, those aside
        that a narrower rule takes before.
        """
        if listener.address not in self._routers:
            self._routers[listener.address] = listeners.Router(listener.rules)
        wanted: listeners.Alternative = {"path_pattern": path}
        if host is not None:
            wanted["host_header"] = host
        return self._routers[listener.address].taker(wanted)

    def enters(self, source: Party, balancer: LoadBalancer, port: int, every: bool) -> Answer:
        """Tell whether a party opens a connection to a load balancer on a port, whatever listens there."""
        who = source.address if isinstance(source, Interface) else source
        key = (who, balancer.interface.address, port, every)
        if key not in self._entered:
            answer = self._enters(source, balancer, port, every)
            if isinstance(answer, Blocked):
                answer = self.fronts.or_through(source, balancer, port, every, answer)
            self._entered[key] = answer
        return self._entered[key]

    def _enters(self, source: Party, balancer: LoadBalancer, port: int, every: bool) -> Answer:
        door = balancer.interface
        if balancer.kind not in ("application", network_load_balancers.KIND):
            return CannotTell(
                door.address, f"{door} is a {balancer.kind} load balancer, which this proof does not follow"
            )
        if isinstance(balancer.internal, Unknown):
            return CannotTell(door.address, f"{door}: {balancer.internal} is not in this document")
        if isinstance(source, Range):
            return self._from_range(source, balancer, port, every)
        if not isinstance(source, Interface):
            return Blocked(str(source), f"{source} opens no connections of its own")
        if balancer.internal:
            return delivery.connects(self.model, source, door, port, every=every)
        return self._around(source, balancer, port, every)

    def _from_range(self, source: Range, balancer: LoadBalancer, port: int, every: bool) -> Answer:
        door = balancer.interface
        admits = security_groups.passes(self.model, door, source, port, ingress=True, every=every)
        if all(not is_public(network, self.model.own_ranges) for network in source.networks):
            inside = CannotTell(door.address, f"whether {source} is routed to {door} is not in this document")
            return in_order((admits, inside))
        if balancer.internal:
            return Blocked(door.address, f"{door} is internal: it has no public address")
        if source.networks[0].version == 6 and balancer.dual_stack is False:
            return Blocked(door.address, f"{door} has no IPv6 address")
        public = route_tables.across(
            door.subnets,
            lambda subnet: route_tables.to_internet_gateway(self.model, subnet, source.networks[0]),
            every=every,
            nowhere=CannotTell(door.address, f"the subnets of {door} are not in this document"),
        )
        acls = network_acls.inwards(self.model, door.subnets, source.networks[0], port, every=every)
        return in_order((public, acls, admits))

    def _around(self, source: Interface, balancer: LoadBalancer, port: int, every: bool) -> Answer:
        """An internet-facing load balancer's name gives public addresses, also to those inside the VPC."""
        door = balancer.interface
        public = f"{door} is internet-facing, so its name gives public addresses and {source} comes from one"
        out = outward.to_range(self.model, source, internet(), port, every=every)
        back = self._from_range(internet(), balancer, port, every)
        if isinstance(out, Blocked):
            return Blocked(out.hop, f"{public}; {out.why}", out.before)
        if isinstance(back, Blocked):
            doubtful = isinstance(self._from_range(internet(), balancer, port, False), Carried)
            why = f"{public}; {back.why}"
            back = CannotTell(door.address, why) if doubtful else Blocked(door.address, why)
        return in_order((out, back))

    def _from_load_balancer(self, source: Interface, target: Interface, port: int, every: bool) -> Answer:
        """A load balancer connects to what its target groups hold, on their ports, and invokes functions."""
        answers = [
            self.behind(way, port, every, source)
            for way in self.ways(target.address)
            if way[0].interface.address == source.address
            and (target.kind == "function" or inner_port(way, port) in (port, None))
        ]
        nothing = f"{source} connects to its targets only, and none of them is {target} on {port}"
        return any_of(answers, otherwise=Blocked(source.address, nothing))

    def _listens(self, door: Interface, port: int) -> Answer:
        own = self.model.load_balancers[door.address].listeners
        found = [listener for listener in own if listener.port == port]
        if found:
            return carried(f"{found[0].address} listens on {port}", found[0].address)
        open_ports = [listener for listener in own if isinstance(listener.port, Unknown)]
        if open_ports:
            return CannotTell(
                open_ports[0].address,
                f"{open_ports[0].address}: {open_ports[0].port} is not in this document",
            )
        return self._not_listening(self.model.load_balancers[door.address], port)

    def _not_listening(self, balancer: LoadBalancer, port: int) -> Blocked:
        ports = sorted(listener.port for listener in balancer.listeners if isinstance(listener.port, int))
        instead = f" (it listens on {', '.join(map(str, ports))})" if ports else ""
        return Blocked(balancer.interface.address, f"{balancer.interface} has no listener on {port}{instead}")

    def _to_workload(self, source: Interface | Range, target: Interface, port: int, every: bool) -> Answer:
        ways = list(self.ways(target.address))
        answers = [self.along(source, way, port, every) for way in ways if way[1].port == port]
        if answers and isinstance(answers[0], Carried):
            return answers[0]
        doubts = [self.along(source, way, port, every) for way in ways if isinstance(way[1].port, Unknown)]
        doubts += self.fronts.to_targets(source, target, port, every)
        if not answers and not doubts:
            answers.append(self._nothing_leads(source, target, port, every))
        if target.kind != "function":
            answers.append(outward.direct(self.model, source, target, port, every=every))
        return any_of((*answers, *doubts), otherwise=_nobody(target))

    def along(self, source: Party, way: Way, port: int, every: bool) -> Answer:
        """Tell whether a party reaches a target through one listener rule."""
        balancer, listener = way[0], way[1]
        steps = [self.enters(source, balancer, port, every), self.behind(way, port, every, source)]
        steps.append(delivery.takes_from(self.model, way[2], source, every=every))
        if isinstance(listener.port, Unknown):
            steps.append(
                CannotTell(listener.address, f"{listener.address}: {listener.port} is not in this document")
            )
        return in_order(steps)

    def behind(self, way: Way, port: int, every: bool, source: Party | None = None) -> Answer:
        """What happens behind a listener: the same for everybody who gets there, but for network ones."""
        balancer, listener, rule, group, target = way
        if balancer.kind == network_load_balancers.KIND:
            return self._behind_network(way, port, every, balancer.interface if source is None else source)
        key = (listener.address, rule.address, group.address, target.address, port, every)
        if key not in self._delivered:
            chosen = delivery.chosen(listener, rule, group.address, self.shadow(listener, rule))
            inner = inner_port(way, port)
            container = port if inner is None else inner
            delivered = delivery.delivers(self.model, balancer, group, target, container, every=every)
            self._delivered[key] = in_order((chosen, delivered))
        return self._delivered[key]

    def _behind_network(self, way: Way, port: int, every: bool, source: Party) -> Answer:
        balancer, listener, rule, group, target = way
        inner = inner_port(way, port)
        if inner is None:
            return CannotTell(target.address, f"{target.address}: its port is not in this document")
        return in_order(
            (
                network_load_balancers.takes_connections(listener),
                delivery.chosen(listener, rule, group.address, self.shadow(listener, rule)),
                network_load_balancers.delivers(
                    self.model, balancer, group, target, source, inner, every=every
                ),
            )
        )

    def _nothing_leads(self, source: Interface | Range, target: Interface, port: int, every: bool) -> Answer:
        """No listener on the port forwards to the target: say what each load balancer does instead."""
        answers: list[Answer] = []
        for orphan in self.model.listeners.values():
            if orphan.port == port and orphan.load_balancer not in self.model.load_balancers:
                owner = f"{orphan.load_balancer}, which is not in this document"
                why = f"{orphan.address} listens on {port} for {owner}"
                return (
                    CannotTell(orphan.address, why)
                    if isinstance(orphan.load_balancer, Unknown)
                    else Blocked(orphan.address, why)
                )
        for balancer in self.model.load_balancers.values():
            there = [listener for listener in balancer.listeners if listener.port == port]
            doubt = _open_forward(there, self.model)
            end = doubt or (
                self._leads_elsewhere(there[0], target) if there else self._not_listening(balancer, port)
            )
            answers.append(in_order((self.enters(source, balancer, port, every), doubt or end)))
        return any_of(answers, otherwise=_nobody(target))

    def _leads_elsewhere(self, listener: Listener, target: Interface) -> Blocked:
        does = [self._does(rule) for rule in listener.rules[:5]]
        return Blocked(
            listener.address, f"{listener.address} does not lead to {target}: it {', and it '.join(does)}"
        )

    def _does(self, rule: ListenerRule) -> str:
        request = listeners.in_words(rule)
        if rule.action.kind != "forward":
            return f"gives {request} a {rule.action.kind} ({rule.action.answer})"
        held = []
        for identity, _ in rule.action.targets:
            group = self.model.target_groups.get(identity)
            things = ", ".join(str(one.thing) for one in group.targets) if group else ""
            held.append(f"{identity}, which " + (f"holds {things}" if things else "has no target"))
        return f"forwards {request} to {' and '.join(held)}"


def _nobody(target: Interface) -> Blocked:
    return Blocked(target.address, f"no load balancer of this document leads to {target}")


def _open_forward(there: list[Listener], model: Model) -> CannotTell | None:
    """A forward to an open value, or a target group that holds one, may lead anywhere."""
    for listener in there:
        for rule in listener.rules:
            for identity, _ in rule.action.targets:
                if isinstance(identity, Unknown):
                    return CannotTell(
                        rule.address, f"{rule.address} forwards to {identity}, which is not in this document"
                    )
                group = model.target_groups.get(identity)
                for one in group.targets if group else ():
                    if one.thing in model.load_balancers and group is not None and group.kind != "alb":
                        why = f"{one.address} leads to {one.thing}, and this proof does not follow it there"
                        return CannotTell(one.address, why)
                    if isinstance(one.thing, Unknown):
                        return CannotTell(one.address, f"{one.address}: {one.thing} is not in this document")
            if rule.action.kind == "unknown":
                return CannotTell(rule.address, f"what {rule.address} does is not in this document")
    return None
