"""Writes a picture as SVG. Colours come from style classes, so that one file serves light and dark pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from constructs_lib.views.diagram.lines.wires import CORNER, TIP
from constructs_lib.views.diagram.measure import MARGIN, width_of
from constructs_lib.views.diagram.picture import Box, Head, Lights, Picture, Point, Text, Wire
from constructs_lib.views.diagram.style import STYLE, pointing

_LEGEND = (
    ("call", "calls"),
    ("delivery", "load balancer to target"),
    ("endpoint", "to an AWS service by a VPC endpoint"),
    ("inside", "to others in the VPC"),
    ("out", "out of the VPC"),
    ("trigger", "an AWS service is set to invoke"),
)
_ROW = 22
_BETWEEN = 24
_SAMPLE = 34
_TIERS = {"public", "private", "inner"}
_RADII = {"cell": 4, "row": 0, "vpc": 12, "zone": 8, "balancer": 8, "chip": 5, "gateway": 12, "nat": 5}


def svg_of(picture: Picture, description: str = "") -> str:
    """Give the SVG document of a picture. The same picture gives the same bytes.

    description: the same as a text, for those who do not see it.
    """
    legend = tuple(_legend(picture))
    height = picture.height + max((y for _, _, y in legend), default=0) + _ROW
    size = {"width": str(picture.width), "height": str(height)}
    box = f"0 0 {picture.width} {height}"
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "architecture",
            **size,
            "viewBox": box,
            "role": "img",
        },
    )
    ET.SubElement(root, "title").text = picture.title
    if description:
        ET.SubElement(root, "desc").text = description
    ET.SubElement(root, "style").text = STYLE + pointing(box.number for box in picture.boxes)
    ET.SubElement(root, "rect", {"class": "a-page", **size})
    for part in picture.boxes:
        _box(root, part)
    for wire in picture.wires:
        _wire(root, wire)
    for part in picture.over:
        _box(root, part)
    for wire in picture.wires:
        for label in wire.labels:
            _text(root, label)
    for text in picture.texts:
        _text(root, text)
    for item, x, y in legend:
        _sample(root, item, x, picture.height + y)
    return ET.tostring(root, encoding="unicode") + "\n"


def _box(root: ET.Element, box: Box) -> None:
    style = " ".join(f"a-{name}" for name in box.style.split())
    lit = f" a-part{_lit(box.lights)}" if box.lights else ""
    key = lit if box.number is None else f" a-key n{box.number}{_lit(box.lights)}"
    group = ET.SubElement(
        root, "g", {"class": f"a-box {style}{key}", "data-address": " ".join(box.addresses)}
    )
    if box.addresses or box.notes:
        ET.SubElement(group, "title").text = "\n".join((*box.addresses, *box.notes))
    rect, radius = box.rect, str(_RADII.get(box.style.split()[0], 6))
    ET.SubElement(
        group,
        "rect",
        {
            "x": str(rect.x),
            "y": str(rect.y),
            "width": str(rect.width),
            "height": str(rect.height),
            "rx": radius,
        },
    )
    if _TIERS & set(box.style.split()):
        bar = {"x": str(rect.x), "y": str(rect.y + 8), "width": "3", "height": str(rect.height - 16)}
        ET.SubElement(group, "rect", {"class": "a-bar", **bar})
    for text in box.texts:
        _text(group, text)


def _text(parent: ET.Element, text: Text) -> None:
    place = {"x": str(text.x), "y": str(text.y)}
    if text.style == "turned":
        place["transform"] = f"rotate(-90 {text.x} {text.y})"
    if text.anchor != "start":
        place["text-anchor"] = text.anchor
    lit = f" a-part{_lit(text.lights)}" if text.lights else ""
    ET.SubElement(parent, "text", {"class": f"a-t-{text.style}{lit}", **place}).text = text.text


def _wire(root: ET.Element, wire: Wire) -> None:
    doubt = "" if wire.sure else " a-doubt"
    group = ET.SubElement(root, "g", {"class": f"a-wire a-{wire.kind}{doubt}"})
    alike: dict[tuple[bool, Lights], list[str]] = {}
    for run in wire.runs:
        alike.setdefault((run.thick, run.lights), []).append(_path(run.points))
    for (thick, lights), paths in alike.items():
        style = f"a-line{' a-thick' if thick else ''} a-part{_lit(lights)}"
        ET.SubElement(group, "path", {"class": style, "d": " ".join(paths)})
    for dot in wire.dots:
        at = {"cx": str(dot.at[0]), "cy": str(dot.at[1]), "r": "2.5"}
        ET.SubElement(group, "circle", {"class": f"a-part{_lit(dot.lights)}", **at})
    for head in wire.heads:
        _head(group, wire.kind, head)


def _head(group: ET.Element, kind: str, head: Head) -> None:
    style = f"a-head a-part{_lit(head.lights)}" if head.lights else "a-head"
    ET.SubElement(group, "path", {"class": style, "d": _tip(kind, head)})


def _lit(lights: Lights) -> str:
    return "".join(f" w{number}" for number in lights)


def _path(run: tuple[Point, ...]) -> str:
    """Draw a run with its corner, if it has one, rounded."""
    if len(run) == 2:
        return f"M{run[0][0]} {run[0][1]}L{run[1][0]} {run[1][1]}"
    (ax, ay), (bx, by), (cx, cy) = run
    sx, sy = bx + _towards(bx, ax), by + _towards(by, ay)
    return f"M{ax} {ay}L{sx} {sy}Q{bx} {by} {cx} {cy}"


def _towards(start: int, end: int) -> int:
    return max(-CORNER, min(CORNER, end - start))


def _tip(kind: str, head: Head) -> str:
    """Draw a tip: each kind of way has a shape of its own, so that none is told by its colour alone."""
    x, y = head.at
    along, across = {"down": ((0, 1), (1, 0)), "right": ((1, 0), (0, 1)), "left": ((-1, 0), (0, 1))}[
        head.direction
    ]

    def at(back: float, aside: float) -> str:
        right = x - back * along[0] + aside * across[0]
        down = y - back * along[1] + aside * across[1]
        return f"{right:g} {down:g}"

    if kind == "inside":
        return f"M{at(0, 3.5)}L{at(TIP, 3.5)}L{at(TIP, -3.5)}L{at(0, -3.5)}Z"
    if kind == "out":
        return f"M{at(0, 0)}L{at(TIP / 2, 4)}L{at(TIP, 0)}L{at(TIP / 2, -4)}Z"
    if kind == "endpoint":
        return f"M{at(0, 0)}A3.5 3.5 0 1 1 {at(TIP, 0)}A3.5 3.5 0 1 1 {at(0, 0)}Z"
    if kind == "trigger":
        return f"M{at(0, 0)}L{at(TIP, 4)}L{at(TIP - 3, 0)}L{at(TIP, -4)}Z"
    return f"M{at(0, 0)}L{at(TIP, 4)}L{at(TIP, -4)}Z"


Item = tuple[str, str, str]


def _legend(picture: Picture) -> Iterator[tuple[Item, int, int]]:
    """Explain what is in the picture: kind, class and words of each sample, and where it stands."""
    kinds = {wire.kind for wire in picture.wires}
    items: list[Item] = [(kind, "", words) for kind, words in _LEGEND if kind in kinds]
    if any(not wire.sure for wire in picture.wires):
        items.append(("call", " a-doubt", "only an apply can tell"))
    if any(run.thick for wire in picture.wires for run in wire.runs):
        items.append(("call", " a-bundle", "a bundle: see the matrix"))
    if any(box.style == "guard" for box in picture.boxes):
        items.append(("guard", "", "security group (SG)"))
    if kinds:
        items.append(("", "", "numbers are TCP ports; point at a box to light its ways"))
    x, y = MARGIN, 0
    for item in items:
        width = (_SAMPLE if item[0] else 0) + 8 + round(width_of(Text(0, 0, item[2], "note")))
        if x + width > picture.width - MARGIN:
            x, y = MARGIN, y + _ROW
        yield item, x, y
        x += width + _BETWEEN


def _sample(root: ET.Element, item: Item, x: int, y: int) -> None:
    kind, doubt, words = item
    if kind == "guard":
        group = ET.SubElement(root, "g", {"class": "a-sample a-guard"})
        size = {"width": str(_SAMPLE - 6), "height": "12"}
        ET.SubElement(group, "rect", {"x": str(x), "y": str(y - 6), **size, "rx": "4"})
    elif kind:
        group = ET.SubElement(root, "g", {"class": f"a-sample a-wire a-{kind}{doubt}"})
        ET.SubElement(group, "path", {"class": "a-line", "d": f"M{x} {y}L{x + _SAMPLE - 12} {y}"})
        _head(group, kind, Head((x + _SAMPLE - 6, y), "right"))
    _text(root, Text(x + (_SAMPLE + 2 if kind else 0), y + 4, words, "note"))
