"""Wires: the straight runs, tips, junctions and labels of a net whose lanes have places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.picture import Head, Point, Text, Wire
from constructs_lib.views.diagram.pins import Pin

CORNER = 7
TIP = 7
"""Length of an arrow's tip."""


@dataclass(slots=True)
class Drawing:
    """What of a wire is there so far."""

    runs: list[tuple[Point, ...]] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)

    def finished(self, net: Net) -> Wire:
        """Give the wire of a net."""
        return Wire(
            net.kind, net.sure, tuple(self.runs), tuple(self.heads), tuple(self.dots), tuple(self.labels)
        )

    def trunk(
        self, at: int, stubs: Iterable[tuple[int, int]], *, vertical: bool, until: int | None = None
    ) -> None:
        """Join stubs, pairs of (place along the trunk, other end), by a trunk at a fixed x (vertical) or y.

        until: where the trunk goes on to beyond its last stub.
        """
        ends = sorted(stubs)
        places = [place for place, _ in ends]
        low, high = places[0], places[-1] if until is None else max(places[-1], until)
        if low == high:
            self._run([(low, ends[0][1]), (low, ends[-1][1] if len(ends) > 1 else at)], vertical)
            return
        reach = min(CORNER, (high - low) // 2)
        begin, finish = low, high
        for place, end in ends:
            alone = places.count(place) == 1
            if alone and place == low:
                begin = low + reach
                self._run([(place, end), (place, at), (begin, at)], vertical)
            elif alone and place == high:
                finish = high - reach
                self._run([(place, end), (place, at), (finish, at)], vertical)
            else:
                self._run([(place, end), (place, at)], vertical)
                self.dots.append((at, place) if vertical else (place, at))
        self._run([(begin, at), (finish, at)], vertical)

    def _run(self, points: list[tuple[int, int]], vertical: bool) -> None:
        run = tuple((end, place) if vertical else (place, end) for place, end in points)
        if run[0] != run[-1]:
            self.runs.append(run)

    def tip(self, pin: Pin, edge: int) -> None:
        """Draw the tip of an arrow at the edge of a box, and its label before it."""
        if pin.side == "left":
            self.heads.append(Head((edge, pin.y), "right"))
            self.labels.append(Text(edge - TIP - 5, pin.y - 4, pin.label, "port", "end"))
        else:
            self.heads.append(Head((edge, pin.y), "left"))
            self.labels.append(Text(edge + TIP + 5, pin.y - 4, pin.label, "port"))

    def tip_down(self, at: Point, label: str) -> None:
        """Draw the tip of an arrow that comes from above."""
        self.heads.append(Head(at, "down"))
        if label:
            self.labels.append(Text(at[0] + 7, at[1] - 9, label, "port"))
