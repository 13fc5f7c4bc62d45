"""What workloads reach besides load balancers: the boxes below the columns, inside and outside of the VPC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_network

from constructs_lib.proof.model.workloads import Endpoint
from constructs_lib.proof.walking.addresses import is_public
from constructs_lib.proof.walking.answers import Carried
from constructs_lib.terraform_json.addresses import is_address, type_of
from constructs_lib.views.declared_names import declared_names
from constructs_lib.views.diagram.guards import guard_of, tier_of
from constructs_lib.views.diagram.scene import Guard, Link, Node, Passing
from constructs_lib.views.traffic import INTERNET, Arrow
from constructs_lib.views.written_stack import WrittenStack
from constructs_lib.views.zones_and_tiers import addresses_by_zone, name_of, places, zone_letter

_INSIDE, _BEYOND = 5, 4
"""Boxes of a row: more others than fit beside the first ones are one box."""


class WaysOut:
    """The arrows that lead to no load balancer, and the boxes that they lead to."""

    def __init__(self, stack: WrittenStack) -> None:
        self.model, self.arrows = stack.model, stack.traffic.exits
        self.places = places(stack.model)
        existing = stack.environment.network.existing if stack.environment else None
        endpoints = existing.endpoints if existing else {}
        self.neighbours = {one.security_group_id: service for service, one in endpoints.items()}
        self.names = declared_names(stack.environment)
        cidr = stack.environment.network.cidr if stack.environment else None
        self.own = (*stack.model.own_ranges, *([ip_network(cidr)] if cidr else []))
        targets = list(dict.fromkeys(a.target for a in self.arrows if a.target not in self.model.endpoints))
        outside = [target for target in targets if self._is_outside(target)]
        self.exits = tuple(self._exits([target for target in targets if target not in outside]))
        self.beyond = tuple(self._beyond(outside))
        self._outside = frozenset(outside)

    def links(self) -> Iterator[Link]:
        """Give the arrows between workloads and the boxes, each once."""
        home = {address: node.key for node in (*self.exits, *self.beyond) for address in node.addresses}
        home[INTERNET] = INTERNET
        yield from dict.fromkeys(self._link(arrow, home[arrow.target]) for arrow in self.arrows)

    def _link(self, arrow: Arrow, target: str) -> Link:
        if arrow.target in self._outside:
            return Link(arrow.source, target, arrow.port, "out", arrow.sure, self._passing(arrow))
        kind = (
            "endpoint"
            if arrow.target in self.model.endpoints or arrow.target in self.neighbours
            else "inside"
        )
        return Link(
            arrow.source, target, arrow.port, "endpoint" if kind == "endpoint" else "inside", arrow.sure
        )

    def _passing(self, arrow: Arrow) -> Passing:
        hops = arrow.answer.hops if isinstance(arrow.answer, Carried) else arrow.answer.before
        passed = {address for hop in hops for address in hop.addresses}
        if passed & set(map(str, self.model.nat_gateways)):
            return "nat"
        return "gateway" if isinstance(arrow.answer, Carried) else "unknown"

    def _is_outside(self, target: str) -> bool:
        if target == INTERNET or target.startswith("pl-") or "prefix_list" in type_of(target):
            return True
        try:
            network = ip_network(target)
        except ValueError:
            return False
        return is_public(network, self.own) or not any(
            network.version == own.version and network.subnet_of(own)  # type: ignore[arg-type]
            for own in self.own
        )

    def _exits(self, others: list[str]) -> Iterator[Node]:
        """Endpoints that the same workloads reach stand together; the NAT gateways come last."""
        reached: dict[str, set[str]] = {}
        for arrow in self.arrows:
            reached.setdefault(arrow.target, set()).add(f"{arrow.source}:{arrow.port}:{arrow.sure}")
        groups: dict[tuple[bool, frozenset[str]], list[Endpoint]] = {}
        for endpoint in self.model.endpoints.values():
            key = (endpoint.is_gateway, frozenset(reached.get(endpoint.interface.address, ())))
            groups.setdefault(key, []).append(endpoint)
        for (is_gateway, _), endpoints in sorted(groups.items(), key=lambda item: item[0][0]):
            yield self._endpoint_node(is_gateway, endpoints)
        nats = tuple(map(str, self.model.nat_gateways))
        yield from self._others(others, _INSIDE - len(groups) - bool(nats))
        if nats:
            yield self._nat_node(nats)

    def _endpoint_node(self, is_gateway: bool, endpoints: list[Endpoint]) -> Node:
        interfaces = [endpoint.interface for endpoint in endpoints]
        addresses = tuple(interface.address for interface in interfaces)
        title = "Gateway endpoints" if is_gateway else "Interface endpoints"
        title = title if len(endpoints) > 1 else title.removesuffix("s")
        services = ", ".join(endpoint.service for endpoint in endpoints)
        if is_gateway:
            return Node(addresses[0], "endpoint", title, (services,), addresses)
        tier = tier_of(self.places, interfaces)
        guard = guard_of(self.model, interfaces)
        return Node(addresses[0], "endpoint", title, (services,), addresses, tier=tier, guard=guard)

    def _nat_node(self, nats: tuple[str, ...]) -> Node:
        gateways = self.model.nat_gateways.values()
        letters = ", ".join(
            "regional" if g.subnet is None else zone_letter(name_of(g.address)) for g in gateways
        )
        title = f"NAT gateway{'s' if len(nats) > 1 else ''}"
        homes = {gateway.subnet for gateway in gateways}
        regional = (addresses_by_zone(self.model, g) for g in gateways if g.subnet is None)
        nats += tuple(a for zones in regional for found in zones.values() for a in found)
        tiers = sorted({place.tier for place in self.places if place.address in homes})
        return Node("nat gateways", "nat", title, (letters,), nats, tier=", ".join(tiers))

    def _beyond(self, outside: list[str]) -> Iterator[Node]:
        if INTERNET in outside:
            yield Node(INTERNET, "internet", "Internet")
        yield from self._others(
            [target for target in outside if target != INTERNET], _BEYOND - (INTERNET in outside)
        )

    def _others(self, targets: Iterable[str], room: int) -> Iterator[Node]:
        """Targets outside of the document, or tasks that are reached directly; many of them in one box."""
        found = list(targets)
        if len(found) <= max(room, 1):
            for target in found:
                yield self._other(target)
        else:
            names = ", ".join(self.names.get(name, _shown(name)) for name in found)
            title = f"{len(found)} other targets"
            yield Node(f"{found[0]}>elsewhere", "elsewhere", title, (names,), tuple(found))

    def _other(self, target: str) -> Node:
        key, addresses = f"{target}>elsewhere", (target,)
        kind = _kind(target)
        guard = Guard((_shown(target),), addresses) if kind == "security group" else Guard()
        if target in self.neighbours:
            found = (self.neighbours[target], "exists already")
            return Node(key, "endpoint", "Interface endpoint", found, addresses, guard=guard)
        if target in self.names:
            lines = ("exists already",) if guard.names else (kind, target)
            return Node(key, "elsewhere", self.names[target], lines, addresses, guard=guard)
        name = _shown(target)
        return Node(
            key,
            "elsewhere",
            (kind[:1].upper() + kind[1:]) or name,
            (name,) * bool(kind),
            addresses,
            guard=guard,
        )


def _shown(target: str) -> str:
    return name_of(target) if is_address(target) else target


def _kind(target: str) -> str:
    """Say in AWS's words what a target is."""
    if target.startswith("pl-") or "prefix_list" in type_of(target):
        return "prefix list"
    if target.startswith("sg-") or "security_group" in type_of(target):
        return "security group"
    if type_of(target) == "aws_ecs_service":
        return "ECS service"
    return "CIDR block" if target[:1].isdigit() or ":" in target else ""
