"""Terraform's addresses taken apart: ``module.net["a"].data.aws_subnet.private[0]``.

https://developer.hashicorp.com/terraform/cli/state/resource-addressing
"""

from __future__ import annotations

import re
from functools import lru_cache

_KEY = r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]'
_MODULES = re.compile(rf"(?:module\.[\w-]+(?:{_KEY})?\.)*")
_LAST_KEY = re.compile(rf"(?:{_KEY})+$")
_ANY_KEY = re.compile(_KEY)


@lru_cache(maxsize=65536)
def module_of(address: str) -> str:
    """Give the path of the module that an address lies in, with the last dot; ``""`` for the root."""
    found = _MODULES.match(address)
    return found[0] if found else ""


@lru_cache(maxsize=65536)
def within_module(address: str) -> str:
    """Give an address as it is written inside its module."""
    return address[len(module_of(address)) :]


@lru_cache(maxsize=65536)
def type_of(address: str) -> str:
    """Give the type: ``aws_lb``, with ``data.`` in front for a data source, or ``local``, ``var``."""
    parts = within_module(address).split(".")
    return ".".join(parts[: 2 if parts[0] == "data" else 1])


def short_name(address: str) -> str:
    """Give what people call a thing by: its address without the type, module paths in front."""
    inside = within_module(address).removeprefix("data.")
    return module_of(address) + inside.partition(".")[2] if "." in inside else address


@lru_cache(maxsize=65536)
def base_address(address: str) -> str:
    """Give the address of a block without the keys of its instances and without attributes."""
    path, inside = _ANY_KEY.sub("", module_of(address)), within_module(address)
    parts = inside.split("[")[0].split(".")
    return path + ".".join(parts[: 3 if parts[0] == "data" else 2])


def without_keys(address: str) -> str:
    """Give an address, or the path of a module, without the keys of instances."""
    return _ANY_KEY.sub("", address)


def without_last_key(address: str) -> str:
    """Give the address of a block of which this is an instance."""
    return _LAST_KEY.sub("", address)


def is_address(identity: str) -> bool:
    """Tell whether an identity is an address of the document, not an id that is written out."""
    return within_module(identity).startswith(("aws_", "data."))
