"""The reference table of the environment file, from the same models that read it.

``python -m tools.environment_reference docs/environment-file.md`` brings the table of a page up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from constructs_lib.environment.schema import environment_json_schema

BEGIN = "<!-- reference: python -m tools.environment_reference docs/environment-file.md -->"
END = "<!-- end of reference -->"

Schema = dict[str, Any]


def reference() -> str:
    """Return the table of every key: its path, its default and its meaning, in the order of the models."""
    schema = environment_json_schema()
    rows = [f"| `{path}` | {default} | {meaning} |" for path, default, meaning in _rows(schema, schema, "")]
    return "\n".join(["| key | default | meaning |", "|---|---|---|", *rows])


def _rows(root: Schema, node: Schema, prefix: str) -> Iterator[tuple[str, str, str]]:
    required = node.get("required", [])
    for key, found in node.get("properties", {}).items():
        path = f"{prefix}{key}"
        table = _table(root, found)
        if table is None:
            yield path, _default(found, key in required), _meaning(found)
        elif "properties" in table[1]:
            yield from _rows(root, table[1], f"{path}{table[0]}.")
        else:
            yield f"{path}{table[0]}", "", _meaning(found)


def _table(root: Schema, found: Schema) -> tuple[str, Schema] | None:
    """The table that a key holds; behind ``.<name>`` where it holds tables by name, ``[]`` where a list."""
    for candidate in (found, *found.get("anyOf", [])):
        if reference := candidate.get("$ref"):
            return "", root["$defs"][reference.rpartition("/")[2]]
        if reference := candidate.get("items", {}).get("$ref"):
            return "[]", root["$defs"][reference.rpartition("/")[2]]
        inner = candidate.get("additionalProperties")
        if isinstance(inner, dict):
            named = _table(root, inner)
            return (".<name>", named[1]) if named else (".<NAME>", inner)
    return None


def _default(found: Schema, required: bool) -> str:
    if required:
        return "required"
    default = found.get("default")
    return "" if default is None else f"`{json.dumps(default)}`"


def _meaning(found: Schema) -> str:
    return str(found.get("description", "")).replace("|", "\\|").replace("\n", " ")


def main(path: Path) -> None:
    """Write the table into a file, between its two marks."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{reference()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
