"""What a stack costs when nobody uses it, what use adds, and what the alternatives would cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from constructs_lib.figures.lambda_tables import DEFAULT_MEMORY_MB
from constructs_lib.figures.prices import HOURS_PER_MONTH, LCU, Prices, load_prices
from constructs_lib.proof.model.network import Model
from constructs_lib.views.cost.alternatives import alternatives
from constructs_lib.views.cost.items import MIB_PER_GB, CostItem, idle_items
from constructs_lib.views.cost.money import dollars, plain
from constructs_lib.views.markdown import table

_OTHERS = {
    "aws_wafv2_web_acl": "web ACLs",
    "aws_secretsmanager_secret": "secrets",
    "aws_route53_zone": "DNS zones",
    "aws_flow_log": "flow logs",
    "aws_lambda_provisioned_concurrency_config": "provisioned concurrency",
    "aws_ecr_repository": "image repositories",
    "aws_lambda_event_source_mapping": "pollers of queues or streams, which ask even when nothing comes",
    "aws_acmpca_certificate_authority": "private certificate authorities",
}
"""Resource types that are billed too and have no price here."""
_EXAMPLE_MS = 100


@dataclass(frozen=True, slots=True)
class MonthlyCost:
    """The idle cost of a month. ``prices`` are those that it was reckoned with."""

    items: tuple[CostItem, ...]
    prices: Prices

    @property
    def total(self) -> Decimal | None:
        """The sum in US dollars, None where a price is not known."""
        amounts = [item.monthly for item in self.items]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if len(known) == len(amounts) else None

    def of(self, key: str) -> Decimal | None:
        """Give the cost of one kind, such as ``nat_gateways``: 0 without any, None without a price."""
        amounts = [item.monthly for item in self.items if item.key == key]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def monthly_idle_cost(model: Model, region: str, *, prices: Path | None = None) -> MonthlyCost:
    """Reckon what a stack costs in a month of HOURS_PER_MONTH when nobody uses it.

    prices: a file whose prices go before ours. Raises ConfigError for one that cannot be read.
    """
    return _idle(model, load_prices(region, prices))


def _idle(model: Model, prices: Prices) -> MonthlyCost:
    return MonthlyCost(tuple(idle_items(model, prices)), prices)


def cost_markdown(model: Model, *, region: str, prices: Path | None = None) -> str:
    """Write the cost of a stack as Markdown: idle, by use, and of alternatives; quantities without prices.

    prices: a file whose prices go before ours. Raises ConfigError for one that cannot be read.
    """
    listed = load_prices(region, prices)
    parts = [*_head(listed), *_idle_part(model, listed), *_use_part(model, listed)]
    parts += alternatives(model, listed)
    return "\n\n".join([*parts, *_sources(listed)]) + "\n"


def _head(prices: Prices) -> Iterator[str]:
    yield "# Cost"
    if prices.amounts:
        yield (
            f"List prices of {prices.region} in US dollars as of {prices.date} for a month of "
            f"{HOURS_PER_MONTH} hours, without tax, free tiers and discounts. The storage of logs is "
            "not included."
        )
    else:
        yield (
            f"There are no prices for {prices.region} here, so only quantities are shown. "
            "A file of prices can be given; the pages at the end have them."
        )


def _idle_part(model: Model, prices: Prices) -> Iterator[str]:
    idle = _idle(model, prices)
    yield "## When nobody uses it"
    rows = [
        [item.what, plain(item.quantity), _unit_price(item), dollars(item.monthly)] for item in idle.items
    ]
    if not rows:
        yield "Nothing here is billed by the hour."
    else:
        rows.append(["**all of it**", "", "", f"**{dollars(idle.total)}**"])
        yield table(["what", "number", "each", "a month"], rows)
    others = [
        f"{count} {words}"
        for kind, words in _OTHERS.items()
        if (count := len(model.document.resources(kind)))
    ]
    if others:
        yield f"Billed too, but not priced here: {', '.join(others)}."


def _unit_price(item: CostItem) -> str:
    return f"{dollars(item.price, exact=True)} a{'n hour' if item.hours > 1 else ' month'}"


def _use_part(model: Model, prices: Prices) -> Iterator[str]:
    yield "## What use adds"
    lambda_notes = _lambda_rows(model, prices)
    interfaces = any(not endpoint.is_gateway for endpoint in model.endpoints.values())
    rows = [
        ["a GB through a NAT gateway, either way", "nat_gateway_gb", bool(model.nat_gateways)],
        ["a GB between two zones, each way", "zone_transfer_gb", True],
        ["a GB through an interface endpoint", "endpoint_gb", interfaces],
        ["a capacity unit (LCU) of a load balancer for an hour", "lcu_hour", bool(model.load_balancers)],
        ["a GB-second of Lambda, x86_64", "lambda_gb_second", bool(model.functions)],
        ["a GB-second of Lambda, arm64", "lambda_arm_gb_second", bool(model.functions)],
        ["a million requests to Lambda", "lambda_million_requests", bool(model.functions)],
        ["a GB of logs taken in", "log_ingestion_gb", True],
    ]
    shown = [[str(what), dollars(prices.get(str(name)), exact=True)] for what, name, used in rows if used]
    yield table(["unit", "adds"], shown)
    if lambda_notes:
        yield f"A million requests of {_EXAMPLE_MS} ms each, by the functions' sizes:"
        yield table(["size", "functions", "adds"], lambda_notes)
    yield f"One LCU is {LCU}. Gateway endpoints (s3, dynamodb) cost nothing."


def _lambda_rows(model: Model, prices: Prices) -> list[list[str]]:
    sizes: dict[tuple[int, str], int] = {}
    for address in model.functions:
        block = model.document.blocks[address]
        memory, architectures = block.number("memory_size"), block.texts("architectures")
        architecture = architectures[0] if architectures and isinstance(architectures[0], str) else "x86_64"
        size = (memory if isinstance(memory, int) else DEFAULT_MEMORY_MB, architecture)
        sizes[size] = sizes.get(size, 0) + 1
    return [
        [f"{memory} MB, {architecture}", str(count), dollars(_million(memory, architecture, prices))]
        for (memory, architecture), count in sorted(sizes.items())
    ]


def _million(memory: int, architecture: str, prices: Prices) -> Decimal | None:
    arm = "arm_" if architecture == "arm64" else ""
    second, requests = prices.get(f"lambda_{arm}gb_second"), prices.get("lambda_million_requests")
    if second is None or requests is None:
        return None
    return requests + second * memory / MIB_PER_GB * _EXAMPLE_MS * 1000


def _sources(prices: Prices) -> Iterator[str]:
    yield "## Where the prices are from"
    pages: dict[str, list[str]] = {}
    for name, page in prices.sources.items():
        pages.setdefault(page, []).append(f"`{name}`")
    yield "\n".join(f"- <{page}>: {', '.join(names)}" for page, names in pages.items())
