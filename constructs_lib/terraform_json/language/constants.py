"""Plain values in Terraform's language: files of variables, and the types that variables declare."""

from __future__ import annotations

import re
from typing import Any

from constructs_lib.terraform_json.language.conversion import (
    RefusedError,
    as_set,
    boolean,
    is_open,
    number,
    text,
)
from constructs_lib.terraform_json.language.evaluation import evaluated
from constructs_lib.terraform_json.language.nodes import Call, Items, Literal, Name, Node, Pairs
from constructs_lib.terraform_json.language.parser import parse, parse_definitions

_PRIMITIVES = {"string": text, "number": number, "bool": boolean}


def definitions(written: str) -> dict[str, Node]:
    """Give the expressions of a text of ``name = expression`` lines.

    Raises:
        ValueError: it is no such text.
    """
    return parse_definitions(written)


def value_of(node: Node) -> Any:
    """Give the value of an expression that refers to nothing.

    Raises:
        ValueError: it does.
    """
    try:
        found = evaluated(node)
    except RefusedError as fault:
        raise ValueError(str(fault)) from fault
    if is_open(found):
        raise ValueError("an expression that is no plain value")
    return found


def converted(value: Any, written: Any) -> Any:
    """Give a value of a variable as the type that it declares makes it; as it is where that cannot be done.

    written: the ``type`` of a variable in Terraform JSON, such as ``list(string)``.
    """
    if not isinstance(written, str) or len(written) > 20_000:
        return value
    inside = re.sub(r"^\$\{(.*)\}$", r"\1", written.strip(), flags=re.DOTALL)
    try:
        return _as(value, parse(f"${{{inside}}}"))
    except (RefusedError, RecursionError):
        return value


def _as(value: Any, kind: Node) -> Any:
    if is_open(value) and not isinstance(value, list | dict):
        return value
    if isinstance(kind, Name) and kind.name in _PRIMITIVES:
        return None if value is None else _PRIMITIVES[kind.name](value)
    if not isinstance(kind, Call) or not kind.arguments or value is None:
        return value
    inner = kind.arguments[0]
    if kind.name == "optional":
        return _as(value, inner)
    if isinstance(value, list) and kind.name in ("list", "set"):
        items = [_as(item, inner) for item in value]
        return as_set(items) if kind.name == "set" and not is_open(items) else items
    if isinstance(value, list) and kind.name == "tuple" and isinstance(inner, Items):
        pairs = zip(value, inner.items, strict=False)
        return [_as(item, one) for item, one in pairs] + value[len(inner.items) :]
    if isinstance(value, dict) and kind.name == "map":
        return {key: _as(item, inner) for key, item in value.items()}
    if isinstance(value, dict) and kind.name == "object" and isinstance(inner, Pairs):
        return _object(value, inner)
    return value


def _object(value: dict[str, Any], kind: Pairs) -> dict[str, Any]:
    """Terraform leaves out what the type does not name, and fills in what is optional."""
    found: dict[str, Any] = {}
    for key, own in kind.pairs:
        name = key.value if isinstance(key, Literal) else ""
        given = value.get(name)
        is_optional = isinstance(own, Call) and own.name == "optional"
        if given is None and isinstance(own, Call) and is_optional:
            found[name] = _default(own)
        elif name in value:
            found[name] = _as(given, own)
    return found


def _default(optional: Call) -> Any:
    kind, *default = optional.arguments
    return _as(value_of(default[0]), kind) if default else None
