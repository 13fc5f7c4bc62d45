"""Gives every part of a scene its place: the map of zones, the flow from left to right, the bottom row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from constructs_lib.views.diagram.bottom import TURN, Bottom, Lanes, bottom_rows, lead_down
from constructs_lib.views.diagram.group import folded, front_heading, ordered
from constructs_lib.views.diagram.guards import column_tiers, frame, in_words, inside, with_tiers
from constructs_lib.views.diagram.lines.pins import BOTTOM, Channel, Pins, channel_of
from constructs_lib.views.diagram.lines.ways import Ways
from constructs_lib.views.diagram.lines.wires import Drawing, Owners, Stub
from constructs_lib.views.diagram.matrix import matrix_of
from constructs_lib.views.diagram.measure import (
    BALANCER_WIDTH,
    MARGIN,
    NODE_WIDTH,
    OUTSIDE_WIDTH,
    WIDTH,
    stood_in,
)
from constructs_lib.views.diagram.nets import Net, bundle
from constructs_lib.views.diagram.picture import Box, Picture, Rect, Text
from constructs_lib.views.diagram.rows import Rows, balancer_lines, node_lines
from constructs_lib.views.diagram.scene import FRONT, INTERNAL, OUTSIDE, PROTECTED, PUBLIC, Link, Scene
from constructs_lib.views.diagram.zones import (
    occupied_box,
    occupied_height,
    tier_style,
    zone_boxes,
    zones_height,
)

_PITCHES = (10, 8, 6, 5, 4)
"""Distances of trunks; the widest that fits is taken."""
_FRAME = 18
_INSET = 12
_BORDER = 38
"""What the VPC's border and the internet gateway on it need between two columns."""
_WIDTHS = {
    OUTSIDE: OUTSIDE_WIDTH,
    PUBLIC: BALANCER_WIDTH,
    FRONT: NODE_WIDTH,
    INTERNAL: BALANCER_WIDTH,
    PROTECTED: NODE_WIDTH,
}


def layout(scene: Scene) -> Picture:
    """Give the picture of a scene, 1,200 pixels wide; more only where trunks need more room."""
    return _Layout(with_tiers(ordered(folded(scene))), ordered(scene)).picture


