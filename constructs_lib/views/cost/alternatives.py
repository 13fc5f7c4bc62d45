"""What else could have been chosen, in numbers: NAT gateways by zone, endpoints instead of NAT."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_UP, Decimal

from constructs_lib.figures.prices import HOURS_PER_MONTH, Prices
from constructs_lib.proof.model.network import Model
from constructs_lib.views.cost.items import billed_nat_gateways
from constructs_lib.views.cost.money import dollars
from constructs_lib.views.markdown import table
from constructs_lib.views.zones_and_tiers import places

_NAMES = (
    *("nat_gateway_hour", "public_ipv4_hour", "nat_gateway_gb", "endpoint_hour", "endpoint_gb"),
    "zone_transfer_gb",
)


def alternatives(model: Model, prices: Prices) -> Iterator[str]:
    """Give the paragraphs on alternatives; none where a price is missing."""
    amounts = {name: amount for name in _NAMES if (amount := prices.get(name)) is not None}
    zones = len({place.zone for place in places(model) if place.tier != "public"})
    if len(amounts) < len(_NAMES) or not zones:
        return
    yield "## Alternatives"
    yield from _nat(model, amounts, zones)
    yield from _endpoints(model, amounts, zones)


def _nat(model: Model, amounts: dict[str, Decimal], zones: int) -> Iterator[str]:
    own = billed_nat_gateways(model)
    is_regional = any(nat.subnet is None for nat in model.nat_gateways.values())
    one = nat_month(amounts)
    choices = [("none", 0, False), ("single", 1, False)]
    if zones > 1:
        choices.append(("one in each zone", zones, False))
    choices.append(("regional, billed in each zone", zones, True))
    rows = [
        [
            words,
            str(count),
            dollars(one * count),
            "as here" if (count, regional) == (own, is_regional) else "",
        ]
        for words, count, regional in choices
    ]
    yield "### NAT gateways"
    yield table(["choice", "NAT gateways", "a month, idle", ""], rows)
    if zones > 1 and amounts["zone_transfer_gb"]:
        more, both_ways = one * (zones - 1), 2 * amounts["zone_transfer_gb"]
        yield (
            f"One in each zone costs {dollars(more)} a month more than a single one, and outlives the loss "
            f"of a zone. A single one pays {dollars(both_ways, exact=True)} for each GB from another zone"
            f", so it is cheaper up to {_whole(more / both_ways)} GB a month from there."
        )


def nat_month(amounts: dict[str, Decimal]) -> Decimal:
    """Give what one NAT gateway with its address costs in a month without traffic."""
    return (amounts["nat_gateway_hour"] + amounts["public_ipv4_hour"]) * HOURS_PER_MONTH


def _endpoints(model: Model, amounts: dict[str, Decimal], zones: int) -> Iterator[str]:
    own = [endpoint for endpoint in model.endpoints.values() if not endpoint.is_gateway]
    count = sum(max(len(endpoint.interface.subnets), 1) for endpoint in own)
    one = amounts["endpoint_hour"] * HOURS_PER_MONTH
    nat = nat_month(amounts)
    yield "### Interface endpoints or NAT"
    here = f"{len(own)} as here, in {count} places" if own else "one, in each zone"
    idle = one * (count or zones)
    rows = [
        [f"interface endpoints: {here}", dollars(idle), dollars(amounts["endpoint_gb"], exact=True)],
        ["a single NAT gateway", dollars(nat), dollars(amounts["nat_gateway_gb"], exact=True)],
    ]
    yield table(["way to AWS services", "a month, idle", "a GB"], rows)
    cheaper = "less" if idle < nat else "more"
    yield (
        f"Idle, these endpoints cost {dollars(abs(idle - nat))} {cheaper} than the NAT gateway that could "
        f"take their place. Each further endpoint costs {dollars(one * zones)} a month in {zones} "
        f"zone{'s' if zones > 1 else ''}. Endpoints reach only their own services."
    )
    saved = amounts["nat_gateway_gb"] - amounts["endpoint_gb"]
    if saved > 0:
        yield (
            f"Beside a NAT gateway that is there anyway, they save {dollars(saved, exact=True)} for each GB, "
            f"so they pay from {_whole(idle / saved)} GB a month on."
        )


def _whole(number: Decimal) -> str:
    return f"{number.quantize(Decimal(1), ROUND_UP):,}"
