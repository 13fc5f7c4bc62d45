"""The body of one planned instance: what is known, and where the rest comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.terraform_json.shown._expressions import is_leaf, specific, written, written_items
from constructs_lib.terraform_json.values import Unknown

_NOT_KNOWN = object()
"""In the place of an expression: the configuration does not say, as inside ``dynamic`` blocks."""

_ABSENT = object()


def filled(known: Mapping[str, Any], unknown: Any, expressions: Any, address: str) -> dict[str, Any]:
    """Give a body with an expression for everything that only the apply will know.

    known: the body of what the plan knows. unknown: ``after_unknown``. expressions: of the configuration.
    """
    found = _object(known, unknown if isinstance(unknown, Mapping) else {}, expressions, address)
    return {name: value for name, value in found.items() if value is not _ABSENT}


def _object(
    known: Mapping[str, Any], unknown: Mapping[str, Any], expressions: Any, where: str
) -> dict[str, Any]:
    found = dict(known)
    for name, state in unknown.items():
        expression = _inside(expressions, name)
        value = _value(known.get(name), state, expression, f"{where}.{name}", name)
        if value is not _ABSENT:
            found[name] = value
        elif state is True:
            found.pop(name, None)
    return found


def _value(known: Any, unknown: Any, expression: Any, where: str, name: str) -> Any:
    if unknown is True:
        if expression is None:
            return _ABSENT
        return Unknown(where) if expression is _NOT_KNOWN else written(expression, name, where)
    if isinstance(unknown, list) and isinstance(known, list) and len(known) == len(unknown):
        return _items(known, unknown, expression, where, name)
    if isinstance(unknown, Mapping) and unknown:
        own = _NOT_KNOWN if expression is None or expression == {} else expression
        return _object(known if isinstance(known, Mapping) else {}, unknown, own, where)
    return known if known is not None else _ABSENT


def _inside(expressions: Any, name: str) -> Any:
    """Give the expression of one argument out of those of a block, or of an argument that holds a map."""
    if not isinstance(expressions, Mapping):
        return expressions
    if not is_leaf(expressions):
        return expressions.get(name)
    held = expressions.get("constant_value")
    return _part(held.get(name), expressions) if isinstance(held, Mapping) else expressions


def _part(value: Any, expression: Mapping[str, Any]) -> Any:
    return {"constant_value": value, "references": expression.get("references") or []}


def _items(known: list[Any], unknown: list[Any], expression: Any, where: str, name: str) -> Any:
    if any(state is True for state in unknown):
        return _open_items(known, unknown, expression, where, name)
    whole = (
        expression if is_leaf(expression) and len(specific(expression.get("references") or [])) == 1 else None
    )
    parts = expression if isinstance(expression, list) else [expression]
    if is_leaf(expression) and isinstance(expression.get("constant_value"), list):
        parts = [_part(one, expression) for one in expression["constant_value"]]
    ordered = len(known) == 1 or not is_leaf(expression)
    matched = parts if len(parts) == len(known) and ordered else None
    return [
        _item(one, state, matched[index] if matched else whole, f"{where}[{index}]")
        for index, (one, state) in enumerate(zip(known, unknown, strict=True))
    ]


def _item(known: Any, unknown: Any, expression: Any, where: str) -> Any:
    if not isinstance(unknown, Mapping):
        return known
    own = _NOT_KNOWN if expression is None else expression
    return _object(known if isinstance(known, Mapping) else {}, unknown, own, where)


def _open_items(known: list[Any], unknown: list[Any], expression: Any, where: str, name: str) -> Any:
    """A list of plain values of which some are not known."""
    holes = [index for index, state in enumerate(unknown) if state is True]
    if (items := written_items(expression, name, where, len(holes))) is not None:
        meant = dict(zip(holes, items, strict=True))
        return [meant.get(i, one) for i, one in enumerate(known)]
    found = written(expression, name, where) if is_leaf(expression) else Unknown(where)
    is_written = is_leaf(expression) and "constant_value" in expression
    if is_written and isinstance(found, list) and len(found) == len(known):
        return [found[i] if i in holes else one for i, one in enumerate(known)]
    if isinstance(found, str) and len(holes) in (1, len(known)):
        return [found if i in holes else one for i, one in enumerate(known)] if len(holes) == 1 else found
    return [Unknown(f"{where}[{i}]") if i in holes else one for i, one in enumerate(known)]
