"""Addresses that have become others (``moved.json``), and the ``moved`` blocks of a stack that has them.

https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Move:
    """One row: ``old`` became ``new`` with release ``since``; a ``*`` stands for the same text in both."""

    old: str
    new: str
    since: str

    def of(self, address: str) -> str | None:
        """The old address of one that matches the new one; None where it does not."""
        before, star, after = self.new.partition("*")
        found = re.fullmatch(f"{re.escape(before)}{'(.+)' if star else ''}{re.escape(after)}", address)
        if found is None:
            return None
        return self.old.replace("*", found[1]) if star else self.old


@cache
def moves() -> tuple[Move, ...]:
    """The rows in the order of the table."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return tuple(Move(row["from"], row["to"], row["since"]) for row in table["rows"])


def moved_blocks(addresses: Iterable[str]) -> list[dict[str, str]]:
    """The ``moved`` blocks of a stack with these addresses, sorted."""
    found = ((move.of(address), address) for address in addresses for move in moves())
    return [{"from": old, "to": new} for old, new in sorted((old, new) for old, new in found if old)]


def renamed(content: Any, blocks: Iterable[Mapping[str, str]]) -> Any:
    """The JSON of a configuration, of a state or of a plan, as it reads after these moves."""
    for block in blocks:
        old, new = block["from"], block["to"]
        written = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-])")
        content = _declared_as(_replaced(content, written, new), old.split("."), new.split("."))
    return content


def _replaced(content: Any, written: re.Pattern[str], new: str) -> Any:
    """Texts with the address, and what is shown under it with its type and name."""
    if isinstance(content, str):
        return written.sub(lambda _: new, content)
    if isinstance(content, list):
        return [_replaced(item, written, new) for item in content]
    if not isinstance(content, dict):
        return content
    found = {key: _replaced(item, written, new) for key, item in content.items()}
    if isinstance(content.get("address"), str) and written.match(content["address"]):
        kind, name = new.split(".")
        found |= {"type": kind, "name": name}
    return found


def _declared_as(content: Any, old: list[str], new: list[str]) -> Any:
    """A configuration in which what was declared as ``old``, type and name, is declared as ``new``."""
    if not isinstance(content, dict) or not isinstance(content.get("resource"), dict):
        return content
    resources = {kind: dict(named) for kind, named in content["resource"].items()}
    if old[-1] not in resources.get(old[0], {}):
        return content
    body = resources[old[0]].pop(old[-1])
    resources.setdefault(new[0], {})[new[-1]] = body
    return {**content, "resource": {kind: named for kind, named in resources.items() if named}}
