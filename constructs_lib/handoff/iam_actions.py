"""The IAM actions that an apply needs, from the types of what is applied.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from constructs_lib.terraform_json import Document

# Every apply asks who it is.
ALWAYS = ("sts:GetCallerIdentity",)


def actions_of(type_name: str, *, data_source: bool = False) -> list[str]:
    """Return the actions of one type. KeyError: the table does not know it."""
    found: list[str] = _table()["data_sources" if data_source else "resources"][type_name]
    return found


def needed_actions(document: Document) -> list[str]:
    """Return the actions that create, read, change, tag and delete what is in the document, sorted.

    Those of ``unknown_types`` are not among them.
    """
    actions = set(ALWAYS)
    for one in document.declared.values():
        if is_known(one.type):
            type_name = one.type.removeprefix("data.")
            actions.update(actions_of(type_name, data_source=type_name != one.type))
        for argument, more in _table()["arguments"].get(one.type, {}).items():
            actions.update(more if one.body.get(argument) else [])
    return sorted(actions)


def unknown_types(document: Document) -> list[str]:
    """Return the types of AWS that the table does not know, sorted; ``data.aws_x`` for data sources."""
    types = {one.type for one in document.declared.values()}
    return sorted(one for one in types if one.removeprefix("data.").startswith("aws_") and not is_known(one))


def is_known(type_name: str) -> bool:
    """Tell whether the table knows a type; ``data.aws_x`` for a data source."""
    bare = type_name.removeprefix("data.")
    return bare in _table()["resources" if bare == type_name else "data_sources"]


def by_service(actions: list[str]) -> dict[str, list[str]]:
    """Return the actions without their prefixes, by prefix."""
    found: dict[str, list[str]] = {}
    for action in actions:
        service, _, name = action.partition(":")
        found.setdefault(service, []).append(name)
    return found


@cache
def _table() -> dict[str, Any]:
    text = Path(__file__).with_name("iam_actions.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
