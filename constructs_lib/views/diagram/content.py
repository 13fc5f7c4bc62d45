"""Makes the scene of a picture from the model of a document and the arrows that the proof found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from constructs_lib.figures.internet import HTTPS
from constructs_lib.proof.model.load_balancing import Listener, LoadBalancer
from constructs_lib.proof.model.network import Model
from constructs_lib.proof.model.workloads import Endpoint, Interface
from constructs_lib.rules.checks.web_acls import behind_web_acls
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Unknown
from constructs_lib.views.declared_names import declared_names
from constructs_lib.views.diagram.scene import (
    FRONT,
    INTERNAL,
    OUTSIDE,
    PROTECTED,
    PUBLIC,
    Balancer,
    Chip,
    Link,
    Node,
    Scene,
)
from constructs_lib.views.traffic import INTERNET, Arrow
from constructs_lib.views.written_stack import WrittenStack
from constructs_lib.views.zones_and_tiers import name_of, places

_SHARES = {"ECS": "on ECS", "FARGATE": "on Fargate", "EC2": "on EC2"}


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
        self.listener_owner = {
            listener.address: balancer
            for balancer in self.model.load_balancers.values()
            for listener in balancer.listeners
        }

    def scene(self) -> Scene:
        nodes = (*dict.fromkeys(self._sources()), *self._workloads())
        return Scene(
            title=self._title(),
            subtitle=self._subtitle(),
            vpc=self._vpc(),
            gateway=self._gateways(),
            places=places(self.model),
            nodes=nodes,
            balancers=tuple(self._balancer(balancer) for balancer in self.model.load_balancers.values()),
            exits=tuple(self._exits()),
            links=tuple(self._links()),
        )

    def _title(self) -> str:
        env = self.environment
        return f"{env.project} · {env.environment}" if env else "Architecture"

    def _subtitle(self) -> str:
        zones = len({place.zone for place in places(self.model)})
        region = self.environment.region if self.environment else region_of(self.model)
        parts = [region, f"{zones} availability zone{'s' if zones != 1 else ''}"]
        return " · ".join(part for part in (*parts, "the arrows are what the proof found") if part)

    def _vpc(self) -> str:
        vpcs = {subnet.vpc for subnet in self.model.subnets.values()} or set(self.model.vpcs)
        known = [self.model.vpcs[vpc] for vpc in vpcs if vpc in self.model.vpcs]
        cidrs = ", ".join(str(cidr) for vpc in known for cidr in vpc.cidrs)
        return f"VPC {cidrs}" if cidrs else f"VPC {', '.join(sorted(map(str, vpcs)))}"

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
                lines = ("exists already", arrow.source)
                yield Node(arrow.source, "caller", name, lines, (arrow.source,), FRONT)
            else:
                column = FRONT if balancer.internal is True else OUTSIDE
                anywhere = arrow.source == INTERNET
                title = "Internet" if anywhere or column == OUTSIDE else "Addresses"
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
        self, interface: Interface, kind: str, lines: tuple[str, ...], columns: dict[str, int]
    ) -> Node:
        address = interface.address
        shown = tuple(line for line in lines if line)
        column = columns.get(address, FRONT)
        return Node(
            address,
            "function" if kind == "function" else "service",
            interface.name,
            shown,
            (address,),
            column,
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
        kind = _SHARES.get(launch if isinstance(launch, str) else "ECS", "on ECS").removeprefix("on ")
        count = block.number("desired_count")
        tasks = f"{count} task{'s' if count != 1 else ''}" if isinstance(count, int) else ""
        return " · ".join(part for part in (kind, tasks) if part)

    def _requests(self, address: str) -> Iterator[str]:
        """Which requests lead to a workload: the paths of its rules, else the listener's port."""
        for _, listener, rule, _, _ in self.traffic.paths.ways(address):
            paths = [str(v) for c in rule.conditions if c.kind == "path_pattern" for v in c.values]
            others = [str(c) for c in rule.conditions if c.kind != "path_pattern"]
            yield ", ".join([*paths, *others]) or f"all of port {listener.port}"

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
            lines=(f"{balancer.kind} LB".replace("application LB", "ALB"), kind),
            chips=tuple(_chip(listener) for listener in listeners),
            column=INTERNAL if balancer.internal is True else PUBLIC,
        )

    def _exits(self) -> Iterator[Node]:
        """Boxes of the bottom row; endpoints that the same workloads reach stand together."""
        reached: dict[str, set[str]] = {}
        for arrow in self.traffic.exits:
            reached.setdefault(arrow.target, set()).add(f"{arrow.source}:{arrow.port}:{arrow.sure}")
        groups: dict[tuple[bool, frozenset[str]], list[Endpoint]] = {}
        for endpoint in self.model.endpoints.values():
            key = (endpoint.is_gateway, frozenset(reached.get(endpoint.interface.address, ())))
            groups.setdefault(key, []).append(endpoint)
        for (is_gateway, _), endpoints in sorted(groups.items(), key=lambda item: item[0][0]):
            yield _endpoint_node(is_gateway, endpoints)
        if INTERNET in reached:
            nats = [str(nat) for nat in self.model.nat_gateways]
            lines = (f"through {' and '.join('NAT ' + n.rsplit('_', 1)[-1] for n in nats)}",) if nats else ()
            yield Node(INTERNET, "internet", "Internet", lines)
        others = [t for t in reached if t != INTERNET and t not in self.model.endpoints]
        yield from _other_nodes(others, self.names)

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
        home = {address: node.key for node in self._exits() for address in node.addresses}
        links = {_exit_link(arrow, home): None for arrow in self.traffic.exits}
        yield from links


def _exit_link(arrow: Arrow, home: dict[str, str]) -> Link:
    target = home.get(arrow.target, arrow.target)
    kind = "endpoint" if type_of(target) == "aws_vpc_endpoint" else "internet"
    return Link(
        arrow.source, target, arrow.port, "endpoint" if kind == "endpoint" else "internet", arrow.sure
    )


def _chip(listener: Listener) -> Chip:
    port = listener.port if isinstance(listener.port, int) else "?"
    default = listener.rules[-1].action if listener.rules else None
    redirects = default is not None and default.kind == "redirect" and len(listener.rules) == 1
    protocol = str(listener.protocol or "")
    return Chip(
        listener.address, f":{port}", f"{protocol} → {HTTPS}" if redirects else protocol, (listener.address,)
    )


def _endpoint_node(is_gateway: bool, endpoints: list[Endpoint]) -> Node:
    addresses = tuple(endpoint.interface.address for endpoint in endpoints)
    title = "Gateway endpoints" if is_gateway else "Interface endpoints"
    title = title if len(endpoints) > 1 else title.removesuffix("s")
    services = ", ".join(endpoint.service for endpoint in endpoints)
    return Node(addresses[0], "endpoint", title, (services,), addresses)


def _other_nodes(others: Iterable[str], known: Mapping[str, str], shown: int = 3) -> Iterator[Node]:
    """Targets outside of the document, or tasks that are reached directly; many of them in one box."""
    names = list(others)
    if len(names) <= shown:
        for name in names:
            lines = (name,) if name in known else ()
            yield Node(f"{name}>elsewhere", "elsewhere", known.get(name, name_of(name)), lines, (name,))
    else:
        yield Node(
            f"{names[0]}>elsewhere",
            "elsewhere",
            f"{len(names)} other targets",
            (", ".join(known.get(name, name_of(name)) for name in names),),
            tuple(names),
        )
