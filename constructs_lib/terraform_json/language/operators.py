"""Terraform's binary operators (https://developer.hashicorp.com/terraform/language/expressions/operators)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, DecimalException
from typing import Any

from constructs_lib.terraform_json.language.conversion import boolean, is_open, number
from constructs_lib.terraform_json.language.limits import TooMuchError
from constructs_lib.terraform_json.values import Unknown, text_of

PRECEDENCE = {
    **{"||": 0, "&&": 1, "==": 2, "!=": 2},
    **dict.fromkeys(("<", "<=", ">", ">="), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/", "%"), 5),
}
"""How strongly each operator binds."""

_EXACT = Context(prec=154, Emax=5000, Emin=-5000)
"""As many digits as Terraform's numbers of 512 bits have."""


def combined(sign: str, left: Any, right: Any) -> Any:
    """Give what an operator makes of two values; open where one of them is, and it matters.

    Raises:
        RefusedError: Terraform refuses these values.
    """
    if sign in ("&&", "||"):
        return _logical(sign, left, right)
    if sign in ("==", "!="):
        found = equal(left, right)
        return _open(sign, left, right) if found is None else found == (sign == "==")
    if is_open(left) or is_open(right):
        return _open(sign, left, right)
    if sign in ("/", "%") and number(right) == 0:
        return _open(sign, left, right)
    one, other = Decimal(str(number(left))), Decimal(str(number(right)))
    if sign in ("<", "<=", ">", ">="):
        return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign]
    return calculated(sign, one, other)


def calculated(sign: str, one: Decimal, other: Decimal) -> int | float:
    """Give a sum, difference, product, quotient or remainder."""
    try:
        if sign == "+":
            found = _EXACT.add(one, other)
        elif sign == "-":
            found = _EXACT.subtract(one, other)
        elif sign == "*":
            found = _EXACT.multiply(one, other)
        else:
            found = _EXACT.divide(one, other) if sign == "/" else _EXACT.remainder(one, other)
    except DecimalException as fault:
        raise TooMuchError("the number is larger than this reader takes") from fault
    return plain_number(found)


def plain_number(value: Decimal) -> int | float:
    """Give a number as Python has it: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


def equal(left: Any, right: Any) -> bool | None:
    """Tell whether two values are the same; None where that depends on an open one."""
    if is_open(left) or is_open(right):
        return _equal_parts(left, right)
    return bool(same_kind(left) == same_kind(right))


def _equal_parts(left: Any, right: Any) -> bool | None:
    """Two values of which one is open, or holds something that is."""
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return _all(equal(one, other) for one, other in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        return _all(equal(left[key], right[key]) for key in left)
    return None


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return False if False in found else None if None in found else True


def same_kind(value: Any) -> Any:
    """Give a value that equals another one only where Terraform says so: ``true`` is not 1."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, list):
        return tuple(map(same_kind, value))
    if isinstance(value, dict):
        return frozenset((key, same_kind(item)) for key, item in value.items())
    return value


def _logical(sign: str, left: Any, right: Any) -> Any:
    one, other = boolean(left), boolean(right)
    decisive = sign == "||"
    if one is decisive or other is decisive:
        return decisive
    return not decisive if isinstance(one, bool) and isinstance(other, bool) else _open(sign, left, right)


def _open(sign: str, left: Any, right: Any) -> Unknown:
    return Unknown(f"{text_of(left)} {sign} {text_of(right)}")
