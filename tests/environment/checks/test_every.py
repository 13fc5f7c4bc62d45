"""Whatever a file says, it is an environment or a list of problems, never a fault of ours."""

import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.environment import environment_warnings
from constructs_lib.environment.checks.every import check
from constructs_lib.environment.reading.draft import understand
from constructs_lib.environment.reading.value_places import annotation_at, model_at
from constructs_lib.problem_words import presentable
from tests.support.environment_files import text_of
from tests.support.properties import examples

SCALARS = (
    st.none().map(lambda _: "")
    | st.text(max_size=12)
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.sampled_from(
        ["a", "b", "inventory", "storefront", "10.0.0.0/24", "/x/*", "internal", "public", "none", "s3"]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = ("inventory", "storefront", "old", "owner", "A b")


def places(location: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every key of the file, with a few names where names are the user's."""
    model = model_at(location)
    if model:
        keys = [(*location, key) for key in model.model_fields]
    elif getattr(annotation_at(location), "__origin__", None) is dict:
        keys = [(*location, name) for name in NAMES]
    else:
        return []
    return keys + [deeper for key in keys for deeper in places(key)]


def changed(content: dict[str, Any], place: tuple[str, ...], value: Any) -> None:
    for key in place[:-1]:
        content = content.setdefault(key, {})
        if not isinstance(content, dict):
            return
    content[place[-1]] = value


@examples(75)
@given(st.lists(st.tuples(st.sampled_from(places()), VALUES), min_size=1, max_size=6))
def test_no_file_is_a_fault_of_ours(changes: list[tuple[tuple[str, ...], Any]]) -> None:
    content = {"environment": "dev"} | tomllib.loads(text_of({}))
    for place, value in changes:
        changed(content, place, value)
    draft, problems = understand(content, Path("nowhere"))
    problems += check(draft)
    assert all(problem.rule and problem.way_out for problem in map(presentable, problems))
    if not draft.broken and all(problem.field.endswith(".source") for problem in problems):
        environment_warnings(draft.environment)
