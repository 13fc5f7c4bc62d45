"""Network load balancers before application ones: other ways in than the application one's own listeners."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.walking import delivery
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, Carried, any_of, in_order
from constructs_lib.proof.walking.network_load_balancers import KIND, inner_port
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import Listener, LoadBalancer, Way
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.walking.parties import Party


class Entering(Protocol):
    """A model that answers who enters a load balancer, and what stands behind its listeners."""

    model: Model

    def ways(self, thing: str) -> Iterator[Way]:
        """Give the listener rules that forward to a thing, each with the target group that holds it."""

    def enters(self, source: Party, balancer: LoadBalancer, port: int, every: bool) -> Answer:
        """Tell whether a party opens a connection to a load balancer on a port."""

    def behind(self, way: Way, port: int, every: bool, source: Party | None = None) -> Answer:
        """Tell what happens behind a listener."""


class Fronts:
    """Finds the ways through load balancers that have another one as a target."""

    def __init__(self, paths: Entering) -> None:
        self.paths = paths

    def stand_before(self, balancer: LoadBalancer) -> bool:
        """Tell whether a load balancer is a target of others."""
        return any(self.paths.ways(balancer.interface.address))

    def or_through(
        self, source: Party, balancer: LoadBalancer, port: int, every: bool, answer: Blocked
    ) -> Answer:
        """Give the answer, or a better one where another way in is there."""
        found = [one for _, one in self._through(source, balancer, port, every)]
        other = any_of(found, otherwise=answer)
        if isinstance(other, CannotTell):
            return CannotTell(other.hop, f"{other.why}; without it, {answer.why}", other.before)
        if isinstance(other, Carried):
            return other
        blocks = (part for one in found if isinstance(one, Blocked) for part in (one, *one.also))
        return replace(answer, also=(*answer.also, *(replace(one, before=(), also=()) for one in blocks)))

    def to_targets(self, source: Party, target: Interface, port: int, every: bool) -> Iterator[Answer]:
        """Give the ways on a port of a front, to an application load balancer, to a target of that."""
        for way in self.paths.ways(target.address):
            inside = way[1].port
            if way[0].kind == "application" and isinstance(inside, int) and inside != port:
                for listener, answer in self._through(source, way[0], inside, every):
                    if listener.port == port or isinstance(listener.port, Unknown):
                        taken = delivery.takes_from(self.paths.model, way[2], source, every=every)
                        yield in_order((answer, taken, self.paths.behind(way, inside, every)))

    def _through(
        self, source: Party, balancer: LoadBalancer, port: int, every: bool
    ) -> Iterator[tuple[Listener, Answer]]:
        """Give the listeners of fronts that lead to a port, and whether a party gets there through them."""
        for front in self.paths.ways(balancer.interface.address):
            outer, listener, _, _, target = front
            inner = inner_port(front, port)
            if inner not in (port, None):
                continue
            if outer.kind != KIND or not isinstance(listener.port, int) or inner is None:
                why = f"{outer.interface} is a {outer.kind} load balancer that leads to {target.thing}"
                yield listener, CannotTell(outer.interface.address, why)
            else:
                entered = self.paths.enters(source, outer, listener.port, every)
                yield listener, in_order((entered, self.paths.behind(front, port, every, source)))
