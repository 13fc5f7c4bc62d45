"""Kinds of ways are told apart by whoever does not see all colours, on light and on dark pages."""

from __future__ import annotations

import itertools
import re

import pytest

from constructs_lib.views.diagram.draw import svg_of
from constructs_lib.views.diagram.picture import Head, Picture, Run, Wire
from constructs_lib.views.diagram.style import STYLE
from tests.support.pictures import SVG, Drawn, classes

KINDS = ("call", "delivery", "endpoint", "inside", "out", "trigger")
THEMES = dict(zip(("light", "dark"), STYLE.split("@media"), strict=True))
Triple = tuple[float, float, float]

# What who lacks one kind of cones sees of linear red, green and blue: Machado, Oliveira and Fernandes 2009,
# https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html
SEEN: dict[str, tuple[Triple, Triple, Triple]] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def colours(theme: str) -> dict[str, str]:
    found = re.findall(r"\.a-wire\.a-(\w+) \.a-line\{stroke:(#\w{6})\}", THEMES[theme])
    assert sorted(kind for kind, _ in found) == sorted(KINDS)
    return dict(found)


def linear(colour: str) -> Triple:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def times(matrix: tuple[Triple, Triple, Triple], one: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, one, strict=True)) for row in matrix)
    return first, second, third


def lab(one: Triple) -> Triple:
    """CIE 1976 L*a*b* of linear red, green and blue under D65."""
    to_xyz = ((0.4339, 0.3762, 0.1898), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8728))
    clipped = (min(max(one[0], 0), 1), min(max(one[1], 0), 1), min(max(one[2], 0), 1))
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in times(to_xyz, clipped))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", SEEN)
def test_no_two_kinds_of_ways_look_alike(theme: str, eyes: str) -> None:
    seen = {kind: lab(times(SEEN[eyes], linear(colour))) for kind, colour in colours(theme).items()}
    apart = {
        (one, other): sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        for one, other in itertools.combinations(KINDS, 2)
    }
    assert {pair: difference for pair, difference in apart.items() if difference < 9} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_lines_stand_out_from_their_ground(theme: str) -> None:
    """WCAG 1.4.11: 3:1. https://www.w3.org/WAI/WCAG21/Understanding/non-text-contrast.html"""
    ground = re.search(r"\.a-vpc>rect\{fill:(#\w{6})", THEMES[theme])
    assert ground is not None

    def light(colour: str) -> float:
        return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True)) + 0.05

    lights = {kind: (light(colour), light(ground[1])) for kind, colour in colours(theme).items()}
    assert {kind for kind, pair in lights.items() if max(pair) / min(pair) < 3} == set()


def test_each_kind_of_way_has_a_tip_of_its_own() -> None:
    wires = [Wire(kind, True, (Run(((0, 0), (9, 0))),), (Head((9, 0), "right"),), (), ()) for kind in KINDS]
    drawn = Drawn(svg_of(Picture(100, 100, "", wires=wires)))
    tips = [
        path.get("d") for wire in drawn.wires for path in wire.iter(f"{SVG}path") if "a-head" in classes(path)
    ]
    hollow = "a-delivery .a-head{fill:#ffffff"  # as that of a call, but hollow
    assert len(set(tips)) == len(KINDS) - 1
    assert hollow in STYLE
