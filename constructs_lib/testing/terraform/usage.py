"""Which AWS resource types and data sources a folder of Terraform uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Types = tuple[frozenset[str], frozenset[str]]
"""Resource types and data source types."""
_HCL_BLOCK = re.compile(r'^\s*(resource|data)\s+"(aws_\w+)"', re.M)
_SECTIONS = {"resource": "resource", "data": "data", "managed": "resource"}


class Usage:
    """The types in use below some folders: those found there now, ever found before, or added."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = list(folders)
        self._seen: set[tuple[str, str]] = set()

    def add(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Takes in ``("resource" or "data", type)`` from elsewhere, such as a remote state."""
        self._seen.update(pairs)

    def types(self) -> Types:
        """Looks through the configurations and state files again."""
        for folder in self._folders:
            self._seen.update(_types_below(folder))
        seen = set(self._seen)
        resources = frozenset(name for section, name in seen if section == "resource")
        return resources, frozenset(name for section, name in seen if section == "data")


def _types_below(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.tf*")):
        if ".terraform" in path.parts or not path.is_file():
            continue
        if path.name.endswith(".tf"):
            yield from _HCL_BLOCK.findall(path.read_text("utf-8"))
        elif path.name.endswith(".tf.json"):
            yield from _configured(_parsed(path))
        elif ".tfstate" in path.name:
            yield from types_in_state(_parsed(path))


def types_in_state(state: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """``("resource" or "data", type)`` of each AWS resource in a state file of version 4."""
    for resource in state.get("resources") or []:
        if resource["type"].startswith("aws_"):
            yield _SECTIONS[resource["mode"]], resource["type"]


def _configured(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for section in ("resource", "data"):
        content = document.get(section) or {}
        for part in content if isinstance(content, list) else [content]:
            yield from ((section, name) for name in part if name.startswith("aws_"))


def _parsed(path: Path) -> dict[str, Any]:
    """The JSON in the file; what is no JSON object is left for Terraform to complain about."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
