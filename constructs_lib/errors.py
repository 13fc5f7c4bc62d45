"""The one exception for wrong input. Everything else that is raised is a bug of this project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

TOO_MANY_DIGITS = "(a number of thousands of digits)"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with, or remarkable about, what the user wrote.

    field: dotted path of the key, as in the environment file (``functions.inventory.port``).
    value: what the user wrote there; shown as ``repr``.
    rule: what AWS, Terraform or this project asks for, with its figure.
    way_out: what the user can write instead.
    aws_rule: name of the rule of AWS that it breaks (docs/rules.md), where a waiver of that rule accepts it.
    addresses: Terraform addresses at which that rule would be broken; needed with ``aws_rule``.
    line: where it stands in the file, from 1; 0 where that is not known or would not help.
    """

    field: str
    value: Any
    rule: str
    way_out: str
    aws_rule: str = ""
    addresses: tuple[str, ...] = ()
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.field} (line {self.line})" if self.line else self.field
        try:
            value = repr(self.value)
        except ValueError:  # Python writes no number above its limit of digits
            value = TOO_MANY_DIGITS
        return f"{place}: {value}: {self.rule}: {self.way_out}"


class ConfigError(Exception):
    """The user's input is wrong; ``problems`` holds everything that is wrong with it, at least one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
