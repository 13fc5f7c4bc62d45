"""The parts of an expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a truth value, null, or a text without interpolations."""

    value: Any


@dataclass(frozen=True, slots=True)
class Text:
    """A template of several parts; a single interpolation is its own node."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The first name of a traversal."""

    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A step ``.name`` or ``.0``."""

    name: str | int


@dataclass(frozen=True, slots=True)
class Index:
    """A step ``[key]``."""

    key: Node


@dataclass(frozen=True, slots=True)
class Splat:
    """The steps ``[*]`` or ``.*`` and those after it that are taken of every item."""

    steps: tuple[Step, ...]


Step = Attribute | Index | Splat


@dataclass(frozen=True, slots=True)
class Traversal:
    """A value and the steps into it."""

    base: Node
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function. ``expands``: the last argument is a list of arguments, written with ``...``."""

    name: str
    arguments: tuple[Node, ...]
    expands: bool


@dataclass(frozen=True, slots=True)
class Unary:
    """``-`` or ``!``."""

    sign: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one precedence, from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """``test ? yes : no``; several, where the last part is a condition again."""

    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """An object."""

    pairs: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class For:
    """A ``for`` expression. ``key``: of an object; ``groups``: its values are lists of all that share a key.

    text: how it is written.
    """

    names: tuple[str, ...]
    collection: Node
    key: Node | None
    value: Node
    test: Node | None
    groups: bool
    text: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that this reader does not know, as it is written."""

    text: str


Node = Literal | Text | Name | Traversal | Call | Unary | Chain | Condition | Items | Pairs | For | Unreadable
