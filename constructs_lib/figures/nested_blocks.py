"""Which arguments of the provider's types are nested blocks (``nested_blocks.json``).

Terraform JSON writes a block and an argument that holds an object alike; its own syntax does not.
https://developer.hashicorp.com/terraform/language/syntax/json#nested-block-mapping
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

Nested = dict[str, Any]
"""The nested blocks of a block, in each other, by name."""


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table


def nested_blocks(section: str, type_name: str) -> Nested | None:
    """Return the nested blocks of a type, None of a type that is not in the table.

    section: ``resource``, ``data`` or ``provider``.
    """
    if section == "provider":
        found: Nested | None = _table()["provider"] if type_name == "aws" else None
        return found
    known: dict[str, Nested] = _table()["resources" if section == "resource" else "data_sources"]
    return known.get(type_name)
