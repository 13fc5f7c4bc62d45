"""The values of a Terraform document once its expressions are read: plain ones, references, and what stays
open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reference:
    """An attribute of a resource or data source of the document; ``attribute`` is empty for the whole
    object.
    """

    address: str
    attribute: str

    @property
    def text(self) -> str:
        """The canonical spelling."""
        return f"{self.address}.{self.attribute}" if self.attribute else self.address


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that only an apply can know. Two with the same text are the same value."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Template:
    """A string with an open interpolation inside: its parts, in order."""

    parts: tuple[Any, ...]

    @property
    def text(self) -> str:
        """The canonical spelling."""
        return "".join(part if isinstance(part, str) else "${" + text_of(part) + "}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class JsonTemplate(Template):
    """What ``jsonencode`` makes of a value with open parts. ``value``: what is encoded."""

    value: Any = field(compare=False)


def joined(parts: Iterable[Any]) -> str | Template:
    """Give the text of texts and open values: a template where one is open."""
    found: list[Any] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return "".join(found) if all(isinstance(part, str) for part in found) else Template(tuple(found))


Identity = str | Unknown
"""Which thing is meant: a Terraform address, an AWS id written out, or an open value."""


def text_of(value: Any) -> str:
    """Give the value's canonical spelling, in which equal texts mean equal values."""
    if isinstance(value, Reference | Unknown | Template):
        return value.text
    if isinstance(value, list):
        return "[" + ", ".join(text_of(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {text_of(item)}" for key, item in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def same(one: Identity, other: Identity) -> bool | None:
    """Tell whether both mean the same thing; None where that depends on an open value."""
    if one == other:
        return True
    return None if isinstance(one, Unknown) or isinstance(other, Unknown) else False


def escaped(value: Any) -> Any:
    """Give a plain value so that nothing in it is read as an expression."""
    if isinstance(value, str):
        return value.replace("${", "$${").replace("%{", "%%{") if "{" in value else value
    if isinstance(value, list):
        return [escaped(item) for item in value]
    return {key: escaped(item) for key, item in value.items()} if isinstance(value, Mapping) else value
