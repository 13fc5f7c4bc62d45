"""Conversions of types, and what sets can do.

https://developer.hashicorp.com/terraform/language/functions#type-conversion-functions
"""

from __future__ import annotations

import itertools
import math
from typing import Any

from constructs_lib.terraform_json.language.conversion import (
    OPEN,
    RefusedError,
    TerraformSet,
    as_set,
    boolean,
    is_open,
    items,
    number,
    table,
    text,
    unified,
)
from constructs_lib.terraform_json.language.functions._calling import Function, partly, plain
from constructs_lib.terraform_json.language.limits import items_fit


def _toset(value: Any) -> Any:
    if isinstance(value, OPEN):
        return NotImplemented
    found = items(value)
    if any(isinstance(item, OPEN) for item in found):
        return TerraformSet(found)
    return as_set(found)


def _tolist(value: Any) -> Any:
    return NotImplemented if isinstance(value, OPEN) else unified(list(items(value)))


def _tomap(value: Any) -> Any:
    if isinstance(value, OPEN):
        return NotImplemented
    found = table(value)
    return dict(zip(found, unified([*found.values()]), strict=True))


def _nullable(convert: Any) -> Function:
    return plain(lambda value: None if value is None else convert(value))


def _union(*sets: Any) -> Any:
    return as_set([item for one in sets for item in items(one)])


def _intersection(first: Any, *others: Any) -> Any:
    found = as_set(items(first))
    for other in others:
        kept = as_set(items(other))
        found = as_set([item for item in found if item in kept])
    return found


def _subtract(one: Any, other: Any) -> Any:
    gone = as_set(items(other))
    return as_set([item for item in as_set(items(one)) if item not in gone])


def _product(*lists: Any) -> Any:
    if len(lists) < 2:
        raise RefusedError("setproduct needs two lists")
    items_fit(math.prod(len(items(one)) for one in lists) * (len(lists) + 1))
    found = [list(one) for one in itertools.product(*map(items, lists))]
    return TerraformSet(found) if all(isinstance(one, TerraformSet) for one in lists) else found


def _same(value: Any) -> Any:
    return value


FUNCTIONS: dict[str, Function] = {
    "issensitive": lambda _: NotImplemented,
    "nonsensitive": partly(_same),
    "sensitive": partly(_same),
    "setintersection": plain(_intersection),
    "setproduct": partly(lambda *a: NotImplemented if any(isinstance(x, OPEN) for x in a) else _product(*a)),
    "setsubtract": plain(_subtract),
    "setunion": partly(
        lambda *a: _union(*a) if not is_open(list(a)) else _toset([i for x in a for i in items(x)])
    ),
    "tobool": _nullable(boolean),
    "tolist": partly(_tolist),
    "tomap": partly(_tomap),
    "tonumber": _nullable(number),
    "toset": partly(_toset),
    "tostring": _nullable(text),
}
