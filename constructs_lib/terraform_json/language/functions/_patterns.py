"""Regular expressions that take linear time in Terraform, and here only where that is certain.

RE2's syntax (https://github.com/google/re2/wiki/Syntax) without what Python's ``re`` could take for ever to
match.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_MOST_STEPS = 1_000_000
_PARSER = re._parser  # type: ignore[attr-defined]  # the syntax tree is public by no other name
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def compiled(pattern: str, text: str) -> re.Pattern[str] | None:
    """Give the pattern; None where matching the text could take too long, or Python reads it differently.

    Raises:
        ValueError: it is no regular expression.
    """
    repeats = _open_repeats(pattern)
    if repeats is None or len(pattern) > 1000 or max(len(text), 2) ** (repeats + 1) > _MOST_STEPS:
        return None
    return re.compile(pattern)


@lru_cache(maxsize=1024)
def _open_repeats(pattern: str) -> int | None:
    """Give how many parts repeat; None where one repeats inside another."""
    try:
        tree = _PARSER.parse(pattern)
    except re.error as fault:
        raise ValueError(str(fault)) from fault
    try:
        return _count(tree, within=False)
    except _NestedError:
        return None


class _NestedError(Exception):
    pass


def _count(tree: Any, *, within: bool) -> int:
    found = 0
    for operation, argument in tree:
        name = str(operation)
        if name in ("GROUPREF", "ASSERT", "ASSERT_NOT", "GROUPREF_EXISTS") or (within and name == "BRANCH"):
            raise _NestedError
        if name in _REPEATS and argument[1] == 1:
            found += _count(argument[2], within=within)
        elif name in _REPEATS:
            if within:
                raise _NestedError
            found += 1 + _count(argument[2], within=True)
        elif name == "SUBPATTERN":
            found += _count(argument[3], within=within)
        elif name == "BRANCH":
            found += sum(_count(one, within=within) for one in argument[1])
    return found
