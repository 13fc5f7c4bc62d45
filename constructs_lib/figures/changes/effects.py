"""What a change of a resource means for those who are served (``effects.json``).

``diff`` and the hand-off say it beforehand, the provider stand-in adds the way out to what it refuses.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from constructs_lib.figures.changes.in_use import Law

Action = Literal["create", "update", "replace", "delete"]
# https://developer.hashicorp.com/terraform/language/backend
BACKEND = "terraform.backend"
"""Stands for the place of the state, which is no resource."""


@dataclass(frozen=True)
class Effect:
    """One row: an interruption (``ends`` is ``b``) or a refusal (``c``); what has no row is neither.

    type_name: the resource, or ``*``. on: what Terraform does with it. case: the name of what else has to be
    so. words, steps: with words of the case in braces; a step that begins with ``$`` is a command. way_out:
    the steps in one sentence. minutes: how long an interruption lasts, about. code and refused_type: the
    error of AWS, and the resource whose change it refuses. source: the page.
    """

    name: str
    type_name: str
    on: tuple[Action, ...]
    case: str
    ends: Literal["b", "c"]
    words: str
    minutes: int
    steps: tuple[str, ...]
    way_out: str
    code: str
    refused_type: str
    source: str


@cache
def effects() -> tuple[Effect, ...]:
    """Return the rows in the order of the table."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return tuple(_effect(row, table["base"]) for row in table["rows"])


def way_out_of(law: Law) -> str:
    """Return how one gets past a refusal of AWS, in one sentence; empty where the table does not say."""
    for row in effects():
        if row.ends == "c" and row.code == law.code and row.refused_type in ("*", law.type_name):
            return row.way_out
    return ""


def _effect(row: dict[str, Any], base: str) -> Effect:
    source = row["source"]
    return Effect(
        name=row["name"],
        type_name=row["type"],
        on=tuple(row["on"]),
        case=row.get("case", ""),
        ends=row["ends"],
        words=row["words"],
        minutes=row.get("minutes", 0),
        steps=tuple(row.get("steps", ())),
        way_out=row.get("way_out", ""),
        code=row.get("code", ""),
        refused_type=row.get("refused_type", row["type"]),
        source=source if source.startswith("https:") else base + source,
    )
