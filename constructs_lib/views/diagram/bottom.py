"""The bottom row: endpoints, the internet and other targets of workloads, with the tracks that lead there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from constructs_lib.views.diagram.measure import paragraph, paragraph_height, stood_in
from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.picture import Box, Rect
from constructs_lib.views.diagram.scene import Node
from constructs_lib.views.diagram.wires import Drawing

_GAP = 24
_WIDEST = 330
_TRACK = 13
_BEFORE = 18
_LABEL = 30
TURN = 7
"""How far above its track a lane ends, so that it can turn into it."""
_STYLES = {"endpoint": "endpoint", "internet": "outside", "elsewhere": "elsewhere"}


@dataclass(frozen=True, slots=True)
class Bottom:
    """The bottom row below ``top``. ``height``: from there to the lower edge of its boxes."""

    boxes: tuple[Box, ...]
    rects: Mapping[str, Rect]
    tracks: Mapping[int, int]
    height: int


def bottom_row(nodes: tuple[Node, ...], exits: Mapping[int, Net], left: int, right: int, top: int) -> Bottom:
    """Place the boxes between two bounds, below one track for each net that leads to them."""
    if not nodes:
        return Bottom((), {}, {}, 0)
    width = min(_WIDEST, (right - left - _GAP * (len(nodes) - 1)) // len(nodes))
    free = right - left - width * len(nodes) - _GAP * (len(nodes) - 1)
    texts = {node.key: paragraph(node.title, node.lines, width, most=20) for node in nodes}
    tracks = {number: top + _BEFORE + _TRACK * index for index, number in enumerate(exits)}
    y = top + _BEFORE + _TRACK * max(len(exits) - 1, 0) + _LABEL
    height = max(paragraph_height(lines) for lines in texts.values())
    rects = {
        node.key: Rect(left + free // 2 + index * (width + _GAP), y, width, height)
        for index, node in enumerate(nodes)
    }
    boxes = tuple(
        Box(rects[node.key], _STYLES[node.kind], stood_in(rects[node.key], texts[node.key]), node.addresses)
        for node in nodes
    )
    return Bottom(boxes, rects, tracks, y + height - top)


def lead_down(
    bottom: Bottom, exits: Mapping[int, Net], lanes: Mapping[int, list[int]], drawings: Mapping[int, Drawing]
) -> None:
    """Draw the tracks from the lanes of each net to the boxes. ``lanes``: the x of each net's lanes."""
    taken = {net: list(xs) for net, xs in lanes.items()}
    for number, net in exits.items():
        track, drawing = bottom.tracks[number], drawings[number]
        stubs = [(x, track - TURN) for x in lanes[number]]
        for target, label in net.targets:
            x = _free(bottom.rects[target], number, taken)
            taken[number].append(x)
            stubs.append((x, bottom.rects[target].y - 6))
            drawing.tip_down((x, bottom.rects[target].y), label)
        drawing.trunk(track, stubs, vertical=False)


def _free(rect: Rect, number: int, taken: Mapping[int, list[int]]) -> int:
    """Give an x of a box away from other nets' lines; the net's own lane where that fits."""
    own, others = taken[number], [x for net, xs in taken.items() if net != number for x in xs]
    middle = rect.x + rect.width // 2
    near = [x for x in own if rect.x + 14 <= x <= rect.right - 60]
    candidates = (*near, *(middle + sign * step for step in range(0, rect.width // 2, 6) for sign in (1, -1)))
    for x in candidates:
        if rect.x + 14 <= x <= rect.right - 14 and all(not -60 < other - x < 60 for other in others):
            return x
    return next((x for x in candidates if all(abs(other - x) >= 8 for other in others)), middle)
