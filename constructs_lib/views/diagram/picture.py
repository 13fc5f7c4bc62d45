"""The picture as shapes with whole-number coordinates, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[int, int]
Lights = tuple[int, ...]
"""The numbers of the boxes that light a part when somebody points at them."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> int:
        """The y of the middle."""
        return self.y + self.height // 2

    def inset(self, by: int) -> Rect:
        """Give the rectangle narrowed on its left and right."""
        return Rect(self.x + by, self.y, self.width - 2 * by, self.height)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; y is that of its baseline. ``style`` is one of the drawing's text classes."""

    x: int
    y: int
    text: str
    style: str
    anchor: str = "start"
    lights: Lights = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with texts inside. ``addresses`` are the things that it stands for, ``notes`` what else
    is told of them. ``key``: the box of the scene. ``number``: that by which it lights its ways.
    """

    rect: Rect
    style: str
    texts: tuple[Text, ...] = ()
    addresses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    key: str = ""
    number: int | None = None
    lights: Lights = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The tip of an arrow."""

    at: Point
    direction: str
    lights: Lights = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A straight line, with a corner at most. ``thick``: the trunk of a bundle."""

    points: tuple[Point, ...]
    thick: bool = False
    lights: Lights = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A junction."""

    at: Point
    lights: Lights = ()


@dataclass(frozen=True, slots=True)
class Wire:
    """One net: straight runs between corners, tips, junctions and the labels beside the tips."""

    kind: str
    sure: bool
    runs: tuple[Run, ...]
    heads: tuple[Head, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Text, ...]


@dataclass(slots=True)
class Picture:
    """Everything that is drawn, back to front."""

    width: int
    height: int
    title: str
    boxes: list[Box] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    over: list[Box] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
