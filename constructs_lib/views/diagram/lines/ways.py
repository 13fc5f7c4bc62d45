"""The ways of each box: which parts of the picture belong to it, and light up when somebody points at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.picture import Box, Lights
from constructs_lib.views.diagram.scene import Link, Scene


class Ways:
    """The ways from and to every box of a scene, through load balancers up to the workloads behind them."""

    def __init__(self, scene: Scene, nets: tuple[Net, ...]) -> None:
        self.scene = scene
        self._into: dict[str, list[Link]] = {}
        self._out: dict[str, list[Link]] = {}
        for link in scene.links:
            self._into.setdefault(link.target, []).append(link)
            self._out.setdefault(link.source, []).append(link)
        chips = {chip.key: one.address for one in scene.balancers for chip in one.chips}
        self._doors = chips
        boxes = (*scene.nodes, *scene.exits, *scene.beyond)
        keys = (*(node.key for node in boxes), *chips, *dict.fromkeys(chips.values()))
        self._numbers = {key: number for number, key in enumerate(keys)}
        self._nats = {node.key for node in scene.exits if node.kind == "nat"}
        self._touched: list[dict[int, set[str]]] = [{} for _ in nets]
        self._passers: dict[Link, list[int]] = {}
        self._related: dict[str, set[int]] = {key: {number} for key, number in self._numbers.items()}
        home = {link: index for index, net in enumerate(nets) for link in scene.links if _is_in(link, net)}
        for key, number in self._numbers.items():
            for link in dict.fromkeys(self._links(key)):
                self._passers.setdefault(link, []).append(number)
                self._touch(link, number, home.get(link))

    def lights(self, net: int, owners: tuple[str, ...]) -> Lights:
        """Give the boxes whose ways pass a part of a net; a part without owners is one of all its ways."""
        touched = self._touched[net].items()
        return tuple(number for number, ends in sorted(touched) if not owners or ends & set(owners))

    def of_link(self, link: Link) -> Lights:
        """Give the boxes to whose ways an arrow belongs."""
        return tuple(self._passers.get(link, ()))

    def to(self, key: str) -> Lights:
        """Give the boxes whose ways lead to a box, and itself."""
        return tuple(sorted(self._related[key]))

    def of_box(self, box: Box) -> Box:
        """Let a box of the picture know its number, and those whose ways lead there."""
        number = self._numbers.get(box.key)
        return box if number is None else replace(box, number=number, lights=self.to(box.key))

    def _touch(self, link: Link, number: int, net: int | None) -> None:
        if net is None:
            return
        ends = {link.source, link.target}
        self._touched[net].setdefault(number, set()).update(ends)
        for end in (*ends, *(self._doors[end] for end in ends if end in self._doors)):
            self._related[end].add(number)
        for nat in self._nats if link.passing == "nat" else ():
            self._related[nat].add(number)

    def _links(self, key: str) -> Iterator[Link]:
        if key in self._nats:
            yield from (link for link in self.scene.links if link.passing == "nat")
            return
        chips = [chip for chip, address in self._doors.items() if address == key]
        for own in (key, *chips):
            for link in self._out.get(own, ()):
                yield link
                yield from self._behind(link.target, self._out)
            for link in self._into.get(own, ()):
                yield link
                yield from self._behind(link.source, self._into)

    def _behind(self, end: str, links: dict[str, list[Link]]) -> Iterable[Link]:
        """Ways do not end at a load balancer."""
        return links.get(end, ()) if end in self._doors else ()


def _is_in(link: Link, net: Net) -> bool:
    alike = (link.kind, link.sure, link.passing) == (net.kind, net.sure, net.passing)
    return alike and link.source in net.sources and any(target == link.target for target, _ in net.targets)
