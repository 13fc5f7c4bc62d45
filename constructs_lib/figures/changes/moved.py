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


def renamed(text: str, blocks: Iterable[Mapping[str, str]]) -> str:
    """The text of a stack's JSON as it reads after these moves."""
    for block in blocks:
        text = re.sub(rf"(?<![\w.-]){re.escape(block['from'])}(?![\w-])", block["to"], text)
    return text
