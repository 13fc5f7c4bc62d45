"""Terraform's values on the wire (msgpack of cty values), with unknown ones, and how they compare."""

from __future__ import annotations

import json
from typing import Any

import msgpack  # type: ignore[import-untyped]


class Unknown:
    """The type of ``UNKNOWN``, a value that Terraform will know only after apply."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()
_UNKNOWN_CODES = (0, 12)
"""0: unknown, 12: unknown with refinements. https://github.com/zclconf/go-cty/blob/main/cty/msgpack"""


def decode(packed: bytes) -> Any:
    """A value from its msgpack form; nothing at all is ``None``."""
    if not packed:
        return None
    return msgpack.unpackb(packed, ext_hook=_extension, strict_map_key=False)


def encode(value: Any) -> bytes:
    """The msgpack form of a value."""
    packed: bytes = msgpack.packb(value, default=_pack_unknown)
    return packed


def same(kind: Any, one: Any, other: Any) -> bool:
    """Whether two values of a type are equal; sets have no order, an unknown equals an unknown."""
    return bool(canonical(kind, one) == canonical(kind, other))


def canonical(kind: Any, value: Any) -> Any:
    """The value with every set sorted, so that equal values are equal in Python."""
    if value is None or value is UNKNOWN or isinstance(kind, str):
        return value
    container, inner = kind
    if container == "object":
        return {name: canonical(inner[name], item) for name, item in value.items() if name in inner}
    if container == "map":
        return {name: canonical(inner, item) for name, item in value.items()}
    items = [canonical(inner, item) for item in value]
    return sorted(items, key=sort_key) if container == "set" else items


def sort_key(value: Any) -> str:
    """A text by which any values can be ordered."""
    return json.dumps(value, sort_keys=True, default=repr)


def is_known(value: Any) -> bool:
    """Whether nothing in the value is unknown."""
    if isinstance(value, dict):
        return all(is_known(item) for item in value.values())
    if isinstance(value, list):
        return all(is_known(item) for item in value)
    return value is not UNKNOWN


def known_part(value: Any) -> Any:
    """The value without what is unknown or null in it."""
    if isinstance(value, dict):
        parts = {name: known_part(item) for name, item in value.items()}
        return {name: item for name, item in parts.items() if item is not None}
    if isinstance(value, list):
        return [part for item in value if (part := known_part(item)) is not None]
    return None if value is UNKNOWN else value


def _extension(code: int, data: bytes) -> Any:
    return UNKNOWN if code in _UNKNOWN_CODES else msgpack.ExtType(code, data)


def _pack_unknown(value: Any) -> Any:
    if value is UNKNOWN:
        return msgpack.ExtType(0, b"\x00")
    raise TypeError(f"no value of Terraform: {value!r}")