class _Layout:
    def __init__(self, scene: Scene, whole: Scene) -> None:
        self.scene, self.whole = scene, whole
        known = {n.key for n in (*scene.nodes, *scene.exits, *scene.beyond)} | {
            c.key for b in scene.balancers for c in b.chips
        }
        self.nets = self._nets(known)
        self.rows = Rows(scene, self.nets)
        self.pins = Pins(self.rows)
        self.drawings = {i: Drawing(thick=net.pairs is not None) for i, net in enumerate(self.nets)}
        self.ways = Ways(scene, self.nets)
        self.columns = sorted({span.column for span in self.rows.spans.values()})
        self.channels = self._channels()
        self.left: dict[int, int] = {}
        self._place_columns()
        self.flow = self._flow_top()
        self.picture = Picture(self.width, 0, scene.title)
        self._draw()

    def _nets(self, known: set[str]) -> tuple[Net, ...]:
        """Bundle what runs in one channel; ways below the columns leave several of them together."""
        columns = {node.key: node.column for node in self.scene.nodes}
        columns |= {chip.key: b.column for b in self.scene.balancers for chip in b.chips}
        channels: dict[int, list[Link]] = {}
        for link in self.scene.links:
            if {link.source, link.target} <= known:
                runs_below = link.kind == "trigger" or link.target not in columns
                channel = BOTTOM if runs_below else min(columns[link.source], columns[link.target])
                channels.setdefault(channel, []).append(link)
        return tuple(net for channel in sorted(channels) for net in bundle(channels[channel]))

    def _channels(self) -> dict[int, Channel]:
        following = dict(zip(self.columns, [*self.columns, BOTTOM][1:], strict=True))
        return {
            column: channel_of(
                self.pins.channel(column, after), exits=self.pins.exits, bottom=self.rows.height + 20
            )
            for column, after in following.items()
        }

    def _place_columns(self) -> None:
        """Give each column its x; what the least widths leave goes to the channels."""
        first = MARGIN if self.columns[:1] == [OUTSIDE] else MARGIN + _FRAME
        fixed = first + sum(_WIDTHS[column] for column in self.columns) + MARGIN
        for self.pitch in _PITCHES:
            need = [self._need(column) for column in self.columns]
            if fixed + sum(need) <= WIDTH:
                break
        least = fixed + sum(need)
        self.width = max(WIDTH, least)
        self.extra = (self.width - least) // max(len(self.columns), 1)
        x = first
        for column, channel in zip(self.columns, need, strict=True):
            self.left[column] = x
            x += _WIDTHS[column] + channel + self.extra
        has_outside = OUTSIDE in self.columns and len(self.columns) > 1
        self.border = (
            self.left[self.columns[1]] - self.channels[OUTSIDE].after - 14 if has_outside else MARGIN
        )

    def _need(self, column: int) -> int:
        return self.channels[column].width(self.pitch) + (_BORDER if column == OUTSIDE else 0)

    def _flow_top(self) -> int:
        self.vpc_top = 82
        self.zones_top = self.vpc_top + 34
        below = self.zones_top + zones_height(self.scene.places)
        self.occupied_top = below
        return below + occupied_height(self.scene.vpc.occupied) + 50

    def _lane(self, column: int, net: int) -> int:
        channel = self.channels[column]
        start = self.left[column] + _WIDTHS[column] + channel.before
        room = 0 if column in (OUTSIDE, self.columns[-1]) else self.extra // 2
        return start + room + self.pitch * (channel.lanes[net] + 1)

    def _draw(self) -> None:
        inner = (self.border + _FRAME, self.width - MARGIN - _FRAME)
        exits = {number: self.nets[number] for number in sorted(self.pins.exits)}
        rows = (self.scene.exits, self.scene.beyond)
        bottom = bottom_rows(rows, exits, *inner, self.flow + self.rows.height)
        lanes = self._draw_channels(bottom.tracks)
        lead_down(bottom, exits, lanes, self.drawings)
        self._draw_frame(bottom)
        self.picture.height = bottom.end + 24
        self.picture.boxes += zone_boxes(self.scene.places, *inner, self.zones_top)
        self.picture.boxes += occupied_box(self.scene.vpc.occupied, *inner, self.occupied_top)
        self.picture.boxes += [*self._boxes(), *bottom.boxes]
        heights = {key: span.top for key, span in self.rows.spans.items()}
        bundled = any(net.pairs for net in self.nets)
        matrix = matrix_of(self.scene, self.whole, self.ways if bundled else None, heights)
        if matrix is not None:
            self.picture.boxes += matrix.boxes(bottom.end + 28)
            self.picture.height = bottom.end + 28 + matrix.height
        self.picture.texts += self._headings()
        self.picture.wires += [
            self.drawings[i].finished(net, partial(self.ways.lights, i)) for i, net in enumerate(self.nets)
        ]
        self.picture.boxes = [self.ways.of_box(box) for box in self.picture.boxes]

    def _draw_frame(self, bottom: Bottom) -> None:
        place = Rect(
            self.border, self.vpc_top, self.width - MARGIN - self.border, bottom.border - self.vpc_top
        )
        vpc = self.scene.vpc
        name = f"{vpc.name} · exists already" if vpc.existing else vpc.name
        label = Text(self.border + _FRAME, self.vpc_top + 22, name, "h2")
        self.picture.boxes.append(Box(place, "vpc existing" if vpc.existing else "vpc", (label,)))
        self.picture.texts += [
            Text(MARGIN, 40, self.scene.title, "h1"),
            Text(MARGIN, 62, self.scene.subtitle, "note"),
        ]
        if self.scene.gateway:
            self.picture.over += self._gateways(place, bottom.gateway)

    def _gateways(self, vpc: Rect, below: Rect | None) -> Iterator[Box]:
        """The internet gateway sits on the border, where ways from and to the internet cross it."""
        known = self.channels[OUTSIDE].pins if OUTSIDE in self.channels else ()
        crossing = [pin.y for pin in known if pin.net not in self.pins.exits]
        across = below or Rect(vpc.right - 160, vpc.y - 12, 140, 24)
        if crossing and self.border != MARGIN:
            top, bottom = self.flow + min(crossing), self.flow + max(crossing)
            height = max(bottom - top + 40, 132)
            rect = Rect(self.border - 12, (top + bottom - height) // 2, 24, height)
            text = Text(rect.x + 16, rect.middle, "internet gateway", "turned", "middle")
            yield Box(rect, "gateway", (text,), self.scene.gateway)
            if below is None:
                return
        text = Text(across.x + across.width // 2, across.y + 16, "internet gateway", "text", "middle")
        yield Box(across, "gateway", (text,), self.scene.gateway)

    def _rect(self, key: str) -> Rect:
        span = self.rows.spans[key]
        return Rect(self.left[span.column], self.flow + span.top, _WIDTHS[span.column], span.height)

    def _boxes(self) -> Iterator[Box]:
        for balancer in self.scene.balancers:
            rect = self._rect(balancer.address)
            yield from frame(balancer.guard, rect, balancer.address)
            own = inside(balancer.guard, rect)
            style = f"balancer {tier_style(balancer.tier)}"
            head = stood_in(own, balancer_lines(balancer), top=8)
            yield Box(own, style, head, (balancer.address,), key=balancer.address)
            for chip in balancer.chips:
                place = self._rect(chip.key).inset(_INSET)
                texts = (
                    Text(place.x + 8, place.middle + 4, chip.text, "chip"),
                    Text(place.right - 8, place.middle + 4, chip.detail, "small", "end"),
                )
                yield Box(place, "chip", texts, chip.addresses, key=chip.key)
        for node in self.scene.nodes:
            rect = self._rect(node.key)
            yield from frame(node.guard, rect, node.key)
            own, lines = inside(node.guard, rect), node_lines(node, dense=self.rows.dense)
            style = f"{node.kind} {tier_style(node.tier)}" if node.tier else node.kind
            yield Box(own, style, stood_in(own, lines), node.addresses, (node.title, *node.lines), node.key)

    def _draw_channels(self, tracks: Mapping[int, int]) -> Lanes:
        """Draw the nets between the columns; gives the lanes that go on below them."""
        found: dict[int, list[tuple[int, Owners]]] = {number: [] for number in self.pins.exits}
        for column, channel in self.channels.items():
            for net in dict.fromkeys(pin.net for pin in channel.pins):
                self._draw_net(column, channel, net, tracks)
                if net in self.pins.exits:
                    owners = tuple(pin.box for pin in channel.pins if pin.net == net)
                    found[net].append((self._lane(column, net), owners))
        return found

    def _draw_net(self, column: int, channel: Channel, net: int, tracks: Mapping[int, int]) -> None:
        own, drawing = [pin for pin in channel.pins if pin.net == net], self.drawings[net]
        stubs: list[Stub] = []
        for pin in own:
            rect = self._rect(pin.box)
            edge = rect.x if pin.side == "left" else rect.right
            inset = (6 if pin.side == "right" else -6) if pin.tip else 0
            stubs.append((self.flow + pin.y, edge + inset, (pin.box,)))
            if pin.tip:
                drawing.tip(replace(pin, y=self.flow + pin.y), edge)
        lane = self._lane(column, net) if net in channel.lanes else 0
        until = tracks[net] - TURN if net in self.pins.exits else None
        shared = tuple(pin.box for pin in own) if until is not None else ()
        drawing.trunk(lane, stubs, vertical=True, until=until, shared=shared)

    def _headings(self) -> Iterator[Text]:
        names = {
            PUBLIC: "Internet-facing",
            FRONT: front_heading(self.scene),
            INTERNAL: "Internal",
            PROTECTED: "Protected",
        }
        tiers = column_tiers(self.scene)
        for column in self.columns:
            if column in names:
                yield Text(self.left[column], self.flow - 26, names[column], "heading")
                yield Text(self.left[column], self.flow - 11, in_words(tiers.get(column, "")), "note")
