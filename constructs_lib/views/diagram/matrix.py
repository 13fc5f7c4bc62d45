"""The matrix below a picture whose calls are bundled: who calls which listener."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from constructs_lib.views.diagram.group import behind, places_of
from constructs_lib.views.diagram.lines.ways import Ways
from constructs_lib.views.diagram.measure import MARGIN, SIZES, WIDTH
from constructs_lib.views.diagram.picture import Box, Rect, Text
from constructs_lib.views.diagram.scene import OUTSIDE, Chip, Link, Scene
from constructs_lib.views.diagram.text_width import fit, text_width

_CELL = 16
_WIDE = 22
_NARROW = 14
_MOST_ROWS = 100
_DOT = 8
_NAMES = 210
_HEAD = 140
_TITLE = 30


def matrix_of(scene: Scene, whole: Scene, ways: Ways | None, heights: Mapping[str, int]) -> Matrix | None:
    """Give the matrix of a picture that shows groups, else that of one whose calls are bundled.

    whole: the scene before boxes became groups. ways: None where no calls are bundled.
    """
    if len(whole.nodes) > len(scene.nodes):
        found = Matrix(whole, None, places_of(whole))
    elif ways is not None:
        found = Matrix(scene, ways, heights)
    else:
        return None
    return found if found.fits else None


class Matrix:
    """A row for each caller, a column for each listener, in the order of the picture.

    ways: what lights its parts; None where the picture shows groups instead of what the matrix tells apart.
    heights: the upper edges of boxes in the picture, or their places in an order.
    """

    def __init__(self, scene: Scene, ways: Ways | None, heights: Mapping[str, int]) -> None:
        self.ways, self.targets = ways, behind(scene)
        inside = {node.key for node in scene.nodes if node.column != OUTSIDE}
        doors = {chip.key for one in scene.balancers for chip in one.chips}
        found = (link for link in scene.links if link.source in inside and link.target in doors)
        calls = (link for link in found if link.kind == "call")
        self.calls = {(link.source, link.target): link for link in sorted(calls, key=lambda one: one.sure)}
        sources, targets = ({pair[end] for pair in self.calls} for end in (0, 1))
        callers = [node for node in scene.nodes if node.key in sources]
        self.rows = sorted(callers, key=lambda node: (node.column, heights[node.key]))
        chips = [(one.title, chip) for one in scene.balancers for chip in one.chips if chip.key in targets]
        chips.sort(key=lambda pair: (pair[0], heights[pair[1].key]))
        self.columns = [chip for _, chip in chips]
        self._names = {node.key: node.title for node in scene.nodes} | {c.key: c.text for c in self.columns}
        self._places = {node.key: index for index, node in enumerate(self.rows)}
        self._places |= {chip.key: index for index, chip in enumerate(self.columns)}
        self._heads = [self._words(chip) for chip in self.columns]
        size, bold = SIZES["turned"]
        self._head = (
            _TITLE + 14 + round(max((text_width(t, size, bold=bold) for t in self._heads), default=0))
        )
        self._wide = min(_WIDE, (WIDTH - 2 * MARGIN - _NAMES) // max(len(self.columns), 1))

    @property
    def fits(self) -> bool:
        """Tell whether columns have room for their heads and rows for a reader; else the report has to do."""
        return bool(self.calls) and self._wide >= _NARROW and len(self.rows) <= _MOST_ROWS

    @property
    def height(self) -> int:
        """The room that it needs below the picture."""
        return self._head + _CELL * (len(self.rows) + 2)

    def boxes(self, top: int) -> Iterator[Box]:
        """Draw it: every other row has a ground, a call is a dot, hollow where only an apply can tell."""
        head = top + self._head
        size, bold = SIZES["text"]
        width = _NAMES + self._wide * len(self.columns)
        title = Text(MARGIN, top + 18, "Who calls whom", "h2")
        frame = Rect(MARGIN, top, max(width, 200), self._head + _CELL * len(self.rows) + 4)
        yield Box(frame, "matrix", (title, *self._texts(head)))
        for index, node in enumerate(self.rows):
            row = Rect(MARGIN, head + _CELL * index, width, _CELL)
            name = fit(node.title, _NAMES - 12, size, bold=bold)
            label = Text(row.x + 4, row.middle + 4, name, "text")
            yield Box(row, "row" if index % 2 else "row even", (label,), key=node.key if self.ways else "")
        for link in self.calls.values():
            yield self._cell(link, head)

    def _words(self, chip: Chip) -> str:
        found = ", ".join(self._names[key] for key in self.targets.get(chip.key, ()) if key in self._names)
        size, bold = SIZES["turned"]
        return fit(f"{chip.text} {found}", _HEAD, size, bold=bold)

    def _texts(self, bottom: int) -> Iterator[Text]:
        for index, (chip, words) in enumerate(zip(self.columns, self._heads, strict=True)):
            x = MARGIN + _NAMES + self._wide * index + self._wide // 2 + 4
            yield Text(x, bottom - 6, words, "turned", lights=self.ways.to(chip.key) if self.ways else ())

    def _cell(self, link: Link, head: int) -> Box:
        x = MARGIN + _NAMES + self._wide * self._places[link.target] + (self._wide - _DOT) // 2
        y = head + _CELL * self._places[link.source] + (_CELL - _DOT) // 2
        style = "cell" if link.sure else "cell doubt"
        note = f"{self._names[link.source]} calls {self._names[link.target]}"
        return Box(
            Rect(x, y, _DOT, _DOT), style, notes=(note,), lights=self.ways.of_link(link) if self.ways else ()
        )
