"""Steps into values, and walks over them."""

from __future__ import annotations

from typing import Any

from constructs_lib.terraform_json.language.conversion import (
    OPEN,
    RefusedError,
    TerraformSet,
    text,
)
from constructs_lib.terraform_json.module_instances import ModuleInstance
from constructs_lib.terraform_json.values import Reference, Unknown, text_of


def attribute(value: Any, name: str | int) -> Any:
    """Give one step of a traversal: ``value.name`` or ``value[name]``.

    Raises:
        RefusedError: there is no such thing in the value.
    """
    if isinstance(value, Reference):
        step = f"[{name}]" if isinstance(name, int) else f".{name}" if value.attribute else name
        return Reference(value.address, value.attribute + step)
    if isinstance(value, ModuleInstance):
        return value.output(str(name))
    if isinstance(value, dict) and str(name) in value:
        return value[str(name)]
    if isinstance(value, list) and not isinstance(value, TerraformSet) and str(name).isdigit():
        if int(name) < len(value):
            return value[int(name)]
        raise RefusedError(f"there is no item {name}")
    if isinstance(value, OPEN):
        return Unknown(text_of(value) + (f"[{name}]" if isinstance(name, int) else f".{name}"))
    raise RefusedError(f"there is no {name}")


def entries(collection: list[Any] | dict[str, Any]) -> list[tuple[Any, Any]]:
    """Give key and value of each item, as ``for`` walks over them."""
    if isinstance(collection, dict):
        return [(key, collection[key]) for key in sorted(collection, key=str)]
    if isinstance(collection, TerraformSet):
        return [(item, item) for item in collection]
    return list(enumerate(collection))


def keyed(pairs: list[tuple[Any, Any]], *, groups: bool) -> dict[str, Any]:
    """Give what a ``for`` expression makes of keys and values."""
    found: dict[str, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(text(key), []).append(value)
    if groups:
        return {key: found[key] for key in sorted(found)}
    if len(found) < len(pairs):
        raise RefusedError("two items have the same key")
    return {key: found[key][0] for key in sorted(found)}
