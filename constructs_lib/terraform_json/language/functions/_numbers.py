"""https://developer.hashicorp.com/terraform/language/functions#numeric-functions"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from constructs_lib.terraform_json.language.conversion import RefusedError, items, number, text, whole
from constructs_lib.terraform_json.language.functions._calling import Function, plain
from constructs_lib.terraform_json.language.operators import calculated, plain_number


def _exact(value: Any) -> Decimal:
    return Decimal(str(number(value)))


def _rounded(way: str) -> Any:
    return lambda value: int(_exact(value).to_integral_value(way))


def _float(value: float) -> int | float:
    if math.isinf(value) or math.isnan(value):
        raise RefusedError("the result is no number")
    return int(value) if value.is_integer() else value


def _pow(base: Any, power: Any) -> int | float:
    return _float(float(number(base)) ** float(number(power)))


def _sum(found: Any) -> int | float:
    numbers = [_exact(one) for one in items(found)]
    if not numbers:
        raise RefusedError("sum needs a number")
    total: int | float = 0
    for one in numbers:
        total = calculated("+", Decimal(str(total)), one)
    return total


def _parseint(digits: Any, base: Any) -> int:
    written = text(digits)
    if len(written) > 400 or "_" in written or written.strip() != written:
        raise RefusedError(f"{written!r} is no number")
    return int(written, whole(base))


def _extreme(choose: Any) -> Any:
    def find(*numbers: Any) -> int | float:
        return plain_number(choose(_exact(one) for one in numbers))

    return find


FUNCTIONS: dict[str, Function] = {
    "abs": plain(lambda value: abs(number(value))),
    "ceil": plain(_rounded(ROUND_CEILING)),
    "floor": plain(_rounded(ROUND_FLOOR)),
    "log": plain(lambda value, base: _float(math.log(number(value)) / math.log(number(base)))),
    "max": plain(_extreme(max)),
    "min": plain(_extreme(min)),
    "parseint": plain(_parseint),
    "pow": plain(_pow),
    "signum": plain(lambda value: (number(value) > 0) - (number(value) < 0)),
    "sum": plain(_sum),
}
