"""The matrix below a picture whose calls are bundled: who calls which listener."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from constructs_lib.views.diagram.group import behind
from constructs_lib.views.diagram.measure import MARGIN, SIZES
from constructs_lib.views.diagram.picture import Box, Rect, Text
from constructs_lib.views.diagram.scene import OUTSIDE, Link, Scene
from constructs_lib.views.diagram.text_width import fit
from constructs_lib.views.diagram.ways import Ways

_CELL = 16
_WIDE = 22
_DOT = 8
_NAMES = 210
_HEAD = 150
_TITLE = 30


class Matrix:
    """A row for each caller, a column for each listener, in the order of the picture from the top down.

    heights: the upper edge of each box in the picture.
    """

    def __init__(self, scene: Scene, ways: Ways, heights: Mapping[str, int]) -> None:
        self.scene, self.ways = scene, ways
        inside = {node.key for node in scene.nodes if node.column != OUTSIDE}
        doors = {chip.key for one in scene.balancers for chip in one.chips}
        found = (link for link in scene.links if link.source in inside and link.target in doors)
        calls = (link for link in found if link.kind == "call")
        self.calls = {(link.source, link.target): link for link in sorted(calls, key=lambda one: one.sure)}
        sources, targets = (
            {getattr(link, end) for link in self.calls.values()} for end in ("source", "target")
        )
        self.rows = sorted(
            (n for n in scene.nodes if n.key in sources), key=lambda n: (n.column, heights[n.key])
        )
        chips = [(one.title, chip) for one in scene.balancers for chip in one.chips if chip.key in targets]
        chips.sort(key=lambda pair: (pair[0], heights[pair[1].key]))
        self.columns = [chip for _, chip in chips]
        self._names = {node.key: node.title for node in scene.nodes} | {c.key: c.text for c in self.columns}
        self._places = {node.key: index for index, node in enumerate(self.rows)}
        self._places |= {chip.key: index for index, chip in enumerate(self.columns)}

    @property
    def height(self) -> int:
        """The room that it needs below the picture."""
        return _TITLE + _HEAD + _CELL * len(self.rows) + _CELL

    def boxes(self, top: int) -> Iterator[Box]:
        """Draw it: every other row has a ground, a call is a dot, hollow where only an apply can tell."""
        head = top + _TITLE + _HEAD
        size, bold = SIZES["text"]
        width = _NAMES + _WIDE * len(self.columns)
        title = Text(MARGIN, top + 18, "Who calls whom", "h2")
        frame = Rect(MARGIN, top, max(width, 200), _TITLE + _HEAD + _CELL * len(self.rows) + 4)
        yield Box(frame, "matrix", (title, *self._heads(head)))
        for index, node in enumerate(self.rows):
            row = Rect(MARGIN, head + _CELL * index, width, _CELL)
            name = fit(node.title, _NAMES - 12, size, bold=bold)
            label = Text(row.x + 4, row.middle + 4, name, "text")
            yield Box(row, "row" if index % 2 else "row even", (label,), key=node.key)
        for link in self.calls.values():
            yield self._cell(link, head)

    def _heads(self, bottom: int) -> Iterator[Text]:
        targets = behind(self.scene)
        for index, chip in enumerate(self.columns):
            found = ", ".join(self._names[key] for key in targets.get(chip.key, ()) if key in self._names)
            words = fit(f"{chip.text} {found}", _HEAD - 8, 11)
            x = MARGIN + _NAMES + _WIDE * index + _WIDE // 2 + 4
            yield Text(x, bottom - 6, words, "turned", lights=self.ways.to(chip.key))

    def _cell(self, link: Link, head: int) -> Box:
        x = MARGIN + _NAMES + _WIDE * self._places[link.target] + (_WIDE - _DOT) // 2
        y = head + _CELL * self._places[link.source] + (_CELL - _DOT) // 2
        style = "cell" if link.sure else "cell doubt"
        note = f"{self._names[link.source]} calls {self._names[link.target]}"
        return Box(Rect(x, y, _DOT, _DOT), style, notes=(note,), lights=self.ways.of_link(link))
