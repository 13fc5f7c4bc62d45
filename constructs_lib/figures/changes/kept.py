"""What stays as it is in AWS when it disappears from the configuration (``kept.json``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def kept_table() -> dict[str, Any]:
    """Return the table: ``resources`` by type, with ``blocks``, ``attributes`` and a ``source``."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table


def kept_blocks(type_name: str) -> tuple[str, ...]:
    """Return the blocks whose removal the provider does not see: what switches one off has to be written."""
    return tuple(_row(type_name).get("blocks", ()))


def kept_attributes(type_name: str) -> tuple[str, ...]:
    """Return the arguments whose removal the provider does not see."""
    return tuple(_row(type_name).get("attributes", ()))


def recomputed_with(type_name: str) -> dict[str, str]:
    """Return the kept blocks that follow another argument when it changes, with that argument."""
    return dict(_row(type_name).get("recomputed", {}))


def given_blocks(type_name: str) -> dict[str, list[dict[str, Any]]]:
    """Return what AWS gives a block that never was written, as far as that depends on nothing else."""
    return dict(_row(type_name).get("given", {}))


def _row(type_name: str) -> dict[str, Any]:
    row: dict[str, Any] = kept_table()["resources"].get(type_name, {})
    return row
