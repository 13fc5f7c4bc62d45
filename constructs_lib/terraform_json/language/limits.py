"""How much an evaluation may take: Terraform's language has loops, and a document may be anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STEPS = 1_000_000
"""Parts of expressions that are evaluated for one document."""

LONGEST_TEXT = 1_000_000
"""Characters of one text."""

MOST_DIGITS = 400
"""Digits of one number."""

MOST_ITEMS = 100_000
"""Items of one value, those inside its items included."""

MOST_INSTANCES = 10_000
"""Instances of one block."""

MOST_INSTANCES_IN_ALL = 40_000
"""Instances of one document."""

DEEPEST = 50
"""How deep expressions may nest."""


class TooMuchError(Exception):
    """An expression takes more than one of the limits. ``rule`` says which."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class Limits:
    """What is left for one document."""

    def __init__(self) -> None:
        self._left, self._instances = STEPS, 0

    def step(self, number: int = 1) -> None:
        """Count parts of an expression, or items of a value."""
        self._left -= number
        if self._left < 0:
            raise TooMuchError(f"the document's expressions take more than {STEPS:,} steps")

    def instances(self, number: int) -> None:
        """Count the instances of a block."""
        self._instances += number
        if number > MOST_INSTANCES or self._instances > MOST_INSTANCES_IN_ALL:
            most = f"{MOST_INSTANCES:,} of one block and {MOST_INSTANCES_IN_ALL:,} in all"
            raise TooMuchError(f"{number:,} instances more; at most {most} are read")

    def weigh(self, value: Any) -> Any:
        """Give a value that is no larger than allowed."""
        waiting, items = [value], 0
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                text_fits(len(one))
            elif isinstance(one, list | Mapping):
                items += len(one)
                items_fit(items)
                self.step(len(one))
                waiting += one.values() if isinstance(one, Mapping) else one
        return value


def text_fits(length: int) -> None:
    """Raise TooMuchError for a text that is longer than allowed."""
    if length > LONGEST_TEXT:
        raise TooMuchError(f"the text has more than {LONGEST_TEXT:,} characters")


def items_fit(number: int) -> None:
    """Raise TooMuchError for a value with more items than allowed."""
    if number > MOST_ITEMS:
        raise TooMuchError(f"the value has more than {MOST_ITEMS:,} items")
