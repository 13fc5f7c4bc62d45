"""The map above the flow: availability zones as rows, tiers as columns, subnets with their NAT gateways."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.views.diagram.measure import LINE, PAD, SIZES, stood_in, width_of, wrapped
from constructs_lib.views.diagram.picture import Box, Rect, Text
from constructs_lib.views.diagram.text_width import fit
from constructs_lib.views.zones_and_tiers import NO_WAY, NOT_TOLD, TIERS, Nat, Place, name_of, zone_letter

SUBNET = 46
_GAP = 8
_INSIDE = 7
_LABEL = 112
_NAT = 122
_WIDEST_NAT = 200
_STYLE = {"public": "public", "private": "private", "internal load balancer": "inner"}
_OCCUPIED_WIDTH = 880
_OCCUPIED = "Blocks that others use:"


def tier_style(tier: str) -> str:
    """Give the class of a tier's colour."""
    return _STYLE.get(tier, "private") if tier else "untold"


def zones_height(places: tuple[Place, ...]) -> int:
    """Give the height of the whole map."""
    zones = dict.fromkeys(place.zone for place in places)
    return sum(_row_height(places, zone) + _GAP for zone in zones)


def occupied_height(blocks: tuple[str, ...]) -> int:
    """Give the height of the row of blocks that others use."""
    return len(_occupied_lines(blocks)) * LINE + PAD + _GAP if blocks else 0


def _occupied_lines(blocks: tuple[str, ...]) -> tuple[str, ...]:
    return wrapped(f"{_OCCUPIED} {', '.join(blocks)}", _OCCUPIED_WIDTH, "text")


def occupied_box(blocks: tuple[str, ...], left: int, right: int, top: int) -> Iterator[Box]:
    """Draw the blocks of the VPC in which others have their subnets."""
    if blocks:
        rect = Rect(left, top, right - left, occupied_height(blocks) - _GAP)
        lines = [("text", line) for line in _occupied_lines(blocks)]
        yield Box(rect, "occupied", stood_in(rect, lines))


def _row_height(places: tuple[Place, ...], zone: str) -> int:
    stacked: dict[str, int] = {}
    for place in places:
        if place.zone == zone:
            stacked[place.tier] = stacked.get(place.tier, 0) + 1
    return max(stacked.values()) * (SUBNET + _INSIDE) + _INSIDE


def zone_boxes(places: tuple[Place, ...], left: int, right: int, top: int) -> Iterator[Box]:
    """Draw one row for each availability zone."""
    columns = _columns(places, left + _LABEL, right - _INSIDE)
    y = top
    for zone in dict.fromkeys(place.zone for place in places):
        row = Rect(left, y, right - left, _row_height(places, zone))
        label = fit(zone, _LABEL - PAD - 4, SIZES["zone"][0], bold=True)
        yield Box(row, "zone", (Text(left + PAD, row.middle + 4, label, "zone"),))
        for tier, (x, width) in columns.items():
            own = [place for place in places if place.zone == zone and place.tier == tier]
            for index, place in enumerate(own):
                at = y + _INSIDE + index * (SUBNET + _INSIDE)
                yield from _subnet(place, Rect(x, at, width, SUBNET))
        y += row.height + _GAP


def _columns(places: tuple[Place, ...], left: int, right: int) -> dict[str, tuple[int, int]]:
    """Give the x and width of each tier: what its texts need, and an equal share of the rest."""
    tiers = sorted({place.tier for place in places}, key=lambda t: (TIERS.index(t) if t in TIERS else 9, t))
    need = {tier: max(_need(place) for place in places if place.tier == tier) for tier in tiers}
    rest = (right - left - sum(need.values()) - _INSIDE * (len(tiers) - 1)) // max(len(tiers), 1)
    found, x = {}, left
    for tier in tiers:
        found[tier] = (x, need[tier] + rest)
        x += need[tier] + rest + _INSIDE
    return found


def _need(place: Place) -> int:
    texts = (Text(0, 0, place.cidr, "cidr"), Text(0, 0, _line(place), "text"))
    return 28 + round(max(map(width_of, texts))) + sum(map(_nat_room, place.nat_gateways))


def _line(place: Place) -> str:
    usable = "" if place.usable is None else f"{place.usable} usable"
    way = f"→ {place.route}" if place.route not in (NO_WAY, NOT_TOLD) else place.route
    tier = place.tier.replace("load balancer", "LB")
    return " · ".join(part for part in (tier, usable, way) if part)


def _subnet(place: Place, rect: Rect) -> Iterator[Box]:
    room = rect.width - PAD - 12 - sum(map(_nat_room, place.nat_gateways))
    texts = [
        Text(rect.x + 14, rect.y + 19, fit(place.cidr, room, 12, bold=True), "cidr"),
        Text(rect.x + 14, rect.y + 35, fit(_line(place), room, 11), "text"),
    ]
    yield Box(rect, f"subnet {tier_style(place.tier)}", tuple(texts), (place.address,))
    x = rect.right
    for nat in place.nat_gateways:
        x -= _nat_room(nat)
        yield _nat(nat, Rect(x, rect.y + 6, _nat_room(nat) - 6, SUBNET - 12))


def _nat_room(nat: Nat) -> int:
    """Give the width of a NAT gateway with the gap beside it: the id of its address has to fit."""
    return 6 + max(_NAT, min(_WIDEST_NAT, 18 + round(width_of(Text(0, 0, _address(nat), "text")))))


def _address(nat: Nat) -> str:
    if nat.elastic_ip is None:
        return "private"
    return "Elastic IP" if type_of(nat.elastic_ip) == "aws_eip" else name_of(nat.elastic_ip)


def _nat(nat: Nat, rect: Rect) -> Box:
    is_own = nat.elastic_ip is not None and type_of(nat.elastic_ip) == "aws_eip"
    line = _address(nat)
    texts = (
        Text(
            rect.x + 8,
            rect.y + 14,
            fit(f"NAT gateway {zone_letter(name_of(nat.address))}", rect.width - 14, 11),
            "text",
        ),
        Text(rect.x + 8, rect.y + 28, fit(line, rect.width - 14, 11), "text"),
    )
    owned = (nat.address, nat.elastic_ip) if is_own and nat.elastic_ip else (nat.address,)
    return Box(rect, "nat", texts, owned)
