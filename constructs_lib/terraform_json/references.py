"""References to resources that a document does not hold; Terraform refuses them at validate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from constructs_lib.terraform_json.templates import SIMPLE, split

_ADDRESS = re.compile(r"(?<![\w.\"-])((?:data\.)?(?:aws|tls|random|archive|null|time)_\w+\.[A-Za-z_][\w-]*)")


def dangling_references(
    bodies: Mapping[str, Mapping[str, Any]], beside: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Give (address, missing address) pairs; ``depends_on`` counts. ``beside``: local values and outputs."""
    for address, body in (*bodies.items(), *beside.items()):
        for text in strings(body):
            for named in addresses(text):
                if named not in bodies:
                    yield address, named
    for address, body in bodies.items():
        for named in body.get("depends_on") or ():
            if base_address(str(named)) not in bodies and not str(named).startswith("module."):
                yield address, str(named)


def base_address(address: str) -> str:
    """Give the address of a block without the keys of its instances and without attributes."""
    parts = address.split("[")[0].split(".")
    return ".".join(parts[: 3 if parts[0] == "data" else 2])


def strings(value: Any) -> Iterator[str]:
    """Give every text with an expression in a value, comments aside."""
    if isinstance(value, str):
        if "${" in value:
            yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key != "//":
                yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


@lru_cache(maxsize=65536)
def addresses(text: str) -> tuple[str, ...]:
    """Give the addresses of resources and data sources that a text refers to."""
    simple = SIMPLE.fullmatch(text)
    if simple:
        return tuple(_ADDRESS.findall(f"{simple[1]}.{simple[2]}"))
    inside = [part for part, is_expression in split(text) if is_expression]
    return tuple(found for part in inside for found in _ADDRESS.findall(part))
