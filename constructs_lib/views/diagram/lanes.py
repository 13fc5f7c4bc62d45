"""Lanes: the vertical trunks of the nets in the channel between two columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from constructs_lib.views.diagram.measure import LABEL_ROOM, width_of
from constructs_lib.views.diagram.picture import Text
from constructs_lib.views.diagram.pins import Pin

_BETWEEN = 10
_EDGE = 11


@dataclass(frozen=True, slots=True)
class Channel:
    """What stands between two columns. ``lanes``: of each net that needs one, counted from the left."""

    pins: tuple[Pin, ...]
    lanes: dict[int, int]
    count: int
    before: int
    after: int

    def width(self, pitch: int) -> int:
        """The least width of the channel."""
        return self.before + pitch * (self.count + 1) + self.after


def channel_of(pins: tuple[Pin, ...], *, exits: Collection[int], bottom: int) -> Channel:
    """Give every net of a channel a lane of its own wherever two would touch; ways out come first.

    bottom: the y to which the lanes of ways out run.
    """
    spans = {net: _span(net, pins, bottom if net in exits else None) for net in {pin.net for pin in pins}}
    bent = {net: span for net, span in spans.items() if span[0] != span[1]}
    lanes: dict[int, int] = {}
    first = 0
    for own in ([net for net in bent if net in exits], [net for net in bent if net not in exits]):
        taken = _colour({net: bent[net] for net in own})
        lanes.update({net: first + lane for net, lane in taken.items()})
        first += max(taken.values(), default=-1) + 1
    return Channel(pins, lanes, first, _zone(pins, "right"), _zone(pins, "left"))


def _zone(pins: Iterable[Pin], side: str) -> int:
    """Tips at a box need room for their labels."""
    labels = [Text(0, 0, pin.label, "port") for pin in pins if pin.tip and pin.side == side]
    return max((round(width_of(label)) + LABEL_ROOM for label in labels), default=_EDGE)


def _span(net: int, pins: Iterable[Pin], bottom: int | None) -> tuple[int, int]:
    ys = [pin.y for pin in pins if pin.net == net]
    return min(ys), max(ys) if bottom is None else bottom


def _colour(spans: dict[int, tuple[int, int]]) -> dict[int, int]:
    """Give each span, from the top on, the first lane from the left that is free there."""
    ends: list[int] = []
    lanes: dict[int, int] = {}
    for net, (low, high) in sorted(spans.items(), key=lambda item: (item[1][0], -item[1][1], item[0])):
        lane = next((i for i, end in enumerate(ends) if end + _BETWEEN < low), len(ends))
        ends[lane : lane + 1] = [high]
        lanes[net] = lane
    return lanes
