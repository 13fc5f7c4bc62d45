"""Makes the scene of a picture from the model of a document and the arrows that the proof found."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.figures.internet import HTTPS
from constructs_lib.proof.model.load_balancing import Listener, LoadBalancer
from constructs_lib.proof.model.network import Model
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.rules.checks.load_balancing.web_acls import behind_web_acls
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Unknown
from constructs_lib.views.declared_names import declared_names
from constructs_lib.views.diagram.guards import NO_VPC, guard_of, tier_of
from constructs_lib.views.diagram.lines.ways_out import WaysOut
from constructs_lib.views.diagram.scene import (
    FRONT,
    INTERNAL,
    OUTSIDE,
    PROTECTED,
    PUBLIC,
    Balancer,
    Chip,
    Guard,
    Link,
    Node,
    NodeKind,
    Scene,
    Vpc,
)
from constructs_lib.views.diagram.triggers import event_sources
from constructs_lib.views.traffic import INTERNET
from constructs_lib.views.written_stack import WrittenStack
from constructs_lib.views.zones_and_tiers import name_of, places

_LAUNCHED = {"FARGATE": "ECS on Fargate", "EC2": "ECS on EC2"}


def scene_of(stack: WrittenStack) -> Scene:
    """Give everything that the picture of a stack shows."""
    return _Content(stack).scene()


def region_of(model: Model) -> str:
    """Give the region of the document's zones, empty where they do not tell."""
    zones = {place.zone[:-1] for place in places(model) if place.zone[-1:].isalpha() and "-" in place.zone}
    return zones.pop() if len(zones) == 1 else ""


