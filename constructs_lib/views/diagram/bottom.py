"""What stands below the columns: a row inside the VPC, and one outside, with the tracks that lead there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from constructs_lib.views.diagram.guards import frame, frame_height, inside
from constructs_lib.views.diagram.lines.wires import Drawing, Owners, Stub
from constructs_lib.views.diagram.measure import FRAME, PAD, paragraph, paragraph_height, stood_in
from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.picture import Box, Rect
from constructs_lib.views.diagram.scene import Node

_GAP = 20
_WIDEST = 330
_TRACK = 13
_BEFORE = 18
_LABEL = 30
_LANE = 16
_THIN = 5
_LABEL_WIDTH = 56
TURN = 7
"""How far above its track a lane ends, so that it can turn into it."""
Lanes = Mapping[int, list[tuple[int, Owners]]]
"""The x of each net's lanes, and the boxes from which each comes."""
_GATEWAY = 24
"""Height of the internet gateway, which sits on the VPC's border."""


@dataclass(slots=True)
class Bottom:
    """Everything below the columns. ``border``: the y of the VPC's lower edge. ``end``: that of the last row.

    crossings: where the nets that leave the VPC cross its border. gateway: where the internet gateway is.
    """

    border: int = 0
    end: int = 0
    boxes: list[Box] = field(default_factory=list)
    rects: dict[str, Rect] = field(default_factory=dict)
    tracks: dict[int, int] = field(default_factory=dict)
    crossings: dict[int, int] = field(default_factory=dict)
    outer_tracks: dict[int, int] = field(default_factory=dict)
    nat: Rect | None = None
    gateway: Rect | None = None


