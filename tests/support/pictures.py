"""What tests of pictures need: environments of any size, and the shapes of an SVG as they are drawn."""

from __future__ import annotations

import itertools
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.environment import Environment
from constructs_lib.views.diagram.text_width import text_width
from tests.support.architecture import environment_of

SVG = "{http://www.w3.org/2000/svg}"
BOLD = {"h1", "h2", "name", "port", "zone", "cidr", "chip", "heading", "guard", "dense"}
SIZES = {
    "h1": 20,
    "h2": 12,
    "name": 13,
    "zone": 12,
    "cidr": 12,
    "chip": 12,
    "port": 10,
    "small": 10,
    "guard": 9,
    "dense": 12,
}
CONTAINERS = {"a-vpc", "a-zone", "a-subnet", "a-balancer", "a-guard", "a-matrix", "a-row"}


def environment_with(
    *, zones: str = "ab", public: int = 1, protected: int = 1, long: bool = False, **more: object
) -> Environment:
    """An environment with so many workloads; each public one calls every third protected one."""
    suffix = "-with-a-name-as-long-as-names-may-be" if long else ""
    functions: dict[str, dict[str, object]] = {}
    for number in range(protected):
        name = f"p{number:02d}{suffix}"
        calls = [f"p{number - 1:02d}{suffix}"] if number % 4 == 1 else []
        functions[name] = {"source": "x", "exposure": "internal", "port": 8000 + number, "calls": calls}
    for number in range(public):
        calls = [f"p{other:02d}{suffix}" for other in range(protected) if (number + other) % 3 == 0]
        functions[f"w{number:02d}{suffix}"] = {
            "source": "x",
            "exposure": "public",
            "paths": [f"/w{number}/*"],
            "calls": calls,
            "internet": number % 2 == 0,
        }
    network = {"nat": "per_az", "availability_zones": list(zones)}
    return environment_of(functions=functions, network=network, **more)


def environment_at_random(seed: int) -> Environment:
    """An environment of up to thirty workloads and callers that call each other without any order."""
    chance = random.Random(seed)
    suffix = "-with-a-name-as-long-as-names-may-be" if chance.random() < 0.4 else ""
    functions = {
        f"f{number:02d}{suffix}": _function(number, chance) for number in range(chance.randint(1, 27))
    }
    inner = [name for name, function in functions.items() if function["exposure"] == "internal"]
    share = chance.choice([0.05, 0.2, 0.5])
    for name, function in functions.items():
        function["calls"] = [other for other in inner if other != name and chance.random() < share]
    callers = {
        f"legacy{number}": {"security_group_id": f"sg-f{number:016x}", "calls": inner[: number + 1]}
        for number in range(chance.randint(0, 3) if inner else 0)
    }
    ranges = chance.choice([["0.0.0.0/0"], ["203.0.113.0/24", "198.51.100.0/24"]])
    return environment_of(
        functions=functions,
        callers=callers,
        network={
            "nat": chance.choice(["none", "single", "per_az"]),
            "availability_zones": list("abcd"[: chance.randint(2, 4)]),
        },
        load_balancers={
            "internal": {"shared_listener": True},
            "public": {"insecure_http": True, "allowed_cidrs": ranges},
        },
    )


def _function(number: int, chance: random.Random) -> dict[str, object]:
    exposure = chance.choice(["internal", "internal", "public", "none"])
    function: dict[str, object] = {"source": "x", "exposure": exposure, "internet": chance.random() < 0.4}
    if exposure == "internal" and chance.random() < 0.6:
        function["port"] = 8000 + number
    elif exposure != "none":
        function["paths"] = [f"/f{number}/*"]
    if chance.random() < 0.3:
        target = chance.choice(
            [
                {"security_group_id": f"sg-{number:017x}"},
                {"cidr": f"203.0.113.{number}/32"},
                {"cidr": f"10.9.{number}.0/24"},
                {"prefix_list_id": f"pl-{number % 3:017x}"},
            ]
        )
        function["egress"] = {f"other{number}": {**target, "port": chance.choice([443, 5432, 6379])}}
    return function


@dataclass(frozen=True)
class Area:
    left: float
    top: float
    right: float
    bottom: float
    name: str = ""

    def meets(self, other: Area) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Area) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


Segment = tuple[float, float, float, float]


class Drawn:
    """The shapes of an SVG."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)
        self.width, self.height = int(self.root.get("width", "0")), int(self.root.get("height", "0"))
        self.boxes = [g for g in self.root.iter(f"{SVG}g") if "a-box" in classes(g)]
        self.wires = [
            g for g in self.root.iter(f"{SVG}g") if g.get("class", "").startswith("a-wire") and len(g) > 1
        ]

    def areas(self) -> dict[ET.Element, Area]:
        return {box: area_of(box) for box in self.boxes}

    def labels(self) -> list[Area]:
        return [text_area(text) for text in self.root.iter(f"{SVG}text") if "a-t-port" in classes(text)]

    def segments(self) -> Iterator[tuple[int, Segment]]:
        for number, wire in enumerate(self.wires):
            for path in wire.findall(f"{SVG}path"):
                if "a-line" in classes(path):
                    yield from ((number, segment) for segment in _segments(path.get("d", "")))

    def addresses(self) -> set[str]:
        return {address for box in self.boxes for address in box.get("data-address", "").split()}

    def words(self) -> list[str]:
        return [text.text or "" for text in self.root.iter(f"{SVG}text")]


def classes(element: ET.Element) -> set[str]:
    return set(element.get("class", "").split())


def area_of(box: ET.Element) -> Area:
    rect = box.find(f"{SVG}rect")
    assert rect is not None
    x, y, width, height = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
    return Area(x, y, x + width, y + height, box.get("data-address", ""))


def text_area(text: ET.Element) -> Area:
    style = text.get("class", "").partition(" ")[0].removeprefix("a-t-")
    size = SIZES.get(style, 11)
    width, x, y = (
        text_width(text.text or "", size, bold=style in BOLD),
        float(text.get("x", "0")),
        float(text.get("y", "0")),
    )
    if style == "turned" and text.get("text-anchor") != "middle":
        return Area(x - size * 0.75, y - width, x + size * 0.2, y, text.text or "")
    if style == "turned":
        return Area(x - size * 0.75, y - width / 2, x + size * 0.2, y + width / 2, text.text or "")
    left = x - width * {"end": 1, "middle": 0.5}.get(text.get("text-anchor", ""), 0)
    return Area(left, y - size * 0.75, left + width, y + size * 0.2, text.text or "")


def _segments(d: str) -> Iterator[Segment]:
    """The straight parts of a path; the rounded corners between them are as wide as nothing else is near."""
    for run in d.split("M")[1:]:
        points = [tuple(map(float, pair)) for pair in re.findall(r"(-?\d+) (-?\d+)", run)]
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
