"""Above fifteen calls the arrows are one bundle, and the matrix says who calls whom."""

from __future__ import annotations

import pytest

from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import document_of, environment_of
from tests.support.pictures import SVG, Drawn, classes
from tests.support.written_stacks import stack_of


def drawn(callers: int, callees: int) -> Drawn:
    """Caller number n calls all but the callee number n."""
    functions: dict[str, object] = {
        f"p{n}": {"source": "x", "exposure": "internal", "port": 8000 + n} for n in range(callees)
    }
    for n in range(callers):
        functions[f"c{n}"] = {"source": "x", "calls": [f"p{m}" for m in range(callees) if m != n]}
    return Drawn(architecture_svg(stack_of(document_of(environment_of(functions=functions)))))


def cells(picture: Drawn) -> set[str]:
    return {box.findtext(f"{SVG}title") or "" for box in picture.boxes if "a-cell" in classes(box)}


def trunks(picture: Drawn) -> int:
    return sum("a-thick" in classes(path) for wire in picture.wires for path in wire)


@pytest.mark.parametrize(("calls", "bundles"), [(15, 0), (16, 1)])
def test_up_to_fifteen_calls_are_drawn_one_by_one(calls: int, bundles: int) -> None:
    pairs = [(n, m) for n in range(6) for m in range(6) if m != n][:calls]
    functions: dict[str, object] = {
        f"p{n}": {"source": "x", "exposure": "internal", "port": 8000 + n} for n in range(6)
    }
    functions |= {
        f"c{n}": {"source": "x", "calls": [f"p{m}" for one, m in pairs if one == n]} for n in range(6)
    }
    picture = Drawn(architecture_svg(stack_of(document_of(environment_of(functions=functions)))))
    assert (len(cells(picture)), trunks(picture)) == (calls * bundles, bundles)
    assert ("a bundle: see the matrix" in picture.words()) is bool(bundles)


def test_more_calls_are_one_bundle_and_a_cell_of_the_matrix_each() -> None:
    picture = drawn(5, 5)
    assert cells(picture) == {f"c{n} calls :{8000 + m}" for n in range(5) for m in range(5) if m != n}
    assert trunks(picture) == 1
    assert {"Who calls whom", "a bundle: see the matrix", ":8003 p3"} <= set(picture.words())


def test_calls_of_all_to_all_need_no_bundle() -> None:
    functions: dict[str, object] = {
        f"p{n}": {"source": "x", "exposure": "internal", "port": 8000 + n} for n in range(5)
    }
    functions |= {f"c{n}": {"source": "x", "calls": [f"p{m}" for m in range(5)]} for n in range(5)}
    picture = Drawn(architecture_svg(stack_of(document_of(environment_of(functions=functions)))))
    assert (cells(picture), trunks(picture)) == (set(), 0)


def test_where_the_picture_shows_groups_the_matrix_names_who_is_in_them() -> None:
    found = cells(drawn(20, 12))
    assert found == {f"c{n} calls :{8000 + m}" for n in range(20) for m in range(12) if m != n}


def test_a_matrix_whose_heads_have_no_room_is_left_to_the_report() -> None:
    picture = drawn(2, 80)
    assert cells(picture) == set()
    assert "Who calls whom" not in picture.words()
