"""A live thing, what it says of others, and a change that Terraform asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.figures.changes.in_use import VERSION

State = Mapping[str, Any]
Key = tuple[str, ...]
_TELLING_APART = ("region", "id", "function_name", "qualifier")
"""A permission's id is its statement's, which two functions may share."""
_NAMES = ("function_name", "bucket", "name")


@dataclass(frozen=True)
class LiveObject:
    """One thing in the account, with the attributes that Terraform's state has of it."""

    type_name: str
    account: str
    values: State

    @property
    def key(self) -> Key:
        """What tells it from every other thing."""
        return (self.type_name, self.account, *(str(self.values.get(name) or "") for name in _TELLING_APART))

    @property
    def identity(self) -> str:
        """Its id, which for many types is its name or ARN."""
        return str(self.values.get("id") or "")

    @property
    def region(self) -> str:
        """The region that it is in."""
        return str(self.values.get("region") or "")

    def at(self, *paths: str) -> set[str]:
        """The texts at those dotted paths; lists on the way are gone through."""
        return {text for path in paths for text in texts_at(self.values, path)}

    @property
    def name(self) -> str:
        """What it is called, by its name or its tag ``Name``; empty where only its id is known."""
        named = [self.values.get(key) for key in _NAMES]
        texts = [*named, (self.values.get("tags") or {}).get("Name")]
        return next((text for text in texts if isinstance(text, str) and text), "")

    def __str__(self) -> str:
        """Its type, name and id: what a message calls it where no address is known."""
        if self.type_name == VERSION:
            return f"version {self.values['version']} of aws_lambda_function {self.name}"
        if self.name in ("", self.identity):
            return f"{self.type_name} {self.identity}"
        return f"{self.type_name} {self.name} ({self.identity})"


@dataclass(frozen=True)
class Change:
    """A change that Terraform asks for; without ``before`` a creation, without ``after`` a deletion."""

    before: LiveObject | None
    after: LiveObject | None

    @property
    def thing(self) -> LiveObject:
        """What it will be, or for a deletion what it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing into nothing")
        return found

    @property
    def operation(self) -> str:
        """One of create, update, delete."""
        if self.before is None:
            return "create"
        return "delete" if self.after is None else "update"


def texts_at(value: Any, path: str) -> Iterator[str]:
    """The texts at a dotted path below a value; an empty path means the value itself."""
    if isinstance(value, (list, tuple, set)):
        for item in value:
            yield from texts_at(item, path)
    elif not path:
        if isinstance(value, str) and value:
            yield value
    elif isinstance(value, Mapping):
        name, _, rest = path.partition(".")
        yield from texts_at(value.get(name), rest)


def all_texts(value: Any) -> Iterator[str]:
    """Every text and number in a value, as text."""
    if isinstance(value, (str, int, float)):
        yield str(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from all_texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from all_texts(item)


def version_of(function: LiveObject) -> LiveObject | None:
    """The published version that a function's state speaks of, with the network that the function has."""
    number = str(function.values.get("version") or "")
    if not number.isdigit():
        return None
    kept = {name: function.values.get(name) for name in ("region", "function_name", "vpc_config")}
    identity = f"{function.values.get('arn')}:{number}"
    return LiveObject(VERSION, function.account, {"id": identity, "version": number, **kept})
