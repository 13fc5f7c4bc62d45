"""JSON as two readers cannot read it differently: no key twice, no number that is none, no endless depth.

RFC 8259, section 4: names within an object should be unique, or its meaning is unpredictable
(https://www.rfc-editor.org/rfc/rfc8259#section-4).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from constructs_lib.errors import ConfigError, Problem

DEEPEST = 100
"""How deep objects and lists may nest; what AWS's deepest resource needs is about 20."""

WAY_OUT = "name a cdk.tf.json, or a folder with *.tf.json files"


def parse(text: str, name: str) -> Any:
    """Parse one JSON text; ``name`` is what the messages call it.

    Raises:
        ConfigError: it is no JSON, nests deeper than 100, or has a key twice in one object.
    """
    repeated: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.append("")
        return found

    try:
        value = json.loads(text, object_pairs_hook=collect, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ConfigError([_too_deep(name)]) from None
    except ValueError as fault:
        problem = Problem(name, _start(text), f"is not JSON: {fault}", WAY_OUT)
        raise ConfigError([problem]) from None
    if _is_deeper(value, DEEPEST):
        raise ConfigError([_too_deep(name)])
    if repeated:
        raise ConfigError(_repetitions(text, name))
    return value


def _finite(digits: str) -> float:
    found = float(digits)
    return found if math.isfinite(found) else _refuse(digits)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON")


def _start(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


def _too_deep(name: str) -> Problem:
    rule = f"objects and lists may nest {DEEPEST} deep here"
    return Problem(name, "JSON that nests deeper", rule, "put what is nested into resources of its own")


def _is_deeper(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = [item for one in level for item in _items(one)]
        if not level:
            return False
    return True


def _items(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


class _Pairs(list[tuple[str, Any]]):
    """An object with every key that was written, in order."""


def _repetitions(text: str, name: str) -> Iterator[Problem]:
    """Read again, now with every pair kept, to say where the repeated keys stand."""
    for path in dict.fromkeys(_repeated_paths(json.loads(text, object_pairs_hook=_Pairs), "")):
        rule = "this key stands twice in one object, which two readers read differently"
        yield Problem(f"{name}: {path}", path.rpartition(".")[2], rule, "rename or remove one of the two")


def _repeated_paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, item in value:
            here = f"{path}.{key}" if path else key
            if key in seen:
                yield here
            seen.add(key)
            yield from _repeated_paths(item, here)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _repeated_paths(item, f"{path}[{index}]")
