"""Heights: how tall each box of the flow is, and where it stands in its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from constructs_lib.views.diagram.group import callees_of
from constructs_lib.views.diagram.guards import frame_height
from constructs_lib.views.diagram.measure import (
    BALANCER_WIDTH,
    CHIP_HEIGHT,
    FRAME,
    GAP,
    NODE_WIDTH,
    OUTSIDE_WIDTH,
    PAD,
    PIN_GAP,
    PLAIN_PIN_GAP,
    STRIP,
    paragraph,
    paragraph_height,
    spread,
    wrapped,
)
from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.scene import FRONT, OUTSIDE, PROTECTED, Balancer, Node, Scene

CHIP_GAP = 10
_GROUP_LINES = 14
_OUTSIDE = 56
_ROOMY = 8
"""Boxes of a column that have room for all of their lines."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a box stands in its column, in pixels below the flow's upper edge."""

    column: int
    top: int
    height: int

    @property
    def middle(self) -> int:
        """The middle of the box."""
        return self.top + self.height // 2

    @property
    def bottom(self) -> int:
        """The lower edge of the box."""
        return self.top + self.height


class Rows:
    """The spans of all boxes of the flow: nodes and chips by key, load balancers by address."""

    def __init__(self, scene: Scene, nets: Iterable[Net]) -> None:
        self.scene = scene
        self.nets = tuple(nets)
        self.columns = {n.key: n.column for n in scene.nodes} | {
            chip.key: balancer.column for balancer in scene.balancers for chip in balancer.chips
        }
        self.spans: dict[str, Span] = {}
        self.dense = is_dense(scene)
        self.gap = GAP // 2 if self.dense else GAP
        self.top = max((_header(b) for b in scene.balancers), default=0)
        self.height = max([self.top + 60, *self._column_heights()])
        self._place_nodes()
        for balancer in scene.balancers:
            self._place_balancer(balancer)
        self._place_outside()

    def _column_heights(self) -> Iterable[int]:
        for column in (FRONT, PROTECTED):
            heights = [self._node_height(node) for node in self.scene.nodes if node.column == column]
            yield self.top + sum(heights) + self.gap * len(heights)
        outside = [node for node in self.scene.nodes if node.column == OUTSIDE]
        yield sum(max(self._node_height(node), _OUTSIDE) + GAP for node in outside)
        for column in {balancer.column for balancer in self.scene.balancers}:
            yield (
                sum(self._balancer_height(b) + GAP for b in self.scene.balancers if b.column == column) - GAP
            )

    def _balancer_height(self, balancer: Balancer) -> int:
        return (
            _header(balancer)
            + PAD
            + FRAME
            + sum(self._chip_height(chip.key) + CHIP_GAP for chip in balancer.chips)
        )

    def _pins(self, key: str) -> int:
        """Give the number of nets on the busier side of a box."""
        own, sides = self.columns[key], {"left": 0, "right": 0}
        for net in self.nets:
            if key in net.boxes():
                others = {self.columns.get(box, PROTECTED + 1) for box in net.boxes()} - {own}
                sides["left"] += any(column < own for column in others)
                sides["right"] += any(column > own for column in others)
        return max(sides.values())

    def _node_height(self, node: Node) -> int:
        lines = node_lines(node, dense=self.dense)
        inner = paragraph_height(lines, dense=self.dense) + frame_height(node.guard)
        return max(inner, 2 * PLAIN_PIN_GAP * self._pins(node.key))

    def _chip_height(self, key: str) -> int:
        return CHIP_HEIGHT + PIN_GAP * max(self._pins(key) - 1, 0)

    def _place_nodes(self) -> None:
        """Stack callers, put callees beside their callers, then these in the middle of their callees."""
        callees = callees_of(self.scene)
        callers: dict[str, list[str]] = {}
        for caller, called in callees.items():
            for callee in called:
                callers.setdefault(callee, []).append(caller)
        self._place_column(FRONT, {})
        self._place_column(PROTECTED, callers)
        self._place_column(FRONT, callees)

    def _place_column(self, column: int, others: Mapping[str, Iterable[str]]) -> None:
        """Place the boxes of a column in their order, each beside others that have a place already."""
        nodes = [node for node in self.scene.nodes if node.column == column]
        heights = [self._node_height(node) for node in nodes]
        free = self.height - self.top - sum(heights) - self.gap * (len(nodes) - 1)
        items, top, least = list[tuple[float, int]](), self.top + free // 2, 0.0
        for node, height in zip(nodes, heights, strict=True):
            known = [self.spans[one] for one in others.get(node.key, ()) if one in self.spans]
            beside = [span.middle for span in known if span.column != column]
            wish = sum(beside) / len(beside) if beside else top + height / 2
            least = max(least, wish)
            items.append((least, height))
            top += height + self.gap
        tops = spread(items, self.top, self.height, self.gap)
        for node, height, y in zip(nodes, heights, tops, strict=True):
            self.spans[node.key] = Span(column, y, height)

    def _place_balancer(self, balancer: Balancer) -> None:
        others = [b for b in self.scene.balancers if b.column == balancer.column]
        index = others.index(balancer)
        need = [self._balancer_height(b) for b in others]
        free = (self.height - sum(need) - GAP * (len(others) - 1)) // len(others)
        top = sum(need[:index]) + index * (GAP + free)
        height = need[index] + free
        self.spans[balancer.address] = Span(balancer.column, top, height)
        items = [(self._neighbours(chip.key), self._chip_height(chip.key)) for chip in balancer.chips]
        low, high = top + _header(balancer), top + height - PAD - FRAME
        for chip, y in zip(balancer.chips, spread(items, low, high, CHIP_GAP), strict=True):
            self.spans[chip.key] = Span(balancer.column, y, self._chip_height(chip.key))

    def _neighbours(self, key: str) -> float:
        """Give the mean middle of the boxes that a chip leads to, else of those that lead to it."""
        ahead = [t for net in self.nets if key in net.sources for t, _ in net.targets]
        behind = [s for net in self.nets for t, _ in net.targets if t == key for s in net.sources]
        for boxes in (ahead, behind):
            middles = [self.spans[box].middle for box in boxes if box in self.spans]
            if middles:
                return sum(middles) / len(middles)
        return float(self.height)

    def _place_outside(self) -> None:
        nodes = [node for node in self.scene.nodes if node.column == OUTSIDE]
        items = [(self._outside(node), max(self._node_height(node), _OUTSIDE)) for node in nodes]
        for node, (_, height), y in zip(nodes, items, spread(items, 0, self.height, GAP), strict=True):
            self.spans[node.key] = Span(OUTSIDE, y, height)

    def _outside(self, node: Node) -> float:
        """Whoever calls stands beside what it calls; the ways of what invokes run below the columns."""
        return float(self.height) if node.kind == "aws" else self._neighbours(node.key)


