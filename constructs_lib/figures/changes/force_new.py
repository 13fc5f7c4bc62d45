"""Arguments that the AWS provider cannot change in place, by resource type (``force_new.json``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def force_new_table() -> dict[str, Any]:
    """Return the table: ``resources`` by type, with ``attributes`` and a ``source`` below ``base``."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table


def forcing_arguments(type_name: str) -> tuple[str, ...]:
    """Return the arguments whose change replaces a resource of this type; none of an unknown type.

    ``load_balancer.name`` means that of ``load_balancer`` only ``name`` forces a replacement. A changed
    region replaces any resource.
    """
    return tuple(force_new_table()["resources"].get(type_name, {"attributes": []})["attributes"])


def conditionally_forcing(type_name: str) -> dict[str, str]:
    """Return the arguments that force a replacement in some cases only, with the case in words."""
    return dict(force_new_table()["resources"].get(type_name, {}).get("conditional", {}))
