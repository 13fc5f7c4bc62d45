"""Wires: the straight runs, tips, junctions and labels of a net whose lanes have places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from constructs_lib.views.diagram.lines.pins import Pin
from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.picture import Dot, Head, Lights, Point, Run, Text, Wire

CORNER = 7
TIP = 7
"""Length of an arrow's tip."""

Owners = tuple[str, ...]
"""The boxes to which a part of a wire leads; none for a part that all of the net share."""
Stub = tuple[int, int, Owners]
"""Where a line leaves a trunk, along it; where that line ends; and whose it is."""


@dataclass(slots=True)
class Drawing:
    """What of a wire is there so far, each part with its owners."""

    thick: bool = False
    runs: list[tuple[Run, Owners]] = field(default_factory=list)
    heads: list[tuple[Head, Owners]] = field(default_factory=list)
    dots: list[tuple[Dot, Owners]] = field(default_factory=list)
    labels: list[tuple[Text, Owners]] = field(default_factory=list)

    def finished(self, net: Net, lights: Callable[[Owners], Lights]) -> Wire:
        """Give the wire of a net. lights: the boxes that light a part with these owners."""
        return Wire(
            net.kind,
            net.sure,
            tuple(replace(run, lights=lights(owners)) for run, owners in self.runs),
            tuple(replace(head, lights=lights(owners)) for head, owners in self.heads),
            tuple(replace(dot, lights=lights(owners)) for dot, owners in self.dots),
            tuple(replace(label, lights=lights(owners)) for label, owners in self.labels),
        )

    def trunk(
        self,
        at: int,
        stubs: Iterable[Stub],
        *,
        vertical: bool,
        until: int | None = None,
        shared: Owners = (),
    ) -> None:
        """Join stubs by a trunk at a fixed x (vertical) or y.

        until: where the trunk goes on to beyond its last stub. shared: whose the trunk itself is.
        """
        ends = sorted(stubs)
        places = [place for place, _, _ in ends]
        low, high = places[0], places[-1] if until is None else max(places[-1], until)
        if low == high:
            self._run([(low, ends[0][1]), (low, ends[-1][1] if len(ends) > 1 else at)], vertical, shared)
            return
        reach = min(CORNER, (high - low) // 2)
        begin, finish = low, high
        for place, end, owners in ends:
            alone = places.count(place) == 1
            if alone and place == low:
                begin = low + reach
                self._run([(place, end), (place, at), (begin, at)], vertical, owners)
            elif alone and place == high:
                finish = high - reach
                self._run([(place, end), (place, at), (finish, at)], vertical, owners)
            else:
                self._run([(place, end), (place, at)], vertical, owners)
                self.dots.append((Dot((at, place) if vertical else (place, at)), owners))
        self._run([(begin, at), (finish, at)], vertical, shared, thick=self.thick)

    def _run(
        self, points: list[tuple[int, int]], vertical: bool, owners: Owners, *, thick: bool = False
    ) -> None:
        run = tuple((end, place) if vertical else (place, end) for place, end in points)
        if run[0] != run[-1]:
            self.runs.append((Run(run, thick), owners))

    def tip(self, pin: Pin, edge: int) -> None:
        """Draw the tip of an arrow at the edge of a box, and its label before it."""
        if pin.side == "left":
            label = Text(edge - TIP - 5, pin.y - 4, pin.label, "port", "end")
        else:
            label = Text(edge + TIP + 5, pin.y - 4, pin.label, "port")
        self.heads.append((Head((edge, pin.y), "right" if pin.side == "left" else "left"), (pin.box,)))
        if pin.label:
            self.labels.append((label, (pin.box,)))

    def tip_down(self, at: Point, label: str, target: str) -> None:
        """Draw the tip of an arrow that comes from above."""
        self.heads.append((Head(at, "down"), (target,) if target else ()))
        if label:
            self.labels.append((Text(at[0] + 7, at[1] - 9, label, "port"), (target,)))
