"""What is billed by the hour whether or not anybody uses it, counted from the Terraform JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from constructs_lib.figures.containers.fargate_sizes import CPU_UNITS_PER_VCPU, with_unit
from constructs_lib.figures.prices import HOURS_PER_MONTH, Prices
from constructs_lib.proof.model.network import Model, NatGateway
from constructs_lib.proof.model.workloads import Service
from constructs_lib.terraform_json.block import Block
from constructs_lib.views.zones_and_tiers import addresses_by_zone, default_route

MIB_PER_GB = 1024


@dataclass(frozen=True, slots=True)
class CostItem:
    """One line of the idle cost. ``price``: of one unit for one hour, or for a month where ``hours`` is 1.

    key: what code asks for: nat_gateways, public_addresses, interface_endpoints, load_balancers, fargate,
    kms_keys, alarms, dashboards. quantity: how many are billed at the same time. monthly: None where the
    price is not known.
    """

    key: str
    what: str
    quantity: Decimal
    price: Decimal | None
    hours: int = HOURS_PER_MONTH

    @property
    def monthly(self) -> Decimal | None:
        """What the line costs in a month."""
        return None if self.price is None else self.quantity * self.price * self.hours


def idle_items(model: Model, prices: Prices) -> Iterator[CostItem]:
    """Give the lines of the idle cost; what the stack does not have has no line."""
    nats = billed_nat_gateways(model)
    regional = any(nat.subnet is None for nat in model.nat_gateways.values())
    gateways = "NAT gateways, a regional one once in each zone" if regional else "NAT gateways"
    zones = sum(max(len(e.interface.subnets), 1) for e in model.endpoints.values() if not e.is_gateway)
    balancers = sum(lb.kind == "application" for lb in model.load_balancers.values())
    keys = sum(len(model.document.resources(kind)) for kind in ("aws_kms_key", "aws_kms_replica_key"))
    lines = (
        CostItem("nat_gateways", gateways, Decimal(nats), prices.get("nat_gateway_hour")),
        *_addresses(model, prices, nats),
        CostItem(
            "interface_endpoints",
            "interface endpoints, each in every zone",
            Decimal(zones),
            prices.get("endpoint_hour"),
        ),
        CostItem(
            "load_balancers",
            "application load balancers",
            Decimal(balancers),
            prices.get("load_balancer_hour"),
        ),
        *_fargate(model, prices),
        CostItem("kms_keys", "KMS keys", Decimal(keys), prices.get("kms_key_month"), hours=1),
        *_alarms(model, prices),
    )
    yield from (line for line in lines if line.quantity)


def billed_nat_gateways(model: Model) -> int:
    """Count NAT gateways as they are billed: a regional one by the hour in each zone that it serves.

    Where it names no zones, AWS chooses them: those of the subnets that lead to it, as far as they are known.
    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html
    """
    public = (nat for nat in model.nat_gateways.values() if nat.public is not False)
    return sum(1 if nat.subnet is not None else _zones_of(model, nat) for nat in public)


def _zones_of(model: Model, nat: NatGateway) -> int:
    served = {
        subnet.zone
        for subnet in model.subnets.values()
        if (route := default_route(model, subnet)) and route.target == nat.address
    }
    return len(addresses_by_zone(model, nat)) or len(served) or 1


def _addresses(model: Model, prices: Prices, nats: int) -> Iterator[CostItem]:
    """Every public IPv4 address is billed, whoever made it; a load balancer has one in each zone at least."""
    balancers = sum(
        len(lb.interface.subnets) for lb in model.load_balancers.values() if lb.internal is not True
    )
    tasks = sum(
        _tasks(model, service)
        for service in model.services.values()
        if service.interface.public_address is True
    )
    own = max(len(model.document.resources("aws_eip")), nats)
    for what, count in (
        ("Elastic IPs, those of NAT gateways included", own),
        ("public IPv4 addresses of load balancers, one in each zone at least", balancers),
        ("public IPv4 addresses of tasks", tasks),
    ):
        yield CostItem("public_addresses", what, Decimal(count), prices.get("public_ipv4_hour"))


def _alarms(model: Model, prices: Prices) -> Iterator[CostItem]:
    """An alarm is billed for each metric that it looks at, a composite one as a whole."""
    alarms = model.document.resources("aws_cloudwatch_metric_alarm")
    metrics = sum(sum(query.has("metric") for query in alarm.blocks("metric_query")) or 1 for alarm in alarms)
    for key, what, count, price in (
        ("alarms", "metrics of alarms", metrics, "alarm_month"),
        (
            "alarms",
            "composite alarms",
            len(model.document.resources("aws_cloudwatch_composite_alarm")),
            "composite_alarm_month",
        ),
        (
            "dashboards",
            "dashboards",
            len(model.document.resources("aws_cloudwatch_dashboard")),
            "dashboard_month",
        ),
    ):
        yield CostItem(key, what, Decimal(count), prices.get(price), hours=1)


def _tasks(model: Model, service: Service) -> int:
    count = model.document.blocks[service.interface.address].number("desired_count")
    return count if isinstance(count, int) else 1


def _fargate(model: Model, prices: Prices) -> Iterator[CostItem]:
    sizes: dict[str, list[Decimal]] = {}
    for service in model.services.values():
        task = service.task_definition
        block = model.document.blocks.get(task) if isinstance(task, str) else None
        if block is None or not _on_fargate(service, block):
            continue
        total = sizes.setdefault(_architecture(block), [Decimal(0), Decimal(0)])
        count = _tasks(model, service)
        total[0] += count * _number(block, "cpu") / CPU_UNITS_PER_VCPU
        total[1] += count * _number(block, "memory") / MIB_PER_GB
    for architecture, (cpu, memory) in sizes.items():
        arm = "arm_" if architecture == "ARM64" else ""
        name = f"Fargate on {architecture}"
        yield CostItem("fargate", f"vCPUs of {name}", cpu, prices.get(f"fargate_{arm}vcpu_hour"))
        yield CostItem("fargate", f"GB of memory of {name}", memory, prices.get(f"fargate_{arm}gb_hour"))


def _on_fargate(service: Service, task: Block) -> bool:
    return service.launch_type == "FARGATE" or "FARGATE" in task.texts("requires_compatibilities")


def _architecture(task: Block) -> str:
    platform = next(iter(task.blocks("runtime_platform")), None)
    found = platform.text("cpu_architecture") if platform else None
    return found if isinstance(found, str) else "X86_64"


def _number(task: Block, name: str) -> Decimal:
    written = task.text(name)
    sized = with_unit(name, written) if isinstance(written, str) else None
    found = task.number(name) if sized is None else sized
    return Decimal(found) if isinstance(found, int) else Decimal(0)
