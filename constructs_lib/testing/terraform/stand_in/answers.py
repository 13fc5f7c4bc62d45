"""Finds what a test has set for a data source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from constructs_lib.testing.terraform.stand_in.values import UNKNOWN

Answer = Mapping[str, Any] | Sequence[Mapping[str, Any]] | Callable[[dict[str, Any]], Mapping[str, Any]]


def find(type_name: str, config: dict[str, Any], data: Mapping[str, Answer]) -> dict[str, Any]:
    """The attributes that a test answers with.

    An answer is a mapping of attributes, a sequence of mappings (the first that agrees with every argument
    of the data block) or a function of the block's arguments. Raises ``LookupError`` where none of a
    sequence agrees.
    """
    answer = data.get(type_name, {})
    if callable(answer):
        return dict(answer(config))
    if isinstance(answer, Mapping):
        return dict(answer)
    for candidate in answer:
        if all(config.get(name) in (None, UNKNOWN, value) for name, value in candidate.items()):
            return dict(candidate)
    raise LookupError(f"no matching {type_name} found")
