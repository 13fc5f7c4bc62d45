"""The provider's schema of each type as it was when the tables' rows of that type were read.

Tables of what the provider does (``force_new.json``, ``kept.json``, ``in_use.json``, ``computed.json``, the
IAM actions of the hand-off) hold for one version of it. A later one may know more of a type, which no table
tells; where a stack writes nothing of that, the rows still hold (``provider_schema.json``).
https://developer.hashicorp.com/terraform/cli/commands/providers/schema
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Schema = Mapping[str, str]
"""What a type has, by path (``access_logs.bucket``): an argument's Terraform type and some of ``r`` required,
``o`` optional, ``c`` computed; a block's nesting with the least and the most of them."""


@dataclass(frozen=True)
class Reading:
    """When a type was read: at that ``version`` of the provider, with that ``schema``.

    holds: what a later version has, by path, where the rows hold all the same.
    """

    version: str
    schema: Schema
    holds: Schema

    def doubtful(self, written: Iterable[str], installed: Schema) -> list[str]:
        """The paths of these of which the rows may say too little, where that schema is installed."""
        return sorted({path for path in written if self._is_new(path, installed)})

    def _is_new(self, path: str, installed: Schema) -> bool:
        before, now = self.schema.get(path), installed.get(path)
        if now is None or now == self.holds.get(path):  # without one: a map's key, or Terraform refuses it
            return False
        return before is None or now != before != f"{now[:-1]}r"


@cache
def readings() -> dict[str, Reading]:
    """The readings by type; a data source's begins with ``data.``, ``provider`` is the provider's own."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return {
        name: Reading(
            row["version"],
            row["schema"],
            {path: one["schema"] for path, one in row.get("holds", {}).items()},
        )
        for name, row in table["types"].items()
    }


def written_paths(body: Any, before: str = "") -> Iterator[str]:
    """The paths of everything that a resource's body in Terraform JSON writes, keys of maps too."""
    for each in body if isinstance(body, list) else [body]:
        if isinstance(each, Mapping):
            for key, value in each.items():
                path = f"{before}{key}"
                yield path
                yield from written_paths(value, f"{path}.")
