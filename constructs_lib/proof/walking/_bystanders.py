"""What is not understood, and which answers it could change: those are "cannot tell".

The law: "no" and "proven" are said only where everything that could matter was understood.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from constructs_lib.proof.model.network import Cidr, Group, PrefixList
from constructs_lib.proof.walking.answers import CannotTell
from constructs_lib.terraform_json.addresses import base_address, is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.proof.model.bystanders import Bystander
    from constructs_lib.proof.model.load_balancing import Way
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.terraform_json.values import Identity


class HasWays(Protocol):
    """A model with the ways that lead to its things."""

    model: Model

    def ways(self, thing: str) -> Iterator[Way]:
        """Give the listener rules that forward to a thing, each with the target group that holds it."""


class Bystanders:
    """Finds what could change an answer beside what the model has."""

    def __init__(self, paths: HasWays) -> None:
        self.paths, self.model = paths, paths.model

    @cached_property
    def _by_identity(self) -> dict[Identity, list[Bystander]]:
        found: dict[Identity, list[Bystander]] = {}
        for bystander in self.model.bystanders:
            for identity in bystander.touches:
                found.setdefault(identity, []).append(bystander)
        return found

    def doubts(self, identities: Iterable[Identity], *, rules_only: bool = False) -> list[CannotTell]:
        """Give a doubt for each bystander that touches one of these things, in the document's order.

        rules_only: of those that touch security groups, only the ones that may add rules.
        """
        if not self.model.bystanders:
            return []
        doubts: dict[str, CannotTell] = {}
        for identity in identities:
            for bystander in self._by_identity.get(_base(identity), ()):
                if not rules_only or bystander.writes_rules:
                    why = f"{bystander} {bystander.what}, and refers to {_base(identity)}"
                    doubts.setdefault(bystander.address, CannotTell(bystander.address, why))
        return [*doubts.values()]

    def way_in(self, target: Interface) -> Iterator[Identity]:
        """Give everything that decides who gets to a thing, and on whose word."""
        yield target.address
        yield from target.groups
        yield from self._of_function(target)
        doors = {target.address: target}
        for balancer, listener, rule, group, held in self.paths.ways(target.address):
            doors[balancer.interface.address] = balancer.interface
            yield from (listener.address, rule.address, group.address, held.address)
            for front, outer, _, front_group, front_held in self.paths.ways(balancer.interface.address):
                doors[front.interface.address] = front.interface
                yield from (outer.address, front_group.address, front_held.address)
        for door in doors.values():
            yield door.address
            yield from door.groups
            yield from self._admitted(door)

    def invoked(self, target: Interface) -> Iterator[Identity]:
        """Give everything by which a function is invoked."""
        yield target.address
        yield from self._of_function(target)
        yield from (part.address for way in self.paths.ways(target.address) for part in way[3:])

    def way_out(self, source: Interface) -> Iterator[Identity]:
        """Give everything that decides where a thing gets to."""
        yield source.address
        yield from source.groups
        yield from self.places(source)

    def places(self, interface: Interface) -> Iterator[Identity]:
        """Give the subnets of a thing, with the route tables and network ACLs that decide for them."""
        for identity in interface.subnets:
            yield identity
            subnet = self.model.subnets.get(identity)
            if subnet is not None:
                yield subnet.route_table
                if subnet.acl is not None:
                    yield subnet.acl

    def route(self, source: Interface | None, target: Interface | None) -> Iterator[Identity]:
        """Give what could take a way away that is there: routes, filters of subnets, listeners."""
        for end in (source, target):
            if end is not None:
                yield from self.places(end)
        if target is not None:
            yield target.address
            yield from self._of_function(target)
            for balancer, listener, rule, group, held in self.paths.ways(target.address):
                yield from (balancer.interface.address, listener.address, rule.address)
                yield from (group.address, held.address)
                yield from self.places(balancer.interface)

    def _of_function(self, target: Interface) -> Iterator[Identity]:
        if target.address in self.model.functions:
            aliases = self.model.aliases.items()
            yield from (alias for alias, function in aliases if function == target.address)

    def _admitted(self, door: Interface) -> Iterator[Identity]:
        """Give the groups that a door's rules name; for a rule with addresses, the networks it lies in."""
        for identity in door.groups:
            group = self.model.groups.get(identity)
            for rule in group.ingress.rules if group else ():
                if isinstance(rule.peer, Group):
                    yield rule.peer.identity
                elif isinstance(rule.peer, Cidr | PrefixList) and door.vpc is not None:
                    yield from self._in_vpc(door.vpc)

    def _in_vpc(self, vpc: Identity) -> Iterator[Identity]:
        yield vpc
        yield from (subnet.identity for subnet in self.model.subnets.values() if subnet.vpc == vpc)


def _base(identity: Identity) -> str:
    """An instance of a block with ``count`` is touched with its block; a VPC's own group with the VPC."""
    text = str(identity)
    return base_address(text) if is_address(text) else text
