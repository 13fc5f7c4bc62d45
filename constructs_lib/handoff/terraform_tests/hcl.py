"""Text in Terraform's own syntax, formatted as ``terraform fmt`` leaves it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from constructs_lib.handoff.hcl import texts

INDENT = "  "


class Expression(str):
    """Text that stands in HCL as it is, without quotes."""

    __slots__ = ()


def literal(value: Any) -> str:
    """Return a JSON value as HCL on one line; text is never read as a template."""
    if isinstance(value, Expression):
        return str(value)
    if isinstance(value, str):
        return texts.literal(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{literal(str(key))} = {literal(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    return json.dumps(value)


def attributes(pairs: Mapping[str, Any], *, depth: int) -> list[str]:
    """Return one line for each attribute, the equals signs in one column."""
    width = max((len(name) for name in pairs), default=0)
    return [f"{INDENT * depth}{name.ljust(width)} = {literal(value)}" for name, value in pairs.items()]


def block(head: str, lines: Iterable[str], *, depth: int = 0) -> list[str]:
    """Return a block around lines that are indented already."""
    return [f"{INDENT * depth}{head} {{", *lines, f"{INDENT * depth}}}"]


def listed(addresses: Iterable[str]) -> Expression:
    """Return a list of references."""
    return Expression(f"[{', '.join(addresses)}]")
