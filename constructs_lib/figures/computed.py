"""Attributes that AWS computes, as they look (``computed.json``), and what the placeholders in them mean."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from constructs_lib.figures.regions import dns_suffix_of, partition_of

_PLACEHOLDER = re.compile(r"(?<!\$)\{(\w+)\}")
_DIGITS = re.compile(r"(hex|digits)(\d+)")


@cache
def computed_table() -> dict[str, Any]:
    """Return the texts of ``resources`` and ``data_sources``, by type and attribute."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table


@dataclass(frozen=True)
class Meanings:
    """What placeholders mean for one resource or data source.

    attribute: the text of another attribute, None where it has none. digits: so many of a kind, ``hex`` or
    ``digits``, for a salt that names the place. facts: more names. unknown: what any other name means.
    """

    account: str
    region: str
    attribute: Callable[[str], str | None]
    digits: Callable[[str, int, str], str]
    facts: Mapping[str, str]
    unknown: str = ""

    def fill(self, recipe: Any, salt: str) -> Any:
        """The recipe, a text or a list or an object of them, without placeholders.

        A placeholder is another attribute, ``{hexN}``, ``{digitsN}``, ``{byte}`` (1 to 250), ``{account}``,
        ``{region}``, ``{partition}``, ``{dns_suffix}`` or one of ``facts``; ``${...}`` is none.
        """
        if isinstance(recipe, list):
            return [self.fill(item, f"{salt}.{index}") for index, item in enumerate(recipe)]
        if isinstance(recipe, dict):
            return {key: self.fill(item, f"{salt}.{key}") for key, item in recipe.items()}
        if not isinstance(recipe, str):
            return recipe
        return _PLACEHOLDER.sub(lambda found: self._meaning(found, salt), recipe)

    def _meaning(self, found: re.Match[str], salt: str) -> str:
        name = found[1]
        if (text := self.attribute(name)) is not None:
            return text
        if random := _DIGITS.fullmatch(name):
            return self.digits(random[1], int(random[2]), f"{salt}@{found.start()}")
        if name == "byte":
            return str(1 + int(self.digits("hex", 6, salt), 16) % 250)
        return {**self._world(), **self.facts}.get(name, self.unknown)

    def _world(self) -> dict[str, str]:
        return {
            "account": self.account,
            "region": self.region,
            "partition": partition_of(self.region),
            "dns_suffix": dns_suffix_of(self.region),
        }
