"""Attributes that AWS computes, as they look (``computed.json``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def computed_table() -> dict[str, Any]:
    """Return the texts of ``resources`` and ``data_sources``, by type and attribute."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table
