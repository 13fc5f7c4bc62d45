"""One block of a Terraform document, with getters that say what the reader wants: a text, a number, a
reference.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.addresses import within_module
from constructs_lib.terraform_json.language import (
    Limits,
    TooMuchError,
    as_text,
    entries,
    evaluate,
    is_more_than_a_reference,
)
from constructs_lib.terraform_json.module_instances import ModuleInstance, Scope
from constructs_lib.terraform_json.values import Identity, Reference, Template, Unknown, escaped, text_of

IDENTIFYING = frozenset(
    {"", "id", "arn", "name", "function_name", "qualified_arn", "invoke_arn", "allocation_id"}
)
"""Attributes that mean the resource itself."""

_WHOLE = re.compile(r"-?[0-9]{1,18}")

CHILDREN = {
    "default_security_group_id": "default_security_group_id",
    "default_route_table_id": "main_route_table_id",
    "main_route_table_id": "main_route_table_id",
    "default_network_acl_id": "default_network_acl_id",
    "prefix_list_id": "prefix_list_id",
}
"""Things that AWS makes together with a resource; they are known by an attribute of it."""


class Root(Protocol):
    """The document that a block stands in, as far as its blocks ask it."""

    blocks: dict[str, Block]
    limits: Limits

    @property
    def kind(self) -> str:
        """Whether it is a ``configuration``, a ``plan`` or a ``state``."""

    def head(self, names: tuple[str, ...], scope: Scope | None = None) -> Any:
        """Give what the first names of a traversal mean."""

    def settle(self, value: Any) -> Any:
        """Replace a reference to an attribute that the document writes out by that value."""

    def resources(self, kind: str) -> list[Block]:
        """Give every instance of a resource type."""


@dataclass(frozen=True, eq=False)
class Block:
    """A resource, a data source or a block nested in one. ``optional``: whether it exists is an open
    value.
    """

    document: Root
    address: str
    kind: str
    body: Mapping[str, Any]
    scope: Scope | None = None
    optional: bool = False
    _known: dict[str, Any] = field(default_factory=dict, repr=False)

    def has(self, name: str) -> bool:
        """Tell whether the document gives the attribute (null counts as not given)."""
        return self.body.get(name) is not None

    def get(self, name: str) -> Any:
        """Give an attribute with its expressions read and its references kept."""
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> Any:
        """
        Raises:
            ConfigError: the attribute takes more than the limits of the language.
        """
        raw = self.body.get(name)
        try:
            return self._value(raw)
        except RecursionError:
            raise too_much(self.address, name, raw, "it leads through too many values") from None
        except TooMuchError as fault:
            raise too_much(self.address, name, raw, fault.rule) from None

    def _value(self, raw: Any) -> Any:
        if isinstance(raw, str):
            if "{" not in raw:
                return raw
            return evaluate(raw, self._head, self.document.settle, self.document.limits)
        if isinstance(raw, list):
            return [self._value(item) for item in raw]
        if isinstance(raw, dict):
            return {self._key(key): self._value(item) for key, item in raw.items() if key != "//"}
        return raw

    def _key(self, key: str) -> str:
        """Keys of maps are templates, too."""
        found = self._value(key) if "${" in key else key
        return found if isinstance(found, str) else text_of(found)

    def _head(self, names: tuple[str, ...]) -> Any:
        return self.document.head(names, self.scope)

    def settled(self, name: str) -> Any:
        """Give an attribute with references followed to what the document writes out; open values as
        ``Unknown``.
        """
        value = self.document.settle(self.get(name))
        return Unknown(text_of(value)) if isinstance(value, Reference | Template) else value

    def _scalar(self, name: str) -> Any:
        """
        Raises:
            ConfigError: there is an object or a list, which Terraform refuses.
        """
        value = self.settled(name)
        if isinstance(value, dict | list | ModuleInstance):
            rule = "a single value belongs here"
            shown = f"{text_of(value)[:60]}"
            where = f"{self.address}.{name}"
            raise ConfigError([Problem(where, shown, rule, "write one text, number or truth value")])
        return Unknown(str(value)) if isinstance(value, float) and not math.isfinite(value) else value

    def text(self, name: str) -> str | Unknown | None:
        """Give a string attribute; None where it is absent."""
        value = self._scalar(name)
        return value if value is None or isinstance(value, str | Unknown) else as_text(value)

    def number(self, name: str) -> int | Unknown | None:
        """Give a number, also one written as a string; None where it is absent."""
        value = self._scalar(name)
        if isinstance(value, str):
            return int(value) if _WHOLE.fullmatch(value) else Unknown(value)
        return int(value) if isinstance(value, int | float) else value

    def flag(self, name: str, default: bool) -> bool | Unknown:
        """Give a boolean, also one written as a string."""
        value = self._scalar(name)
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        return (
            default if value is None else value if isinstance(value, bool | Unknown) else Unknown(str(value))
        )

    def texts(self, name: str) -> tuple[str | Unknown, ...]:
        """Give a list of strings; a list that is open as a whole counts as one unknown string."""
        return tuple(item if isinstance(item, str | Unknown) else _plain(item) for item in self._items(name))

    def _items(self, name: str) -> list[Any]:
        value = self.settled(name)
        items = [] if value is None else value if isinstance(value, list) else [value]
        flat = [part for item in items for part in (item if isinstance(item, list) else [item])]
        return [item for item in flat if item is not None]

    def ref(self, name: str) -> Identity | None:
        """Give which thing an attribute means; None where it is absent."""
        value = self.get(name)
        return None if value is None or value == "" else self.identify(value)

    def refs(self, name: str) -> tuple[Identity, ...]:
        """Give which things a list means; a list that is open as a whole counts as one unknown thing."""
        value = self.get(name)
        if isinstance(value, Reference) and isinstance(found := self.document.settle(value), list):
            value = found
        items = [] if value is None else value if isinstance(value, list) else [value]
        flat = [part for item in items for part in (item if isinstance(item, list) else [item])]
        return tuple(self.identify(item) for item in flat if item is not None)

    def identify(self, value: Any) -> Identity:
        """Give which thing a value means: an address, a child of one, an id written out, or an open value."""
        if self.optional:
            return Unknown(f"{text_of(value)} in {self.address}, whose count is not known here")
        if isinstance(value, Reference):
            return self._identify(value)
        return value if isinstance(value, str | Unknown) else Unknown(text_of(value))

    def _identify(self, reference: Reference) -> Identity:
        """Follow what is written out, through as many resources as it takes."""
        value: Any = reference
        while isinstance(value, Reference):
            block = self.document.blocks.get(value.address)
            is_data = within_module(value.address).startswith("data.")
            if value.attribute in IDENTIFYING and not is_data:
                return value.address
            if block is None or value.attribute not in block.body:
                if value.attribute in CHILDREN and not is_data:
                    return f"{value.address}.{CHILDREN[value.attribute]}"
                return Unknown(value.text)
            if block.optional:
                return block.identify(block.get(value.attribute))
            value = block.get(value.attribute)
        return self.identify(value)

    def blocks(self, name: str) -> tuple[Block, ...]:
        """Give the nested blocks of a name: as objects, by an expression, or by ``dynamic`` blocks, as far as
        what they are made of is known.
        """
        return self._nested(name).known

    def opens_blocks(self, name: str) -> bool:
        """Tell whether some blocks of that name come from a ``dynamic`` block or an expression whose value is
        open.
        """
        return self._nested(name).is_open

    def _nested(self, name: str) -> Nested:
        key = f"blocks of {name}"
        if key not in self._known:
            try:
                self._known[key] = nested_blocks(self, name)
            except TooMuchError as fault:
                raise too_much(self.address, name, self.body.get("dynamic"), fault.rule) from None
        found: Nested = self._known[key]
        return found

    def inside(self, name: str, body: Mapping[str, Any], **names: Any) -> Block:
        """Give a block nested in this one; ``names``: what else its expressions see."""
        scope = self.scope
        if names:
            seen = self.scope.names if self.scope else {}
            scope = Scope({**seen, **names}, self.scope.module if self.scope else None)
        return Block(self.document, self.address, name, body, scope, self.optional)

    def evaluated(self, raw: Any) -> Any:
        """Give what something written in this block means, references to what is written out followed."""
        return self.document.settle(self.inside("", {"expression": raw}).get("expression"))


class Nested(NamedTuple):
    """Blocks nested in one, and whether there may be more."""

    known: tuple[Block, ...]
    is_open: bool


def nested_blocks(block: Block, name: str) -> Nested:
    """Give the blocks of a name inside another."""
    raw = block.body.get(name)
    found: list[Block] = []
    is_open = False
    for item in raw if isinstance(raw, list) else [] if raw is None else [raw]:
        if isinstance(item, Mapping):
            found.append(block.inside(name, item))
            continue
        value = block.evaluated(item)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                found.append(block.inside(name, escaped(one)))
            else:
                is_open = is_open or isinstance(one, Reference | Unknown | Template)
    for written in _dynamic(block, name):
        each = block.evaluated(written.get("for_each"))
        if isinstance(each, list | dict):
            found += _made(block, name, written, each)
        else:
            is_open = True
    return Nested(tuple(found), is_open)


def _dynamic(block: Block, name: str) -> Iterator[Mapping[str, Any]]:
    for written in _mappings(block.body.get("dynamic")):
        yield from _mappings(written.get(name))


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, Mapping))


def _made(
    block: Block, name: str, written: Mapping[str, Any], each: list[Any] | dict[str, Any]
) -> Iterator[Block]:
    given = written.get("iterator")
    iterator = given.strip("${}") if isinstance(given, str) else name
    block.document.limits.instances(len(each))
    for key, value in entries(each):
        for content in _mappings(written.get("content")):
            yield block.inside(name, content, **{f"{iterator}.key": key, f"{iterator}.value": value})


def evaluate_all(block: Block) -> None:
    """Evaluate every argument that is more than a reference, and what comes from ``dynamic`` blocks.

    Raises:
        ConfigError: one takes more than the limits of the language.
    """
    for name, raw in block.body.items():
        if name != "dynamic" and is_more_than_a_reference(raw):
            block.get(name)
    for written in _mappings(block.body.get("dynamic")):
        for name in written:
            for nested in block.blocks(name):
                evaluate_all(nested)


def too_much(address: str, name: str, raw: Any, rule: str) -> ConfigError:
    """Say what takes more than the limits of the language."""
    where, short = f"{address}.{name}" if address else name, repr(raw)[:60]
    return ConfigError([Problem(where, short, rule, "hand over a plan, where Terraform has evaluated it")])


def _plain(item: Any) -> str | Unknown:
    is_plain = isinstance(item, bool | int) or (isinstance(item, float) and math.isfinite(item))
    return as_text(item) if is_plain else Unknown(text_of(item))
