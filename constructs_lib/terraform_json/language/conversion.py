"""How Terraform converts values (https://developer.hashicorp.com/terraform/language/expressions/types)."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

from constructs_lib.terraform_json.language.limits import MOST_DIGITS, TooMuchError
from constructs_lib.terraform_json.values import Reference, Template, Unknown

OPEN = (Unknown, Reference, Template)
"""What only an apply knows."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


class RefusedError(Exception):
    """Terraform refuses the expression, so ``try`` goes on and ``can`` says no."""


class RefusedAsTooMuchError(RefusedError, TooMuchError):
    """Terraform refuses it because it takes too much; ``try`` goes on."""


class TerraformSet(list[Any]):
    """A set: every item once, sorted where that is possible."""


def is_open(value: Any) -> bool:
    """Tell whether a value, or something in it, is only known to an apply."""
    if isinstance(value, list):
        return any(map(is_open, value))
    if isinstance(value, dict):
        return any(map(is_open, value.values()))
    return isinstance(value, OPEN)


def number(value: Any) -> int | float:
    """Give a number, also one that is written as a text."""
    if isinstance(value, str) and _NUMBER.fullmatch(value) and len(value) < MOST_DIGITS:
        exact = Decimal(value)
        if abs(exact.adjusted()) > MOST_DIGITS:
            raise RefusedError(f"{value} is larger than this reader takes")
        return int(exact) if exact == exact.to_integral_value() else float(exact)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise RefusedError(f"{value!r} is no number")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def whole(value: Any) -> int:
    """Give a whole number."""
    found = number(value)
    if not isinstance(found, int):
        raise RefusedError(f"{value!r} is no whole number")
    return found


def text(value: Any) -> str:
    """Give a text, also of a number or a truth value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise RefusedError("no number is endless")
        return format(Decimal(repr(value)), "f") if not value.is_integer() else str(int(value))
    raise RefusedError(f"{type(value).__name__} is no text")


def boolean(value: Any) -> Any:
    """Give a truth value, also one that is written as a text; open values stay as they are."""
    if isinstance(value, bool) or is_open(value):
        return value
    if value in ("true", "false", "1", "0"):
        return value in ("true", "1")
    raise RefusedError(f"{value!r} is no truth value")


def items(value: Any) -> list[Any]:
    """Give the items of a list or a set."""
    if not isinstance(value, list):
        raise RefusedError("a list belongs here")
    return value


def table(value: Any) -> dict[str, Any]:
    """Give a map or an object."""
    if not isinstance(value, dict):
        raise RefusedError("a map belongs here")
    return value


def as_set(found: list[Any]) -> TerraformSet:
    """Give a set of items, which become texts where some are."""
    found = unified(found)
    unique: list[Any] = []
    seen: set[Any] = set()
    for item in found:
        key = _hashable(item)
        if key not in seen:
            seen.add(key)
            unique.append(item)
    are_numbers = all(isinstance(item, int | float) and not isinstance(item, bool) for item in unique)
    if are_numbers or all(isinstance(item, str) for item in unique):
        unique.sort()
    return TerraformSet(unique)


def like(value: Any, other: Any) -> Any:
    """Give a value as the type that it has in common with another one."""
    if isinstance(value, bool | int | float) and isinstance(other, str):
        return text(value)
    if isinstance(value, list) and isinstance(other, list):
        if len(value) == len(other):
            return type(value)(like(one, another) for one, another in zip(value, other, strict=True))
        return type(value)(unified([*value, *other])[: len(value)])
    if isinstance(value, dict) and isinstance(other, dict):
        return {key: like(one, other.get(key)) for key, one in value.items()}
    return value


def unified(found: list[Any]) -> list[Any]:
    """Give items of one type: numbers and truth values beside texts become texts."""
    kinds = {
        isinstance(item, list | dict) for item in found if item is not None and not isinstance(item, OPEN)
    }
    if len(kinds) > 1:
        raise RefusedError("the items have no type in common")
    if any(isinstance(item, str) for item in found):
        return [text(item) if isinstance(item, bool | int | float) else item for item in found]
    return list(found)


def _hashable(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_hashable, value))
    if isinstance(value, dict):
        return tuple(sorted((key, _hashable(item)) for key, item in value.items()))
    return (type(value) is bool, value)
