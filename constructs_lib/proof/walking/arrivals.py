"""Who reaches a thing: read off its openings, so that not every pair has to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from constructs_lib.figures.internet import HTTPS
from constructs_lib.proof.model.network import Cidr, Group, PrefixList, Rule
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.walking.addresses import Network, meets
from constructs_lib.proof.walking.answers import Blocked, CannotTell, Carried
from constructs_lib.proof.walking.security_group_filters import covers_port, rules_on
from constructs_lib.terraform_json.addresses import is_address
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.walking.answers import Answer
    from constructs_lib.proof.walking.path import Paths


OPENING = ("function", "service", "carrier")
"""The kinds that open connections by themselves."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who reaches a thing on a port. ``source`` is a Terraform address, or the id of a foreign
    group.

    by: ``IAM`` where policies let it in around the network; the port is 0 then.
    """

    source: str
    target: str
    port: int
    answer: Carried | CannotTell
    by: Literal["network", "IAM"] = "network"


class Arrivals:
    """Finds the workloads, and the groups that exist elsewhere, that get through to something."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self._doors: dict[tuple[str, int], tuple[Arrival, ...]] = {}

    @cached_property
    def workloads(self) -> tuple[Interface, ...]:
        """Everything of the document that opens connections by itself."""
        return tuple(i for i in self.paths.model.interfaces.values() if i.kind in OPENING)

    def at(self, door: Interface, port: int) -> tuple[Arrival, ...]:
        """Give who gets to a load balancer, endpoint or service on a port, whatever happens behind it."""
        key = (door.address, port)
        if key not in self._doors:
            self._doors[key] = tuple(self._arrive(door, port))
        return self._doors[key]

    def _arrive(self, door: Interface, port: int) -> Iterator[Arrival]:
        for source in self.candidates(door, port):
            if source.address == door.address:
                continue
            balancer = self.paths.model.load_balancers.get(door.address)
            if balancer is not None:
                answer = self.paths.enters(source, balancer, port, every=False)
            else:
                answer = self.paths.path(source, door, port, through="any")
            if not isinstance(answer, Blocked):
                yield Arrival(source.address, door.address, port, answer)

    def candidates(self, door: Interface, port: int) -> tuple[Interface, ...]:
        """Give whom the door's rules may mean; nobody else gets in."""
        balancer = self.paths.model.load_balancers.get(door.address)
        endpoint = self.paths.model.endpoints.get(door.address)
        if (balancer is not None and balancer.internal is not True) or (
            endpoint is not None and endpoint.is_gateway
        ):
            return self.workloads
        if balancer is not None and (not door.groups or self.paths.fronts.stand_before(balancer)):
            return self.workloads
        found: dict[str, Interface] = {}
        model = self.paths.model
        foreign = any(
            identity not in model.groups or not model.groups[identity].complete for identity in door.groups
        )
        if foreign or any(covers_port(rule, port) is not False for rule in model.loose_rules if rule.ingress):
            return self.workloads
        for rule in rules_on(model, door, port, ingress=True):
            found.update((interface.address, interface) for interface in self._meant(rule))
        return tuple(found.values())

    def _meant(self, rule: Rule) -> Iterator[Interface]:
        model = self.paths.model
        match rule.peer:
            case Group(identity=str() as identity):
                carriers = model.carriers.get(identity, ())
                yield from (one for one in carriers if one.kind in OPENING)
                group = model.groups.get(identity)
                if (group is None or not group.complete) and not is_address(identity):
                    yield self._foreign(identity)
                yield from self._open_carriers
            case Cidr(network=network):
                yield from self._inside(network)
            case PrefixList(networks=(), service=None):
                yield from self.workloads
            case PrefixList(networks=networks):
                for network in networks:
                    yield from self._inside(network)
            case _:
                yield from self.workloads

    def _foreign(self, identity: str) -> Interface:
        vpc = Unknown(f"the VPC of {identity}")
        return Interface(identity, identity, "security group", vpc, (), (identity,))

    @cached_property
    def _open_carriers(self) -> tuple[Interface, ...]:
        """Workloads of which the document does not tell every group: any rule may mean them."""
        return tuple(i for i in self.workloads if any(isinstance(group, Unknown) for group in i.groups))

    def _inside(self, network: Network) -> Iterator[Interface]:
        for cidr, interfaces in self._by_range.items():
            if isinstance(cidr, Unknown) or meets(cidr, network):
                yield from interfaces

    @cached_property
    def _by_range(self) -> dict[Network | Unknown, list[Interface]]:
        found: dict[Network | Unknown, list[Interface]] = {}
        for interface in self.workloads:
            for identity in interface.subnets:
                subnet = self.paths.model.subnets.get(identity)
                cidr = subnet.cidr if subnet else Unknown(str(identity))
                found.setdefault(cidr, []).append(interface)
        return found

    def of(self, target: Interface) -> tuple[Arrival, ...]:
        """Give who reaches a workload, endpoint or load balancer, on each port, with the whole way."""
        return tuple(self._whole(target))

    def _whole(self, target: Interface) -> Iterator[Arrival]:
        for port, door in self.doors(target):
            behind = self._same_for_all(target, door, port)
            for arrival in self.at(door, port):
                answer: Answer
                if behind is not None and isinstance(arrival.answer, Carried):
                    answer = Carried(arrival.answer.hops + behind.hops)
                else:
                    answer = self.paths.path(self._interface(arrival.source), target, port, through="any")
                if not isinstance(answer, Blocked):
                    yield Arrival(arrival.source, target.address, port, answer)

    def _same_for_all(self, target: Interface, door: Interface, port: int) -> Carried | None:
        """Give what carries everybody to a function who gets to a load balancer; None where whoever asks has
        to be asked for: there are other ways, or conditions on addresses.
        """
        ways = [way for way in self.paths.ways(target.address) if way[1].port == port]
        if target.kind != "function" or any(way[0].interface.address != door.address for way in ways):
            return None
        if any(not isinstance(way[1].port, int) for way in self.paths.ways(target.address)):
            return None
        if not ways or any(condition.kind == "source_ip" for condition in ways[0][2].conditions):
            return None
        answer = self.paths.behind(ways[0], port, False)
        return answer if isinstance(answer, Carried) else None

    def _interface(self, address: str) -> Interface:
        return self.paths.model.interfaces.get(address) or self._foreign(address)

    def doors(self, target: Interface) -> Iterator[tuple[int, Interface]]:
        """Give the ports and interfaces at which somebody would have to ask for a target."""
        seen: set[tuple[int, str]] = set()
        for balancer, listener, _, _, _ in self.paths.ways(target.address):
            key = (listener.port if isinstance(listener.port, int) else 0, balancer.interface.address)
            if isinstance(listener.port, int) and key not in seen:
                seen.add(key)
                yield listener.port, balancer.interface
        if target.kind == "endpoint":
            yield HTTPS, target
        elif target.kind == "load balancer":
            own = self.paths.model.load_balancers[target.address].listeners
            yield from ((listener.port, target) for listener in own if isinstance(listener.port, int))
        elif target.kind in ("service", "carrier"):
            yield from ((port, target) for port in sorted(self._own_ports(target)))

    def _own_ports(self, target: Interface) -> set[int]:
        groups = (self.paths.model.groups.get(identity) for identity in target.groups)
        rules = (rule for group in groups if group for rule in group.ingress.rules)
        return {rule.ports[0] for rule in rules if isinstance(rule.ports, tuple)}
