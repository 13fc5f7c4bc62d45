"""The JSON of ``data "aws_iam_policy_document"``, computed as the provider does.

https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/data-sources/iam_policy_document
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from constructs_lib.figures.quotas import POLICY_VERSION

_LISTS = {
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
}


def policy_json(values: Mapping[str, Any], *, indent: int | None) -> str:
    """The document of the data block's arguments; a later statement replaces one of the same ``Sid``."""
    sources = [json.loads(text) for text in values.get("source_policy_documents") or []]
    own = [_statement(block) for block in values.get("statement") or []]
    overrides = [json.loads(text) for text in values.get("override_policy_documents") or []]
    document: dict[str, Any] = {"Version": values.get("version") or POLICY_VERSION}
    if values.get("policy_id"):
        document["Id"] = values["policy_id"]
    document["Statement"] = _merged([*_statements(sources), *own, *_statements(overrides)])
    return json.dumps(document, indent=indent, separators=None if indent else (",", ":"))


def _statements(documents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for document in documents:
        statements = document.get("Statement", [])
        found += statements if isinstance(statements, list) else [statements]
    return found


def _merged(statements: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    by_sid = {statement.get("Sid") or index: statement for index, statement in enumerate(statements)}
    return list(by_sid.values())


def _statement(block: Mapping[str, Any]) -> dict[str, Any]:
    statement: dict[str, Any] = {"Sid": block["sid"]} if block.get("sid") else {}
    statement["Effect"] = block.get("effect") or "Allow"
    for key, name in _LISTS.items():
        if block.get(name):
            statement[key] = _one_or_many(block[name])
    for key, name in (("Principal", "principals"), ("NotPrincipal", "not_principals")):
        if block.get(name):
            statement[key] = _principals(block[name])
    if block.get("condition"):
        statement["Condition"] = _conditions(block["condition"])
    return statement


def _principals(blocks: Iterable[Mapping[str, Any]]) -> Any:
    by_type: dict[str, list[str]] = {}
    for block in blocks:
        by_type.setdefault(block["type"], []).extend(block["identifiers"])
    return "*" if by_type == {"*": ["*"]} else {name: _one_or_many(found) for name, found in by_type.items()}


def _conditions(blocks: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    conditions: dict[str, dict[str, Any]] = {}
    for block in blocks:
        conditions.setdefault(block["test"], {})[block["variable"]] = _one_or_many(block["values"])
    return conditions


def _one_or_many(items: Iterable[str]) -> Any:
    ordered = sorted(set(items), reverse=True)
    return ordered[0] if len(ordered) == 1 else ordered
