"""Pins, where on the edges of boxes the nets begin and end, and lanes, their trunks between columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from constructs_lib.views.diagram.measure import (
    CHIP_HEIGHT,
    LABEL_ROOM,
    PAD,
    PIN_GAP,
    PLAIN_PIN_GAP,
    spread,
    width_of,
)
from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.picture import Text
from constructs_lib.views.diagram.rows import Rows

BOTTOM = 9
"""The column of the boxes below the flow."""
_BETWEEN = 10
_EDGE = 11
_APART = 6
"""Lines of different nets that meet in one channel from both sides stay this far apart."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The end of a net at a side of a box. ``tip``: the net's arrow ends here, with this label."""

    net: int
    box: str
    column: int
    side: Literal["left", "right"]
    y: int
    tip: bool
    label: str = ""


class Pins:
    """All pins of the flow. ``exits`` are the numbers of the nets that run below the columns."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.exits = {i for i, net in enumerate(rows.nets) if net.runs_below(rows.spans)}
        self._chips = {chip.key for balancer in rows.scene.balancers for chip in balancer.chips}
        wished = [pin for i, net in enumerate(rows.nets) for pin in self._ends(i, net)]
        self._columns = sorted({span.column for span in rows.spans.values()})
        placed = list(self._placed(wished))
        self.all = tuple(self._apart(placed))

    def channel(self, column: int, following: int) -> tuple[Pin, ...]:
        """Give the pins between two neighbouring columns."""
        return tuple(
            pin for pin in self.all if (pin.column, pin.side) in ((column, "right"), (following, "left"))
        )

    def _ends(self, number: int, net: Net) -> Iterator[Pin]:
        ends = [(s, False, "") for s in net.sources] + [(t, True, label) for t, label in net.targets]
        columns = {self.rows.spans[box].column if box in self.rows.spans else BOTTOM for box, _, _ in ends}
        for box, tip, label in ends:
            span = self.rows.spans.get(box)
            if span is None:
                continue
            others = columns - {span.column}
            is_left = number not in self.exits and bool(others) and max(others) < span.column
            side: Literal["left", "right"] = "left" if is_left else "right"
            yield Pin(number, box, span.column, side, self._wish(number, net, box), tip, label)

    def _wish(self, number: int, net: Net, box: str) -> int:
        """Pins want to stand opposite of what they lead to; ways to the bottom row leave at the lower end."""
        own = self.rows.spans[box]
        if number in self.exits:
            return own.bottom
        others = [self.rows.spans[o] for o in net.boxes() if o in self.rows.spans]
        middles = [span.middle for span in others if span.column != own.column]
        wish = sum(middles) // len(middles) if middles else own.middle
        low, high = self._range(box)
        return wish if low <= wish <= high or box in net.sources else own.middle

    def _placed(self, pins: Iterable[Pin]) -> Iterator[Pin]:
        sides: dict[tuple[str, str], list[Pin]] = {}
        for pin in pins:
            sides.setdefault((pin.box, pin.side), []).append(pin)
        for own in sides.values():
            low, high = self._range(own[0].box)
            items = [(float(min(max(pin.y, low), high)) + pin.net / 1000, 0) for pin in own]
            gap = PIN_GAP if any(pin.tip for pin in own) else PLAIN_PIN_GAP
            for pin, y in zip(own, spread(items, low, high, gap), strict=True):
                yield replace(pin, y=y)

    def _range(self, box: str) -> tuple[int, int]:
        span = self.rows.spans[box]
        room = CHIP_HEIGHT // 2 if box in self._chips else min(PAD, span.height // 2)
        return span.top + room, span.bottom - room

    def _apart(self, pins: list[Pin]) -> Iterator[Pin]:
        """Move pins straight opposite of their partners, else away from other nets' at the same height."""
        for side in ("right", "left"):
            for index, pin in enumerate(pins):
                if pin.side == side:
                    pins[index] = replace(pin, y=self._free(pin, pins))
        return iter(pins)

    def _free(self, pin: Pin, pins: list[Pin]) -> int:
        low, high = self._range(pin.box)
        facing = [p for p in pins if p.side != pin.side and p.column == self._opposite(pin)]
        partners = sorted((p.y for p in facing if p.net == pin.net), key=lambda y: abs(y - pin.y))
        others = [p.y for p in facing if p.net != pin.net]
        beside = [p for p in pins if p.box == pin.box and p.side == pin.side and p is not pin]
        near = [y for y in partners if abs(y - pin.y) <= PIN_GAP]
        offsets = (0, *(sign * step for step in range(2, 60, 2) for sign in (1, -1)))
        for y in (*near, *(pin.y + offset for offset in offsets)):
            clear = all(abs(y - other) >= _APART for other in others)
            if low <= y <= high and clear and all(abs(y - p.y) >= _gap(pin, p) for p in beside):
                return y
        return pin.y

    def _opposite(self, pin: Pin) -> int:
        """Give the column on the other side of a pin's channel."""
        if pin.side == "right":
            return min((column for column in self._columns if column > pin.column), default=BOTTOM)
        return max((column for column in self._columns if column < pin.column), default=BOTTOM)


def _gap(one: Pin, other: Pin) -> int:
    return PIN_GAP if one.tip or other.tip else PLAIN_PIN_GAP


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
