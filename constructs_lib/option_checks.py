"""What constructs ask of the values that they are given, in the words of the environment file.

A value that is known only later, a token of cdktf's, is never judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.bounds import Bounds
from constructs_lib.problem_words import did_you_mean, listed

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?")


def refuse(*found: Iterable[Problem]) -> None:
    """Raise everything that was found in one ConfigError; nothing found is in order."""
    if problems := [*chain.from_iterable(found)]:
        raise ConfigError(problems)


def bounded(field: str, value: Any, bounds: Bounds) -> Iterator[Problem]:
    """A whole number within bounds; None is none."""
    if value is None or is_token(value):
        return
    if isinstance(value, bool) or not isinstance(value, int):
        yield Problem(field, value, "must be a whole number", f"write {bounds}")
    elif not bounds.hold(value):
        yield Problem(field, value, f"must be {bounds}", "write a number in this range")


def chosen(field: str, value: Any, choices: Sequence[Any]) -> Iterator[Problem]:
    """One of a few values."""
    if value in choices or is_token(value):
        return
    said = listed(map(repr, choices), most=40).replace(" and ", " or ")
    hint = did_you_mean(value, map(str, choices)) if isinstance(value, str) else ""
    yield Problem(field, value, f"must be {said}", hint or f"write for example {choices[0]!r}")


def named(field: str, value: str) -> Iterator[Problem]:
    """A physical name from which AWS's can be made without changing it."""
    if not _NAME.fullmatch(value) and not is_token(value):
        rule = "a name is letters, digits, - and _, and begins and ends with a letter or digit"
        legal = re.sub(r"[^A-Za-z0-9_-]+", "-", value).strip("-_") or "shop-dev"
        yield Problem(field, value, rule, f'write "{legal}"')


def is_token(value: Any) -> bool:
    """Whether cdktf resolves it at the end: texts with ``${``, and numbers that no one writes."""
    return (isinstance(value, str) and "${" in value) or (isinstance(value, float) and abs(value) > 1e100)