class _Content:
    def __init__(self, stack: WrittenStack) -> None:
        self.model, self.environment, self.traffic = stack.model, stack.environment, stack.traffic
        self.names = declared_names(stack.environment)
        self.filtered = behind_web_acls(stack.model.document)
        self.places = places(self.model)
        self.ways_out = WaysOut(stack)
        self.triggers = event_sources(self.model)
        self.listener_owner = {
            listener.address: balancer
            for balancer in self.model.load_balancers.values()
            for listener in balancer.listeners
        }

    def scene(self) -> Scene:
        nodes = (*dict.fromkeys(self._sources()), *self.triggers[0], *self._workloads())
        return Scene(
            title=self._title(),
            subtitle=self._subtitle(),
            vpc=self._vpc(),
            gateway=self._gateways(),
            places=self.places,
            nodes=nodes,
            balancers=tuple(self._balancer(balancer) for balancer in self.model.load_balancers.values()),
            exits=self.ways_out.exits,
            beyond=self.ways_out.beyond,
            links=tuple(self._links()),
        )

    def _title(self) -> str:
        env = self.environment
        return f"{env.project} · {env.environment}" if env else "Architecture"

    def _subtitle(self) -> str:
        zones = len({place.zone for place in self.places})
        region = self.environment.region if self.environment else region_of(self.model)
        parts = [region, f"{zones} Availability Zone{'s' if zones != 1 else ''}"]
        return " · ".join(part for part in (*parts, "the arrows are what the proof found") if part)

    def _vpc(self) -> Vpc:
        vpcs = {subnet.vpc for subnet in self.model.subnets.values()} or set(self.model.vpcs)
        known = [self.model.vpcs[vpc] for vpc in vpcs if vpc in self.model.vpcs]
        cidrs = ", ".join(str(cidr) for vpc in known for cidr in vpc.cidrs)
        network = self.environment.network if self.environment else None
        is_elsewhere = bool(vpcs) and not known
        if is_elsewhere and network:
            cidrs = ", ".join([*map(str, sorted(vpcs, key=str)), network.cidr])
        occupied = tuple(network.occupied) if network else ()
        return Vpc(f"VPC {cidrs or ', '.join(sorted(map(str, vpcs)))}", is_elsewhere, occupied)

    def _gateways(self) -> tuple[str, ...]:
        """Give the document's internet gateways, and those that exist already and are routed to."""
        routes = (route for table in self.model.route_tables.values() for route in table.routes)
        used = (str(route.target) for route in routes if route.via == "internet gateway")
        return tuple(dict.fromkeys((*map(str, self.model.internet_gateways), *used)))

    def _sources(self) -> Iterator[Node]:
        """Whoever enters a listener and is no workload of the document."""
        for arrow in self.traffic.entries:
            if arrow.source in self.model.interfaces:
                continue
            balancer = self.listener_owner[arrow.target]
            if arrow.source.startswith("sg-") or type_of(arrow.source) == "aws_security_group":
                name = self.names.get(arrow.source, name_of(arrow.source))
                guard = Guard((arrow.source,), (arrow.source,))
                own = (arrow.source,)
                yield Node(arrow.source, "caller", name, ("exists already",), own, FRONT, guard=guard)
            else:
                column = FRONT if balancer.internal is True else OUTSIDE
                anywhere = arrow.source == INTERNET
                title = "Internet" if anywhere or column == OUTSIDE else "CIDR block"
                where = () if anywhere else (arrow.source,)
                yield Node(f"{arrow.source}>{column}", "outside", title, where, (), column)

    def _workloads(self) -> Iterator[Node]:
        columns = self._columns()
        for address, function in self.model.functions.items():
            lines = (self._function_line(address), *self._requests(address))
            yield self._workload(function.interface, "function", lines, columns)
        for address, service in self.model.services.items():
            lines = (self._service_line(address), *self._requests(address))
            yield self._workload(service.interface, "service", lines, columns)

    def _workload(
        self, interface: Interface, kind: NodeKind, lines: tuple[str, ...], columns: dict[str, int]
    ) -> Node:
        address = interface.address
        return Node(
            address,
            kind,
            interface.name,
            tuple(line for line in lines if line),
            (address,),
            columns.get(address, FRONT),
            tier_of(self.places, [interface]) if interface.vpc is not None else NO_VPC,
            guard_of(self.model, [interface]),
        )

    def _columns(self) -> dict[str, int]:
        """A workload stands behind an internet-facing load balancer where one leads to it."""
        columns: dict[str, int] = {}
        for arrow in self.traffic.deliveries:
            internal = self.listener_owner[arrow.source].internal is True
            columns[arrow.target] = min(
                columns.get(arrow.target, PROTECTED), PROTECTED if internal else FRONT
            )
        return columns

    def _function_line(self, address: str) -> str:
        block = self.model.document.blocks[address]
        memory, architectures = block.number("memory_size"), block.texts("architectures")
        size = f"{memory} MB" if isinstance(memory, int) else ""
        architecture = architectures[0] if architectures and isinstance(architectures[0], str) else ""
        return " · ".join(part for part in ("Lambda", size, architecture) if part)

    def _service_line(self, address: str) -> str:
        block = self.model.document.blocks[address]
        launch = self.model.services[address].launch_type
        kind = _LAUNCHED.get(launch, "ECS service") if isinstance(launch, str) else "ECS service"
        count = block.number("desired_count")
        tasks = f"{count} task{'s' if count != 1 else ''}" if isinstance(count, int) else ""
        return " · ".join(part for part in (kind, tasks) if part)

    def _requests(self, address: str) -> Iterator[str]:
        """Which requests lead to a workload: hosts and paths of its rules, else the listener's port."""
        for _, listener, rule, _, _ in self.traffic.paths.ways(address):
            values = {c.kind: ", ".join(map(str, c.values)) for c in rule.conditions}
            named = ": ".join(values[kind] for kind in ("host_header", "path_pattern") if kind in values)
            others = [str(c) for c in rule.conditions if c.kind not in ("path_pattern", "host_header")]
            yield ", ".join(filter(None, [named, *others])) or f"all of port {listener.port}"

    def _balancer(self, balancer: LoadBalancer) -> Balancer:
        door = balancer.interface
        kind = "internal" if balancer.internal is True else "internet-facing"
        if door.address in self.filtered:
            kind += " · WAF"
        listeners = sorted(
            balancer.listeners, key=lambda one: (isinstance(one.port, Unknown), str(one.port).zfill(5))
        )
        return Balancer(
            address=door.address,
            title=name_of(door.address),
            lines=(f"{str(balancer.kind or '').capitalize()} Load Balancer", kind),
            chips=tuple(_chip(listener) for listener in listeners),
            column=INTERNAL if balancer.internal is True else PUBLIC,
            tier=tier_of(self.places, [door]),
            guard=guard_of(self.model, [door]),
        )

    def _links(self) -> Iterator[Link]:
        for arrow in self.traffic.entries:
            source = arrow.source
            if source not in self.model.interfaces and not (
                source.startswith("sg-") or type_of(source) == "aws_security_group"
            ):
                column = FRONT if self.listener_owner[arrow.target].internal is True else OUTSIDE
                source = f"{source}>{column}"
            yield Link(source, arrow.target, arrow.port, "call", arrow.sure)
        for arrow in self.traffic.deliveries:
            yield Link(arrow.source, arrow.target, arrow.port, "delivery", arrow.sure)
        yield from self.ways_out.links()
        yield from self.triggers[1]


def _chip(listener: Listener) -> Chip:
    port = listener.port if isinstance(listener.port, int) else "?"
    default = listener.rules[-1].action if listener.rules else None
    redirects = default is not None and default.kind == "redirect" and len(listener.rules) == 1
    protocol = str(listener.protocol or "")
    return Chip(
        listener.address, f":{port}", f"{protocol} → {HTTPS}" if redirects else protocol, (listener.address,)
    )