def bottom_rows(
    rows: tuple[tuple[Node, ...], tuple[Node, ...]], exits: Mapping[int, Net], left: int, right: int, top: int
) -> Bottom:
    """Place the boxes inside and outside of the VPC between two bounds, below one track for each net."""
    bottom, (inner, outer) = Bottom(), rows
    leaving = {number: net for number, net in exits.items() if net.kind == "out"}
    direct = [number for number, net in leaving.items() if net.passing != "nat"]
    bottom.tracks = {number: top + _BEFORE + _TRACK * index for index, number in enumerate(exits)}
    y = top + (_BEFORE + _TRACK * max(len(exits) - 1, 0) + _LABEL if exits or inner else 0)
    end = _place(bottom, inner, left, right - _LANE * len(direct), y) if inner else y
    bottom.border = end + PAD + 8
    bottom.nat = next((bottom.rects[node.key] for node in inner if node.kind == "nat"), None)
    last = max((rect.right for rect in bottom.rects.values()), default=right - _LANE * len(direct) - FRAME)
    bottom.crossings = {number: last + _LANE * (index + 1) for index, number in enumerate(direct)}
    bottom.end = bottom.border
    if outer:
        below = bottom.border + _GATEWAY // 2
        bottom.outer_tracks = {n: below + _BEFORE + _TRACK * index for index, n in enumerate(leaving)}
        y = below + _BEFORE + _TRACK * max(len(leaving) - 1, 0) + _LABEL
        goal = bottom.nat or Rect(right, 0, 0, 0)
        bottom.end = _place(bottom, outer, left, right, y, goal.x + goal.width // 2)
    return bottom


def _place(
    bottom: Bottom, nodes: tuple[Node, ...], left: int, right: int, y: int, below: int | None = None
) -> int:
    """Place one row in the middle, or as far as may be below an x; gives the y of its lower edge."""
    width = min(_WIDEST, (right - left - _GAP * (len(nodes) - 1)) // len(nodes))
    free = right - left - width * len(nodes) - _GAP * (len(nodes) - 1)
    first = free // 2 if below is None else max(0, min(free, below - left - (right - left - free) // 2))
    texts = {node.key: paragraph(node.title, node.lines, width - 2 * FRAME, most=20) for node in nodes}
    height = max(paragraph_height(texts[node.key]) + frame_height(node.guard) for node in nodes)
    for index, node in enumerate(nodes):
        rect = Rect(left + first + index * (width + _GAP), y, width, height)
        own = inside(node.guard, rect)
        bottom.rects[node.key] = rect
        bottom.boxes += frame(node.guard, rect, node.key)
        lines = stood_in(own, texts[node.key])
        bottom.boxes.append(Box(own, node.kind, lines, node.addresses, key=node.key))
    return y + height


def lead_down(
    bottom: Bottom, exits: Mapping[int, Net], lanes: Lanes, drawings: Mapping[int, Drawing]
) -> None:
    """Draw the tracks from the lanes of each net to the boxes."""
    taken = {net: [x for x, _ in own] for net, own in lanes.items()}
    for number, x in bottom.crossings.items():
        bottom.crossings[number] = _beside(x, [there for xs in taken.values() for there in xs])
        taken[number].append(bottom.crossings[number])
    for number, net in exits.items():
        track, drawing = bottom.tracks[number], drawings[number]
        stubs: list[Stub] = [(x, track - TURN, owners) for x, owners in lanes[number]]
        if net.kind == "out":
            stubs.append(_to_border(bottom, number, net, taken, drawing))
        for target, label in net.targets:
            if net.kind in ("endpoint", "inside"):
                x = _free(bottom.rects[target], number, taken)
                taken[number].append(x)
                stubs.append((x, bottom.rects[target].y - 6, (target,)))
                drawing.tip_down((x, bottom.rects[target].y), label, target)
        drawing.trunk(track, stubs, vertical=False)
    _lead_on(bottom, exits, drawings)
    _place_gateway(bottom, exits)


def _to_border(bottom: Bottom, number: int, net: Net, taken: dict[int, list[int]], drawing: Drawing) -> Stub:
    """A net that leaves the VPC goes into the NAT gateways, or straight to the border."""
    if net.passing != "nat" or bottom.nat is None:
        return bottom.crossings[number], bottom.border, ()
    x = _free(bottom.nat, number, taken, apart=_LANE)
    bottom.crossings[number] = x
    taken[number].append(x)
    drawing.tip_down((x, bottom.nat.y), "", "")
    return x, bottom.nat.y - 6, ()


def _lead_on(bottom: Bottom, exits: Mapping[int, Net], drawings: Mapping[int, Drawing]) -> None:
    """Draw what lies outside of the VPC: from the NAT gateways or the border to the boxes."""
    taken = {number: [x] for number, x in bottom.crossings.items()}
    for number, x in bottom.crossings.items():
        net, drawing = exits[number], drawings[number]
        start = bottom.nat.bottom if net.passing == "nat" and bottom.nat else bottom.border
        stubs: list[Stub] = [(x, start, ())]
        for target, label in net.targets:
            rect = bottom.rects[target]
            there = _free(rect, number, taken)
            taken[number].append(there)
            stubs.append((there, rect.y - 6, (target,)))
            drawing.tip_down((there, rect.y), label, target)
        drawing.trunk(bottom.outer_tracks[number], stubs, vertical=False)


def _place_gateway(bottom: Bottom, exits: Mapping[int, Net]) -> None:
    """The internet gateway spans the ways that leave through it."""
    xs = [x for number, x in bottom.crossings.items() if exits[number].passing != "unknown"]
    if xs:
        width = max(132, max(xs) - min(xs) + 2 * _LANE)
        middle = (max(xs) + min(xs)) // 2
        bottom.gateway = Rect(middle - width // 2, bottom.border - _GATEWAY // 2, width, _GATEWAY)


def _beside(x: int, others: list[int]) -> int:
    """Give an x near the wished one that no other line has."""
    steps = (x + sign * step for step in range(_LANE) for sign in (1, -1))
    return next((one for one in steps if all(abs(one - other) >= _THIN for other in others)), x)


def _free(rect: Rect, number: int, taken: Mapping[int, Iterable[int]], apart: int = 60) -> int:
    """Give an x of a box away from other nets' lines; the net's own line where that fits."""
    own, others = taken[number], [x for net, xs in taken.items() if net != number for x in xs]
    middle = rect.x + rect.width // 2
    least, most = rect.x + 14, rect.right - (_LABEL_WIDTH if rect.width > 3 * _LABEL_WIDTH else 14)
    near = [x for x in own if least <= x <= most]
    candidates = (*near, *(middle + sign * step for step in range(0, rect.width // 2, 6) for sign in (1, -1)))
    for x in candidates:
        if least <= x <= most and all(abs(other - x) >= apart for other in others):
            return x
    return next(
        (x for x in candidates if least <= x <= most and all(abs(other - x) >= 8 for other in others)), middle
    )
