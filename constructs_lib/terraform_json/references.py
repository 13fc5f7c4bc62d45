"""What refers to what in a document, by addresses without the keys of instances."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from constructs_lib.terraform_json.addresses import base_address, module_of, type_of, without_keys
from constructs_lib.terraform_json.templates import SIMPLE, split
from constructs_lib.terraform_json.values import Reference

_ADDRESS = re.compile(r"(?<![\w.\"-])((?:data\.)?(?:aws|tls|random|archive|null|time)_\w+\.[A-Za-z_][\w-]*)")
_NAMED = re.compile(r"(?<![\w.\"-])((?:local|var)\.[A-Za-z_][\w-]*)")
_OUTPUT = re.compile(r"(?<![\w.\"-])(module\.[A-Za-z_][\w-]*)(?:\[[^\]]*\])*\.([A-Za-z_][\w-]*)")

Content = tuple[Any, str]
"""What is written, and the path of the module where it is written (``module.net.``; ``""`` for the root)."""


class References:
    """The references of one document.

    contents: what is written for every block, local value (``local.x``), input of a module
    (``module.net.var.x``) and output of one (``module.net.output.x``), by its address without keys.
    names: the variables (``var.x``) and module calls (``module.net``) that are declared, by the same address.
    """

    def __init__(self, contents: Mapping[str, list[Content]], names: Collection[str] = ()) -> None:
        self.contents, self.names = contents, names
        self._direct: dict[str, frozenset[str]] = {}

    def direct(self, address: str) -> frozenset[str]:
        """Give what a block refers to, without what it only waits for."""
        if address not in self._direct:
            found = self.contents.get(address, ())
            self._direct[address] = frozenset(m for raw, path in found for m in mentions(raw, path))
        return self._direct[address]

    def waits_for(self, address: str) -> frozenset[str]:
        """Give what a block refers to or depends on."""
        needed = {
            base_address(path + str(named))
            for raw, path in self.contents.get(address, ())
            if isinstance(raw, Mapping)
            for named in _listed(raw.get("depends_on"))
        }
        return self.direct(address) | needed

    def dangling(self) -> Iterator[tuple[str, str]]:
        """Give (address, missing address) for every reference to what the document does not hold.

        Terraform refuses them at validate.
        """
        for address in self.contents:
            for named in self.waits_for(address):
                if named not in self.contents and (missing := self._missing(named)):
                    yield address, missing

    def _missing(self, named: str) -> str:
        """Give what of a name is not declared; empty where all of it is, as far as that was read."""
        if type_of(named) == "output":
            call = module_of(named).removesuffix(".")
            return "" if call in self.names else call
        return "" if named in self.names else named

    def circle(self) -> tuple[str, ...]:
        """Give the addresses of a circle of references, the first again at the end; empty: there is none."""
        return self._walk[0]

    @property
    def in_order(self) -> tuple[str, ...]:
        """The addresses of contents, each after what it refers to; short where that goes in a circle."""
        return self._walk[1]

    @cached_property
    def _walk(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        done: dict[str, None] = {}
        for start in self.contents:
            path: list[str] = []
            waiting = [(start, iter(sorted(self.waits_for(start))))] if start not in done else []
            path = [start] if waiting else []
            while waiting:
                address, others = waiting[-1]
                other = next(others, None)
                if other is None:
                    done[address] = None
                    waiting.pop()
                    path.pop()
                elif other in path:
                    return (*path[path.index(other) :], other), tuple(done)
                elif other in self.contents and other not in done:
                    waiting.append((other, iter(sorted(self.waits_for(other)))))
                    path.append(other)
        return (), tuple(done)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def mentions(value: Any, path: str, ignored: Collection[str] = ()) -> Iterator[str]:
    """Give the addresses without keys that a value refers to, from inside a module's path.

    ignored: arguments at any depth that do not count.
    """
    if isinstance(value, str):
        if "${" in value:
            yield from (path + found for found in named_in(value)) if path else named_in(value)
    elif isinstance(value, Reference):
        yield base_address(value.address)
    elif isinstance(value, Mapping | list):
        keys = value if isinstance(value, Mapping) else range(len(value))
        for key in keys:
            if key != "//" and key not in ignored:
                yield from mentions(value[key], path, ignored)


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
def named_in(text: str) -> tuple[str, ...]:
    """Give what a text refers to: resources, data sources, local values, variables, outputs of modules."""
    simple = SIMPLE.fullmatch(text)
    if simple and simple[1] not in ("local", "var", "module"):
        return tuple(_ADDRESS.findall(f"{simple[1]}.{simple[2]}"))
    inside = [part for part, is_expression in split(text) if is_expression]
    return tuple(
        found
        for part in inside
        for found in (
            *_ADDRESS.findall(part),
            *_NAMED.findall(part),
            *(f"{call}.output.{output}" for call, output in _OUTPUT.findall(part)),
        )
    )


def path_of(prefix: str) -> str:
    """Give the path of a module's instance without keys, as ``References`` has it."""
    return without_keys(module_of(prefix))
