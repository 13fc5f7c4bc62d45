import datetime
import reprlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.errors import Problem
from constructs_lib.problem_words import (
    did_you_mean,
    field_path,
    listed,
    near_misses,
    path_segments,
    presentable,
    quoted,
    shown,
)


@pytest.mark.parametrize(
    ("segments", "path"),
    [
        (("functions", "a", "port"), "functions.a.port"),
        (("functions", "a", "calls", 0), "functions.a.calls[0]"),
        (("tags", "cost center"), 'tags."cost center"'),
        (("a.b", ""), '"a.b".""'),
        ((), ""),
    ],
)
def test_a_path_is_written_as_in_toml(segments: tuple[str | int, ...], path: str) -> None:
    assert field_path(*segments) == path


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_a_path_can_be_taken_apart_again(segments: list[str]) -> None:
    assert list(path_segments(field_path(*segments))) == segments


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x", "'x'"),
        (5, "5"),
        (True, "true"),
        (False, "false"),
        (2.5, "2.5"),
        (float("nan"), "nan"),
        (["a", 1], "['a', 1]"),
        ({"a": 1}, "{'a': 1}"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (datetime.datetime(2026, 1, 2, 3, 4), "2026-01-02T03:04:00"),
        (datetime.time(7, 30), "07:30:00"),
    ],
)
def test_a_value_is_shown_as_it_is_written(value: Any, said: str) -> None:
    assert repr(shown(value)) == said


@pytest.mark.parametrize(
    "value", ["x" * 10_000, ["y" * 50] * 1_000, {str(n): n for n in range(1_000)}, 10**4_000]
)
def test_a_huge_value_is_shown_in_part(value: Any) -> None:
    assert len(repr(shown(value))) <= 130


@pytest.mark.parametrize(
    ("value", "said"),
    [(10**9_000, "{}"), (-(10**9_000), "{}"), ([1, 10**9_000], "[1, {}]")],
    ids=["positive", "negative", "in a list"],
)
def test_a_number_that_python_does_not_write_out_is_told_the_same_on_every_python(
    monkeypatch: pytest.MonkeyPatch, value: Any, said: str
) -> None:
    def with_its_place(_reader: reprlib.Repr, number: int, _level: int) -> str:
        where = f"<int instance with roughly 9001 digits (limit at 4300) at 0x{id(number):x}>"
        return where if abs(number) > 1 else repr(number)

    monkeypatch.setattr(reprlib.Repr, "repr_int", with_its_place)  # as 3.14 does
    told = said.format("(a number of thousands of digits)")
    assert repr(shown(value)) == told
    problem = Problem("zone_slots", value, "too large", "write less")
    assert str(presentable(problem)) == f"zone_slots: {told}: too large: write less"
    assert str(problem) == "zone_slots: (a number of thousands of digits): too large: write less"


def test_a_tower_of_lists_is_shown_without_climbing_it() -> None:
    tower: list[Any] = []
    for _ in range(100_000):
        tower = [tower]
    assert len(repr(shown(tower))) < 130


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcde"), "a, b and 3 more"),
    ],
)
def test_a_list_is_said_and_its_end_counted(items: list[str], said: str) -> None:
    assert listed(items, most=2 if len(items) > 3 else 6) == said


def test_names_in_sentences_are_marked_and_cut() -> None:
    assert quoted("inventory") == "`inventory`"
    assert len(quoted("x" * 1_000)) < 70


def test_nothing_in_a_name_steers_the_terminal() -> None:
    assert quoted("a\x1b[31m") == '`"a\\u001b[31m"`'
    assert field_path("tags", "a\x9b\u202e") == 'tags."a\\u009b\\u202e"'


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("inventry", 'did you mean "inventory"? '),
        ("Inventory", 'did you mean "inventory"? '),
        ("memory-mb", 'did you mean "memory_mb"? '),
        ("something", ""),
        ("", ""),
        ("inventory" * 100, ""),
    ],
)
def test_a_near_miss_is_recognized(word: str, hint: str) -> None:
    assert did_you_mean(word, ["inventory", "memory_mb", "port"]) == hint


def test_near_misses_are_slips_first_and_then_names_with_the_same_words():
    known = ["lambda-memory", "lambda-timeout", "alb-idle-timeout", "alb-name"]
    assert near_misses("lamda-timeout", known) == ["lambda-timeout", "alb-idle-timeout"]
    assert near_misses("ALB_timeout", known) == ["alb-idle-timeout", "lambda-timeout", "alb-name"]
    assert near_misses("everything", known) == []