def _header(balancer: Balancer) -> int:
    return paragraph_height(balancer_lines(balancer)) + 4 + (STRIP if balancer.guard.names else 0)


def balancer_lines(balancer: Balancer) -> tuple[tuple[str, str], ...]:
    """Give the lines at the head of a load balancer."""
    return paragraph(balancer.title, balancer.lines, BALANCER_WIDTH - 2 * FRAME)


def is_dense(scene: Scene) -> bool:
    """Tell whether a column is so full that its boxes say what they are in one line."""
    return any(sum(node.column == column for node in scene.nodes) > _ROOMY for column in (FRONT, PROTECTED))


def node_lines(node: Node, *, dense: bool) -> tuple[tuple[str, str], ...]:
    """Give the lines of a node."""
    if node.column == OUTSIDE:
        return paragraph(node.title, node.lines, OUTSIDE_WIDTH, most=_GROUP_LINES)
    if dense and len(node.addresses) <= 1:
        width = NODE_WIDTH - 2 * FRAME - 2 * PAD
        names = [("dense", line) for line in wrapped(node.title, width, "dense", 2)]
        return (*names, *(("text", line) for line in wrapped(" · ".join(node.lines), width, "text", 1)))
    return paragraph(
        node.title, node.lines, NODE_WIDTH - 2 * FRAME, most=_GROUP_LINES if len(node.addresses) > 1 else 2
    )
