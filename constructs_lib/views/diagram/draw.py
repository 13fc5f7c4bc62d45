"""Writes a picture as SVG. Colours come from style classes, so that one file serves light and dark pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from constructs_lib.views.diagram.measure import MARGIN
from constructs_lib.views.diagram.picture import Box, Head, Picture, Point, Text, Wire
from constructs_lib.views.diagram.style import STYLE
from constructs_lib.views.diagram.wires import CORNER, TIP

_LEGEND = (
    ("call", "calls"),
    ("delivery", "load balancer to target"),
    ("endpoint", "to AWS services by endpoint"),
    ("internet", "out of the VPC"),
)
_RADII = {"vpc": 12, "zone": 8, "balancer": 8, "chip": 5, "gateway": 12, "nat": 5}


def svg_of(picture: Picture) -> str:
    """Give the SVG document of a picture. The same picture gives the same bytes."""
    size = {"width": str(picture.width), "height": str(picture.height)}
    box = f"0 0 {picture.width} {picture.height}"
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
    ET.SubElement(root, "style").text = STYLE
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
    _legend(root, picture)
    return ET.tostring(root, encoding="unicode") + "\n"


def _box(root: ET.Element, box: Box) -> None:
    style = " ".join(f"a-{name}" for name in box.style.split())
    group = ET.SubElement(root, "g", {"class": f"a-box {style}", "data-address": " ".join(box.addresses)})
    if box.addresses:
        ET.SubElement(group, "title").text = "\n".join(box.addresses)
    rect, radius = box.rect, str(_RADII.get(box.style, 6))
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
    if box.style.startswith("subnet"):
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
    ET.SubElement(parent, "text", {"class": f"a-t-{text.style}", **place}).text = text.text


def _wire(root: ET.Element, wire: Wire) -> None:
    doubt = "" if wire.sure else " a-doubt"
    group = ET.SubElement(root, "g", {"class": f"a-wire a-{wire.kind}{doubt}"})
    ET.SubElement(group, "path", {"class": "a-line", "d": " ".join(_path(run) for run in wire.runs)})
    for x, y in wire.dots:
        ET.SubElement(group, "circle", {"cx": str(x), "cy": str(y), "r": "2.5"})
    for head in wire.heads:
        ET.SubElement(group, "path", {"class": "a-head", "d": _tip(head)})


def _path(run: tuple[Point, ...]) -> str:
    """Draw a run with its corner, if it has one, rounded."""
    if len(run) == 2:
        return f"M{run[0][0]} {run[0][1]}L{run[1][0]} {run[1][1]}"
    (ax, ay), (bx, by), (cx, cy) = run
    sx, sy = bx + _towards(bx, ax), by + _towards(by, ay)
    return f"M{ax} {ay}L{sx} {sy}Q{bx} {by} {cx} {cy}"


def _towards(start: int, end: int) -> int:
    return max(-CORNER, min(CORNER, end - start))


def _tip(head: Head) -> str:
    x, y = head.at
    if head.direction == "down":
        return f"M{x} {y}L{x - 4} {y - TIP}L{x + 4} {y - TIP}Z"
    back = x - TIP if head.direction == "right" else x + TIP
    return f"M{x} {y}L{back} {y - 4}L{back} {y + 4}Z"


def _legend(root: ET.Element, picture: Picture) -> None:
    """Explain the kinds of lines that are in the picture."""
    kinds = {wire.kind for wire in picture.wires}
    shown = [(kind, "", words) for kind, words in _LEGEND if kind in kinds]
    if any(not wire.sure for wire in picture.wires):
        shown.append(("call", " a-doubt", "only an apply can tell"))
    x, y = MARGIN, picture.height - 22
    for kind, doubt, words in shown:
        group = ET.SubElement(root, "g", {"class": f"a-wire a-{kind}{doubt}"})
        ET.SubElement(group, "path", {"class": "a-line", "d": f"M{x} {y}L{x + 28} {y}"})
        _text(root, Text(x + 36, y + 4, words, "note"))
        x += 36 + 8 * len(words) + 28
    if shown:
        _text(root, Text(picture.width - MARGIN, y + 4, "numbers are TCP ports", "note", "end"))
