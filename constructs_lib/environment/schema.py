"""The JSON Schema of the environment file, for editors: ``python -m constructs_lib.environment.schema``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from constructs_lib.environment.checks.names import LONGEST_NAME
from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.environment import Environment

_NAMES = {"pattern": forms.NAME.pattern, "maxLength": LONGEST_NAME}
_NAMED_TABLES = {"functions", "services", "repositories", "callers", "egress", "triggers"}


def environment_json_schema() -> dict[str, Any]:
    """Every key of the file with its meaning, unit and limit."""
    schema = _readable(Environment.model_json_schema())
    # The name of the file stands in where it is left out.
    schema["required"].remove("environment")
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}


def schema_text() -> str:
    """The schema as it lies in environments/schema.json."""
    return json.dumps(environment_json_schema(), indent=2, ensure_ascii=False) + "\n"


def _readable(node: Any, key: str = "") -> Any:
    """Without titles, which only repeat the keys, and without null, which TOML does not have."""
    if isinstance(node, list):
        return [_readable(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {name: _readable(item, name) for name, item in node.items() if name not in _noise(node)}
    choices = [choice for choice in node.pop("anyOf", []) if choice != {"type": "null"}]
    if key in _NAMED_TABLES and "additionalProperties" in node:
        node["propertyNames"] = _NAMES
    if len(choices) > 1:
        return {"anyOf": choices, **node}
    return {**choices[0], **node} if choices else node


def _noise(node: dict[str, Any]) -> set[str]:
    noise = {"title"} if isinstance(node.get("title"), str) else set()
    default = node.get("default", 0)
    # None: there is no default; a table: its own keys have them.
    return noise | (
        {"default"} if default is None or (isinstance(default, dict) and "$ref" in node) else set()
    )


def main() -> None:
    """Writes environments/schema.json, or the file that the first argument names."""
    file = Path(sys.argv[1] if len(sys.argv) > 1 else "environments/schema.json")
    file.write_text(schema_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
