"""Terraform's binary operators (https://developer.hashicorp.com/terraform/language/expressions/operators)."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

from constructs_lib.terraform_json.values import Reference, Template, Unknown, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEVELS = (("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "/", "%"))
"""The operators by precedence, the loosest first."""

_NUMERIC: Mapping[str, Callable[[Any, Any], Any]] = {
    **{"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    **{"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": math.fmod},
}


def combined(sign: str, left: Any, right: Any) -> Any:
    """Give what an operator makes of two values; open where one of them is, and it matters."""
    if sign in ("&&", "||"):
        return _logical(sign, left, right)
    if any(isinstance(side, Unknown | Reference | Template) for side in (left, right)):
        return _open(sign, left, right)
    if sign in ("==", "!="):
        return (left == right) == (sign == "==")
    if not (_is_number(left) and _is_number(right)) or (sign in "/%" and right == 0):
        return _open(sign, left, right)
    found = _NUMERIC[sign](left, right)
    return int(found) if isinstance(found, float) and found.is_integer() else found


def _logical(sign: str, left: Any, right: Any) -> Any:
    decisive = sign == "||"
    if left is decisive or right is decisive:
        return decisive
    return not decisive if isinstance(left, bool) and isinstance(right, bool) else _open(sign, left, right)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _open(sign: str, left: Any, right: Any) -> Unknown:
    return Unknown(f"{text_of(left)} {sign} {text_of(right)}")
