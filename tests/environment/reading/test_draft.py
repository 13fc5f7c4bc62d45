from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from constructs_lib.environment.reading.draft import _PLACEHOLDERS, Draft, understand
from constructs_lib.environment.reading.value_places import tables_with
from constructs_lib.environment.tables.environment import Environment

VALID: dict[str, Any] = {"environment": "dev", "region": "us-east-1"}


def draft_of(content: dict[str, Any]) -> Draft:
    return understand({**VALID, **content}, Path())[0]


def test_what_is_valid_is_kept_beside_what_is_not() -> None:
    draft = draft_of({"functions": {"a": {"source": 5, "calls": ["b", 5, "c"], "memory_mb": 512}}})
    function = draft.environment.functions["a"]
    assert (function.calls, function.memory_mb) == (["b", "c"], 512)
    assert draft.broken == {("functions", "a", "source"), ("functions", "a", "calls", 1)}


@pytest.mark.parametrize(
    ("place", "unknown"),
    [
        (("functions", "a", "calls"), True),
        (("functions", "a"), True),
        (("functions",), True),
        (("functions", "a", "port"), False),
        (("functions", "b", "calls"), False),
        (("network", "nat"), True),
        (("state",), False),
    ],
)
def test_a_place_is_unknown_with_what_is_in_it_and_what_it_is_in(
    place: tuple[str, ...], unknown: bool
) -> None:
    functions = {"a": {"source": ".", "calls": [5]}, "b": {"source": "."}}
    draft = draft_of({"functions": functions, "network": 5})
    assert draft.unknown(*place) is unknown


def test_a_slip_in_a_key_makes_the_key_that_was_meant_unknown() -> None:
    draft = draft_of({"functions": {"a": {"source": ".", "expsure": "internal"}}})
    assert draft.broken == {("functions", "a", "exposure")}


def test_the_content_itself_is_not_changed() -> None:
    content: dict[str, Any] = {**VALID, "functions": {"a": {"source": 5, "calls": [5]}}}
    understand(content, Path())
    assert content == {**VALID, "functions": {"a": {"source": 5, "calls": [5]}}}


def test_whatever_is_missing_the_rest_is_checked() -> None:
    def required(model: type[BaseModel]) -> set[str]:
        return {name for name, info in model.model_fields.items() if info.is_required()}

    assert required(Environment) == {"environment", "region"}
    content = {"functions": {"a": {"egress": {"b": {}}}}, "services": {"s": {}}, "callers": {"c": {}}}
    draft, problems = understand(content, Path())
    assert [problem.field for problem in problems] == [
        "environment",
        "region",
        "functions.a.egress.b.port",
        "services.s.image",
        "services.s.container_port",
        "callers.c.security_group_id",
    ]
    assert set(draft.environment.functions["a"].egress) == {"b"}


def required_keys(model: type[BaseModel]) -> set[str]:
    found: set[str] = set()
    for name, info in model.model_fields.items():
        found |= {name} if info.is_required() else set()
        for part in (info.annotation, *get_args(info.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found |= required_keys(part)
    return found


def test_every_key_that_is_needed_has_a_placeholder() -> None:
    assert required_keys(Environment) == _PLACEHOLDERS.keys()


def test_a_key_is_found_wherever_it_belongs() -> None:
    assert tables_with("port") == [
        "[load_balancers.internal]",
        "[functions.<name>]",
        "[functions.<name>.egress.<name>]",
        "[services.<name>]",
        "[services.<name>.egress.<name>]",
    ]


def test_a_placeholder_that_is_wrong_itself_takes_its_table_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_PLACEHOLDERS, "container_port", "no port")
    monkeypatch.setitem(_PLACEHOLDERS, "security_group_id", 5)
    content = {
        "services": {"web": {"image": 5, "cpu": "x"}, "api": {"image": "nginx", "container_port": 80}},
        "callers": {"legacy": {"calls": []}},
    }
    draft = draft_of(content)
    assert (set(draft.environment.services), draft.environment.callers) == ({"api"}, {})
    assert {("services", "web"), ("callers", "legacy")} <= draft.broken


def test_a_required_key_without_a_placeholder_takes_its_table_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(_PLACEHOLDERS, "image")
    draft = draft_of({"services": {"web": {"container_port": 80}}, "functions": {"a": {"source": "."}}})
    assert (draft.environment.services, set(draft.environment.functions)) == ({}, {"a"})
