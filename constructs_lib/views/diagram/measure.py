"""Sizes of the picture's parts, and how texts stand inside of boxes."""

from __future__ import annotations

from collections.abc import Iterable

from constructs_lib.views.diagram.picture import Rect, Text
from constructs_lib.views.diagram.text_width import text_width, wrap

WIDTH = 1200
MARGIN = 20
FRAME = 5
"""How far the frame of a security group stands from its box."""
STRIP = 15
"""The part of the frame above the box, which holds the group's name."""
NODE_WIDTH = 174 + 2 * FRAME
BALANCER_WIDTH = 122 + 2 * FRAME
OUTSIDE_WIDTH = 112
PAD = 10
GAP = 16
PIN_GAP = 14
PLAIN_PIN_GAP = 10
"""Between pins beside which no label stands."""
LINE = 14
TITLE_LINE = 17
DENSE_PAD = 10
"""Room above and below of the lines of a box in a full column, together."""
CHIP_HEIGHT = 26
LABEL_ROOM = 18
"""Room for an arrow's tip, and beside its label."""

SIZES = {
    **{"h1": (20, True), "h2": (12, True), "name": (13, True), "text": (11, False), "port": (10, True)},
    **{"note": (11, False), "zone": (12, True), "cidr": (12, True), "chip": (12, True), "small": (10, False)},
    **{"guard": (9, True), "heading": (11, True), "dense": (12, True), "turned": (11, False)},
}
"""Font size, and whether it is bold, of each text class."""


def framed(rect: Rect) -> Rect:
    """Give the box inside the frame of a security group."""
    return Rect(rect.x + FRAME, rect.y + STRIP, rect.width - 2 * FRAME, rect.height - STRIP - FRAME)


def width_of(text: Text) -> float:
    """Give the width of a text in the picture."""
    size, bold = SIZES[text.style]
    return text_width(text.text, size, bold=bold)


def wrapped(text: str, width: int, style: str, lines: int = 99) -> tuple[str, ...]:
    """Break a text into lines of a text class."""
    size, bold = SIZES[style]
    return wrap(text, width, size, bold=bold, lines=lines)


def paragraph(title: str, lines: Iterable[str], width: int, *, most: int = 2) -> tuple[tuple[str, str], ...]:
    """Break a title and its lines for a box of this width; gives pairs of style and line."""
    inner = width - 2 * PAD
    found = [("name", line) for line in wrapped(title, inner, "name", 3)]
    return (*found, *(("text", part) for line in lines for part in wrapped(line, inner, "text", most)))


def paragraph_height(parts: Iterable[tuple[str, str]], *, dense: bool = False) -> int:
    """Give the height of a box with these lines."""
    return lines_height(parts) + (DENSE_PAD if dense else 2 * PAD - 2)


def lines_height(parts: Iterable[tuple[str, str]]) -> int:
    """Give the height of lines by themselves."""
    return sum(TITLE_LINE if style == "name" else LINE for style, _ in parts)


def stood_in(rect: Rect, parts: Iterable[tuple[str, str]], *, top: int = 0) -> tuple[Text, ...]:
    """Place lines in a box, in its middle or from ``top`` on."""
    lines = tuple(parts)
    y = rect.y + top if top else rect.middle - lines_height(lines) // 2
    texts = []
    for style, line in lines:
        y += TITLE_LINE if style == "name" else LINE
        texts.append(Text(rect.x + PAD, y - 4, line, style))
    return tuple(texts)


def spread(items: list[tuple[float, int]], low: int, high: int, gap: int) -> list[int]:
    """Give the upper edges of items (wanted middle, height) between bounds, in the order of their wishes.

    Items that would meet share the way: each block of them stands where its members want it on average.
    """
    order = sorted(range(len(items)), key=lambda i: items[i][0])
    above, blocks = 0, list[tuple[float, int]]()
    offsets = [0] * len(items)
    for i in order:
        middle, height = items[i]
        offsets[i] = above
        wish, count = middle - height / 2 - above, 1
        above += height + gap
        while blocks and blocks[-1][0] >= wish:
            other, others = blocks.pop()
            wish, count = (wish * count + other * others) / (count + others), count + others
        blocks.append((wish, count))
    wishes = [wish for wish, count in blocks for _ in range(count)]
    most = max(low, high - above + gap)
    tops = [0] * len(items)
    for i, wish in zip(order, wishes, strict=True):
        tops[i] = offsets[i] + min(max(round(wish), low), most)
    return tops
