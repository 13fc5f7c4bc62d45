"""https://developer.hashicorp.com/terraform/language/functions#collection-functions"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from constructs_lib.terraform_json.language.conversion import (
    OPEN,
    RefusedAsTooMuchError,
    RefusedError,
    TerraformSet,
    boolean,
    is_open,
    items,
    number,
    table,
    text,
    unified,
    whole,
)
from constructs_lib.terraform_json.language.functions._calling import Function, partly, plain
from constructs_lib.terraform_json.language.operators import calculated, equal
from constructs_lib.terraform_json.values import Reference, Unknown

_LONGEST_RANGE = 1024
"""Terraform refuses a longer one."""


def _of_lists(function: Callable[..., Any]) -> Function:
    """Call where the lists and maps themselves are known; what is in them may be open."""

    def call(*arguments: Any) -> Any:
        return NotImplemented if any(isinstance(one, OPEN) for one in arguments) else function(*arguments)

    return partly(call)


def _concat(*lists: Any) -> Any:
    """A list that is open as a whole stays one open item, so that its name is kept."""
    return [item for one in lists for item in ([one] if isinstance(one, OPEN) else items(one))]


def _flatten(value: Any) -> Any:
    found: list[Any] = []
    for item in items(value):
        found += _flatten(item) if isinstance(item, list) else [item]
    return found


def _element(found: Any, index: Any) -> Any:
    if isinstance(found, Reference) and index in (0, 1):
        return Reference(found.address, f"{found.attribute}[{index}]")
    if isinstance(found, OPEN) or is_open(index):
        return NotImplemented
    if not items(found):
        raise RefusedError("element needs an item")
    return found[whole(index) % len(found)]


def _lookup(found: Any, key: Any, *default: Any) -> Any:
    if text(key) in table(found):
        return found[text(key)]
    if not default:
        raise RefusedError(f"there is no {key}")
    return default[0]


def _merge(*tables: Any) -> Any:
    return {key: value for one in tables if one is not None for key, value in table(one).items()}


def _one(value: Any) -> Any:
    if value is None or len(items(value)) > 1:
        raise RefusedError("one takes a list of one item, or none")
    return value[0] if value else None


def _compact(value: Any) -> Any:
    return [item for item in items(value) if item is not None and item != ""]


def _distinct(value: Any) -> Any:
    found: list[Any] = []
    for item in unified(items(value)):
        if not any(equal(item, other) or item == other for other in found):
            found.append(item)
    return found


def _first(arguments: list[Any]) -> Any:
    """The first that is neither null nor an empty text; an unknown value could be either."""
    if any(isinstance(item, list | dict) for item in arguments):
        kept = [item for item in arguments if item is not None]
    else:
        kept = unified([item for item in arguments if item is not None and item != ""])
    if not kept:
        raise RefusedError("coalesce finds nothing")
    return NotImplemented if isinstance(kept[0], Unknown) else kept[0]


def _first_list(*lists: Any) -> Any:
    for one in lists:
        if isinstance(one, OPEN):
            return NotImplemented
        if one:
            return items(one)
    raise RefusedError("coalescelist finds nothing")


def _contains(found: Any, wanted: Any) -> Any:
    answers = [equal(item, wanted) for item in items(found)]
    return True if True in answers else NotImplemented if None in answers else False


def _index(found: Any, wanted: Any) -> Any:
    for place, item in enumerate(items(found)):
        answer = equal(item, wanted)
        if answer is None:
            return NotImplemented
        if answer:
            return place
    raise RefusedError("the item is not in the list")


def _length(value: Any) -> Any:
    if isinstance(value, TerraformSet) and is_open(value) and len(value) > 1:
        return NotImplemented if any(isinstance(item, Unknown) for item in value) else len(value)
    if isinstance(value, str | list | dict):
        return len(value)
    raise RefusedError("only texts, lists and maps have a length")


def _range(*limits: Any) -> Any:
    first, last = (limits[0], limits[1]) if len(limits) > 1 else (0, limits[0])
    downwards = number(first) > number(last)
    step = number(limits[2]) if len(limits) > 2 else -1 if downwards else 1
    if step == 0 or len(limits) > 3 or (len(limits) > 2 and (step < 0) != downwards and first != last):
        raise RefusedError("a range needs a step towards its end")
    if all(isinstance(number(one), int) for one in (first, last, step)):
        whole_numbers = range(whole(first), whole(last), whole(step))
        _range_fits(len(whole_numbers))
        return list(whole_numbers)
    found: list[int | float] = []
    at = number(first)
    while at > number(last) if downwards else at < number(last):
        _range_fits(len(found) + 1)
        found.append(at)
        at = calculated("+", _decimal(at), _decimal(step))
    return found


def _range_fits(length: int) -> None:
    if length > _LONGEST_RANGE:
        raise RefusedAsTooMuchError(f"Terraform's range gives at most {_LONGEST_RANGE:,} numbers")


def _decimal(value: int | float) -> Any:
    from decimal import Decimal

    return Decimal(str(value))


def _slice(found: Any, start: Any, end: Any) -> Any:
    if isinstance(found, Reference) and not is_open([start, end]):
        places = range(whole(start), whole(end))
        _range_fits(len(places))
        return [Reference(found.address, f"{found.attribute}[{place}]") for place in places]
    if isinstance(found, OPEN) or is_open([start, end]):
        return NotImplemented
    if not 0 <= whole(start) <= whole(end) <= len(items(found)):
        raise RefusedError("a slice lies within its list")
    return found[whole(start) : whole(end)]


def _chunks(found: Any, size: Any) -> Any:
    if whole(size) < 0:
        raise RefusedError("a chunk has a size")
    step = whole(size) or max(len(items(found)), 1)
    return [found[at : at + step] for at in range(0, len(items(found)), step)]


def _zipmap(keys: Any, values: Any) -> Any:
    if any(isinstance(key, OPEN) for key in items(keys)):
        return NotImplemented
    return dict(zip(map(text, keys), items(values), strict=True))


def _transpose(value: Any) -> Any:
    found: dict[str, list[str]] = {}
    for key, own in table(value).items():
        for item in items(own):
            found.setdefault(text(item), []).append(key)
    return {key: sorted(found[key]) for key in sorted(found)}


def _matching(values: Any, keys: Any, wanted: Any) -> Any:
    if is_open([keys, wanted]):
        return NotImplemented
    compared = unified([*items(keys), *items(wanted)])
    own, asked = compared[: len(keys)], compared[len(keys) :]
    pairs = zip(items(values), own, strict=True)
    return [value for value, key in pairs if any(equal(key, one) for one in asked)]


def _truth(decisive: bool) -> Callable[[Any], Any]:
    def ask(found: Any) -> Any:
        answers = [boolean(item) for item in items(found) if item is not None or not decisive]
        if decisive in answers:
            return decisive
        return NotImplemented if is_open(answers) else not decisive

    return ask


def _values(value: Any) -> Any:
    return [value[key] for key in sorted(table(value), key=str)]


def _reversed(value: Any) -> Any:
    return items(value)[::-1]


def _sorted(value: Any) -> Any:
    return sorted(text(item) for item in items(value))


FUNCTIONS: dict[str, Function] = {
    "alltrue": _of_lists(_truth(False)),
    "anytrue": _of_lists(_truth(True)),
    "chunklist": _of_lists(_chunks),
    "coalesce": _first,
    "coalescelist": partly(_first_list),
    "compact": _of_lists(_compact),
    "concat": partly(_concat),
    "contains": partly(
        lambda found, one: NotImplemented if isinstance(found, OPEN) else _contains(found, one)
    ),
    "distinct": _of_lists(_distinct),
    "element": partly(_element),
    "flatten": _of_lists(_flatten),
    "index": _of_lists(_index),
    "keys": _of_lists(lambda value: sorted(table(value), key=str)),
    "length": _of_lists(_length),
    "lookup": partly(
        lambda found, key, *rest: (
            NotImplemented if isinstance(found, OPEN) or isinstance(key, OPEN) else _lookup(found, key, *rest)
        )
    ),
    "matchkeys": _of_lists(_matching),
    "merge": _of_lists(_merge),
    "one": _of_lists(_one),
    "range": plain(_range),
    "reverse": _of_lists(_reversed),
    "slice": partly(_slice),
    "sort": plain(_sorted),
    "transpose": plain(_transpose),
    "values": _of_lists(_values),
    "zipmap": _of_lists(_zipmap),
}
