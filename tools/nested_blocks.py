"""Writes figures/nested_blocks.json: which arguments are nested blocks, from the provider's schema.

Run as ``python -m tools.nested_blocks`` after ``python -m tools.provider_schema --record``: it reads that.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from constructs_lib.figures.changes.provider_schema import Schema, readings
from constructs_lib.testing.terraform.schema import PROVIDER_MODULE
from tools.provider_schema import made

TABLE = Path(__file__).parent.parent / "constructs_lib" / "figures" / "nested_blocks.json"

_BLOCK = re.compile(r"[a-z]+ \d+ \d+")


def table() -> dict[str, Any]:
    """Return the nested blocks of each type that this project uses, and of the provider, in each other."""
    types = {name: reading.schema for name, reading in readings().items() if name in made()}
    found = {name: _nested(schema) for name, schema in types.items()}
    return {
        "about": "Nested blocks by type, in each other; what is not here is an argument. Terraform JSON "
        "writes both alike. Written by `python -m tools.nested_blocks`; do not edit.",
        "source": "the provider's own schema, as the bindings of the pinned version have it",
        "provider": found.pop(PROVIDER_MODULE),
        "resources": {name: found[name] for name in sorted(found) if name.startswith("aws_")},
        "data_sources": {
            name.removeprefix("data."): found[name] for name in sorted(found) if name.startswith("data.")
        },
    }


def _nested(schema: Schema) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(path for path, kind in schema.items() if _BLOCK.fullmatch(kind)):
        within = found
        for name in path.split("."):
            within = within.setdefault(name, {})
    return found


def text() -> str:
    """Return the table as it stands in its file."""
    return json.dumps(table(), indent=1) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
