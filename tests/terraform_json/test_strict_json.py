"""JSON that two readers could read differently is refused."""

from __future__ import annotations

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json.strict_json import DEEPEST, parse


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        parse(text, "a.tf.json")
    return [f"{problem.field}: {problem.rule}" for problem in raised.value.problems]


def test_json_is_its_value() -> None:
    assert parse('{"a": [1, 2.5, null, true, "x"]}', "a") == {"a": [1, 2.5, None, True, "x"]}


def test_every_repeated_key_is_named_with_its_place() -> None:
    text = '{"a": [{"b": 1, "b": 2}], "c": {"d": {}, "e": 1, "d": {}}, "f": {"b": 1}}'
    rule = "this key stands twice in one object, which two readers read differently"
    assert problems(text) == [f"a.tf.json: a[0].b: {rule}", f"a.tf.json: c.d: {rule}"]


def test_what_is_no_json_is_refused_with_its_name() -> None:
    for text in ("", "{", "NaN", "[1,]", '{"a": -Infinity}', "9" * 5000):
        [problem] = problems(text)
        assert problem.startswith("a.tf.json: is not JSON: ")


def test_depth_is_refused_before_anything_recurs_into_it() -> None:
    fits, too_deep = "[" * DEEPEST + "]" * DEEPEST, "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2)
    assert parse(fits, "a")
    for text in (too_deep, '{"a":' * 500 + "1" + "}" * 500, "[" * 100_000 + "]" * 100_000):
        assert problems(text) == ["a.tf.json: objects and lists may nest 100 deep here"]
