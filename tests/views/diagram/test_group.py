"""Callees stand beside their callers."""

from __future__ import annotations

from constructs_lib.views.diagram.group import ordered
from constructs_lib.views.diagram.scene import (
    FRONT,
    INTERNAL,
    PROTECTED,
    Balancer,
    Chip,
    Link,
    Node,
    Scene,
    Vpc,
)
from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import document_of, environment_of
from tests.support.pictures import Drawn
from tests.support.written_stacks import stack_of


def scene(calls: dict[str, str]) -> Scene:
    """A scene with a listener for each callee; ``calls``: what each caller calls, a letter each."""
    callees = sorted(set("".join(calls.values())))
    chips = tuple(Chip(f"chip {name}", name, "", ()) for name in callees)
    return Scene(
        title="",
        subtitle="",
        vpc=Vpc(""),
        gateway=(),
        places=(),
        nodes=(
            *(Node(name, "function", name, column=PROTECTED) for name in callees),
            *(Node(name, "function", name, column=FRONT) for name in calls),
        ),
        balancers=(Balancer("lb", "lb", (), chips, INTERNAL),),
        exits=(),
        links=(
            *(Link(f"chip {name}", name, "invoke", "delivery") for name in callees),
            *(Link(name, f"chip {one}", "80", "call") for name, called in calls.items() for one in called),
        ),
    )


def order(found: Scene, column: int) -> str:
    return " ".join(node.title for node in found.nodes if node.column == column)


def test_callees_stand_in_the_order_of_their_callers() -> None:
    assert order(ordered(scene({"one": "c", "two": "a", "three": "b"})), PROTECTED) == "c a b"


def test_a_few_callers_keep_their_order() -> None:
    assert order(ordered(scene({"one": "a", "two": "b", "three": "a"})), FRONT) == "one two three"


def test_many_callers_stand_by_what_they_call() -> None:
    calls = {f"{n}": "ab" if n % 3 == 0 else "cd" if n % 3 == 1 else "ef" for n in range(9)}
    assert order(ordered(scene(calls)), FRONT) == "0 3 6 1 4 7 2 5 8"


def test_a_callee_stands_opposite_of_its_only_caller() -> None:
    functions: dict[str, object] = {
        f"p{n}": {"source": "x", "exposure": "internal", "port": 8000 + n} for n in range(2)
    }
    functions |= {f"c{n}": {"source": "x", "calls": [f"p{n // 4}"] if n % 4 == 1 else []} for n in range(8)}
    picture = Drawn(architecture_svg(stack_of(document_of(environment_of(functions=functions)))))
    areas = {area.name: area for area in picture.areas().values()}
    for caller, callee in (("c1", "p0"), ("c5", "p1")):
        one, other = areas[f"aws_lambda_function.{caller}"], areas[f"aws_lambda_function.{callee}"]
        assert abs(one.top + one.bottom - other.top - other.bottom) < 20
