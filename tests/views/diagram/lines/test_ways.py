"""Whoever points at a box sees its ways and nothing else; no script does it."""

from __future__ import annotations

import re

from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import default_document, document_of, environment_of
from tests.support.pictures import SVG, Drawn, classes
from tests.support.written_stacks import stack_of

CALLS = {"shop": ["stock", "prices"], "blog": ["texts"]}


def drawn() -> Drawn:
    functions: dict[str, dict[str, object]] = {
        name: {"source": "x", "exposure": "internal", "port": 8000 + number}
        for number, name in enumerate(("stock", "prices", "texts"))
    }
    functions |= {name: {"source": "x", "calls": calls} for name, calls in CALLS.items()}
    return Drawn(architecture_svg(stack_of(document_of(environment_of(functions=functions)))))


def lit(picture: Drawn, address: str) -> set[str]:
    """The boxes that stay bright when somebody points at one."""
    own = next(box for box in picture.boxes if address in box.get("data-address", "").split())
    number = next(name[1:] for name in classes(own) if re.fullmatch(r"n\d+", name))
    bright = (box for box in picture.boxes if f"w{number}" in classes(box) and "a-guard" not in classes(box))
    return {name.partition(".")[2] for box in bright for name in box.get("data-address", "").split()}


def test_a_caller_lights_what_it_reaches_through_the_load_balancer() -> None:
    ways = {"shop", "internal", "internal_8000", "internal_8001", "stock", "prices"}
    found = lit(drawn(), "aws_lambda_function.shop")
    assert {name for name in found if not name.startswith("endpoints")} == ways


def test_a_callee_lights_its_callers() -> None:
    found = lit(drawn(), "aws_lambda_function.texts")
    assert {name for name in found if not name.startswith("endpoints")} == {
        *("texts", "internal", "internal_8002", "blog"),
    }


def test_a_nat_gateway_lights_who_leaves_through_it() -> None:
    picture = Drawn(architecture_svg(stack_of(default_document())))
    box = next(box for box in picture.boxes if {"a-nat", "a-key"} <= classes(box))
    number = next(name[1:] for name in classes(box) if re.fullmatch(r"n\d+", name))
    bright = {
        box.get("data-address")
        for box in picture.boxes
        if f"w{number}" in classes(box) and "a-function" in classes(box)
    }
    assert bright == {"aws_lambda_function.storefront"}


def test_parts_of_lines_light_with_the_boxes_that_they_join() -> None:
    """Of a bundle only the stubs of a caller and its callees, not those of others in it."""
    functions: dict[str, dict[str, object]] = {
        f"p{n}": {"source": "x", "exposure": "internal", "port": 8000 + n} for n in range(6)
    }
    for n in range(6):
        functions[f"c{n}"] = {"source": "x", "calls": [f"p{m}" for m in range(n, 6)]}
    picture = Drawn(architecture_svg(stack_of(document_of(environment_of(functions=functions)))))
    box = next(b for b in picture.boxes if b.get("data-address") == "aws_lambda_function.c4")
    number = next(name[1:] for name in classes(box) if re.fullmatch(r"n\d+", name))
    bundle = next(wire for wire in picture.wires if any("a-thick" in classes(path) for path in wire))
    heads = [path for path in bundle.iter(f"{SVG}path") if "a-head" in classes(path)]
    assert (len(heads), sum(f"w{number}" in classes(head) for head in heads)) == (6, 2)


def test_each_box_that_has_ways_has_its_rule_and_nothing_is_a_script() -> None:
    svg = architecture_svg(stack_of(default_document()))
    picture = Drawn(svg)
    numbers = {name for box in picture.boxes for name in classes(box) if re.fullmatch(r"n\d+", name)}
    assert {f"n{found}" for found in re.findall(r":has\(\.n(\d+):hover\)", svg)} == numbers
    assert "<script" not in svg
    assert "onmouse" not in svg
