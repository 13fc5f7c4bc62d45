"""Terraform functions that the proof can compute.

https://developer.hashicorp.com/terraform/language/functions
Each takes its arguments as a list and gives None where the result depends on an open value.
"""

from __future__ import annotations

import ipaddress
import itertools
import json
import re
from collections.abc import Callable
from typing import Any

from constructs_lib.terraform_json.values import Reference, Template, Unknown

Function = Callable[[list[Any]], Any]
_OPEN = (Unknown, Reference, Template)


def _settled(function: Callable[..., Any]) -> Function:
    """Call with plain arguments only; wrong ones leave the result open, as Terraform would refuse them."""

    def call(arguments: list[Any]) -> Any:
        if any(_is_open(argument) for argument in arguments):
            return None
        try:
            return function(*arguments)
        except (ArithmeticError, IndexError, LookupError, TypeError, ValueError, AttributeError):
            return None

    return call


def _is_open(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_is_open, value))
    return isinstance(value, _OPEN) or (isinstance(value, dict) and any(map(_is_open, value.values())))


def _as_list(arguments: list[Any]) -> Any:
    return list(arguments[0].values()) if isinstance(arguments[0], dict) else _list(arguments[0])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _concat(arguments: list[Any]) -> Any:
    return [item for argument in arguments for item in _list(argument)]


def _flatten(arguments: list[Any]) -> Any:
    return list(
        itertools.chain.from_iterable(
            _flatten([v]) if isinstance(v, list) else [v] for v in _list(arguments[0])
        )
    )


def _element(arguments: list[Any]) -> Any:
    items, index = arguments
    return items[index % len(items)] if isinstance(items, list) and items and isinstance(index, int) else None


def _lookup(arguments: list[Any]) -> Any:
    table, key, *default = arguments
    if not isinstance(table, dict) or not isinstance(key, str):
        return None
    return table.get(key, *default)


def _merge(arguments: list[Any]) -> Any:
    if not all(isinstance(argument, dict) for argument in arguments):
        return None
    return {key: value for argument in arguments for key, value in argument.items()}


def _one(arguments: list[Any]) -> Any:
    return arguments[0][0] if isinstance(arguments[0], list) and len(arguments[0]) == 1 else None


def _distinct(arguments: list[Any]) -> Any:
    items: list[Any] = []
    for item in _list(arguments[0]):
        if item not in items:
            items.append(item)
    return items


def _first_settled(arguments: list[Any]) -> Any:
    """The first that is neither null nor empty; an open value could be either."""
    first = next((item for item in arguments if item is not None and item != ""), None)
    return None if isinstance(first, Unknown) else first


def _cidrsubnet(prefix: str, newbits: int, number: int) -> str:
    network = ipaddress.ip_network(prefix)
    longer = network.prefixlen + newbits
    start = int(network.network_address) + number * 2 ** (network.max_prefixlen - longer)
    return str(ipaddress.ip_network((start, longer)))


def _jsonencode(arguments: list[Any]) -> Any:
    """What is open inside stays open inside the text."""
    found: list[Any] = []
    if len(arguments) != 1 or isinstance(arguments[0], _OPEN):
        return None
    try:
        text = json.dumps(_marked(arguments[0], found), ensure_ascii=False)
    except (TypeError, ValueError):
        return None
    if not found:
        return json.dumps(arguments[0])
    parts = re.split("\ue000(\\d+)\ue001", text)
    return Template(tuple(found[int(part)] if number % 2 else part for number, part in enumerate(parts)))


def _marked(value: Any, found: list[Any]) -> Any:
    """The value with a mark for each part of it that is open."""
    if isinstance(value, dict):
        return {key: _marked(item, found) for key, item in value.items()}
    if isinstance(value, list):
        return [_marked(item, found) for item in value]
    if isinstance(value, Template):
        return "".join(part if isinstance(part, str) else _marked(part, found) for part in value.parts)
    if isinstance(value, _OPEN):
        found.append(value)
        return f"\ue000{len(found) - 1}\ue001"
    return value


FUNCTIONS: dict[str, Function] = {
    "toset": _as_list,
    "tolist": _as_list,
    "values": _as_list,
    "keys": _settled(lambda table: sorted(table.keys())),
    "concat": _concat,
    "flatten": _flatten,
    "compact": lambda arguments: [item for item in _list(arguments[0]) if item not in (None, "")],
    "distinct": _distinct,
    "element": _element,
    "lookup": _lookup,
    "merge": _merge,
    "one": _one,
    "coalesce": _first_settled,
    "try": _first_settled,
    "sort": _settled(sorted),
    "length": _settled(len),
    "tostring": _settled(lambda value: str(value).lower() if isinstance(value, bool) else str(value)),
    "tonumber": _settled(int),
    "tobool": _settled(lambda value: {"true": True, "false": False}[str(value).lower()]),
    "join": _settled(lambda separator, items: separator.join(map(str, items))),
    "split": _settled(lambda separator, text: text.split(separator)),
    "format": _settled(lambda pattern, *values: pattern % values),
    "lower": _settled(str.lower),
    "upper": _settled(str.upper),
    "replace": _settled(
        lambda text, old, new: None if old.startswith("/") and old.endswith("/") else text.replace(old, new)
    ),
    "trimprefix": _settled(str.removeprefix),
    "trimsuffix": _settled(str.removesuffix),
    "range": _settled(lambda *limits: list(range(*limits))),
    "jsonencode": _jsonencode,
    "jsondecode": _settled(json.loads),
    "cidrsubnet": _settled(_cidrsubnet),
    "cidrhost": _settled(lambda prefix, number: str(ipaddress.ip_network(prefix)[number])),
    "sensitive": lambda arguments: arguments[0],
    "nonsensitive": lambda arguments: arguments[0],
}
