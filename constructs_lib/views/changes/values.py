"""Arguments of two documents in a form in which equal ones are equal.

A configuration refers to what a state or a plan knows by its id, so a reference is followed in its own
document and then in the other one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.terraform_json import Document, Reference, Template, Unknown

_DEPTH = 8
FREE_KEYS = ("tags", "variables")
"""Maps whose keys are the user's: one that is not written is not there."""


@dataclass(frozen=True)
class Reader:
    """Reads the values of ``own``; ``other`` tells what its references are where it knows more."""

    own: Document
    other: Document

    def plain(self, value: Any, depth: int = 0) -> Any:
        """Give texts, lists and mappings alone: what stays open is spelled as in Terraform."""
        if isinstance(value, Reference):
            return self._followed(value, depth)
        if isinstance(value, Template):
            return _parsed("".join(_spelled(self.plain(part, depth)) for part in value.parts))
        if isinstance(value, Unknown):
            return f"${{{value.text}}}"
        if isinstance(value, Mapping):
            items = ((key, self.plain(item, depth)) for key, item in value.items() if key != "//")
            return {key: item for key, item in items if not _is_empty(item)}
        if isinstance(value, list | tuple):
            return [self.plain(item, depth) for item in value]
        return _parsed(value) if isinstance(value, str) else _scalar(value)

    def _followed(self, reference: Reference, depth: int) -> Any:
        for document in (self.own, self.other):
            block = document.blocks.get(reference.address)
            is_known = block is not None and reference.attribute in block.body
            if (
                block
                and is_known
                and depth < _DEPTH
                and (document is self.own or document.kind != "configuration")
            ):
                return Reader(document, self.other if document is self.own else self.own).plain(
                    block.get(reference.attribute), depth + 1
                )
        return f"${{{reference.text}}}"


def agree(written: Any, actual: Any, *, partly: bool) -> bool:
    """Whether two plain values are equal. partly: whether ``actual`` may hold more than is written."""
    written, actual = _unwrapped(written, actual), _unwrapped(actual, written)
    if _is_empty(written) and _is_empty(actual):
        return True
    if isinstance(written, dict) and isinstance(actual, dict):
        keys = written.keys() if partly else written.keys() | actual.keys()
        return all(
            agree(written.get(key), actual.get(key), partly=partly and key not in FREE_KEYS) for key in keys
        )
    if isinstance(written, list) and isinstance(actual, list):
        return len(written) == len(actual) and _paired(written, actual, partly=partly)
    return bool(written == actual)


def _paired(written: list[Any], actual: list[Any], *, partly: bool) -> bool:
    """Whether each item has a partner, whatever the order: most lists are sets."""
    left = list(actual)
    for item in written:
        partner = next((i for i, other in enumerate(left) if agree(item, other, partly=partly)), None)
        if partner is None:
            return False
        del left[partner]
    return True


def references_in(value: Any) -> Iterator[Reference]:
    """Give every reference in a value."""
    if isinstance(value, Reference):
        yield value
    items: Any = value.parts if isinstance(value, Template) else value
    if isinstance(items, Mapping):
        items = [*items.values()]
    for item in items if isinstance(items, list | tuple) else ():
        yield from references_in(item)


def _unwrapped(value: Any, other: Any) -> Any:
    """A block is an object as it is written, and a list of one in a state."""
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(other, dict) else value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _scalar(value: Any) -> Any:
    if value is None:
        return None
    return (
        str(value).lower()
        if isinstance(value, bool)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _parsed(text: str) -> Any:
    """The contents of a text that is JSON, as policies are; else the text."""
    if text[:1] not in ("{", "[") or text.startswith("${"):
        return text
    try:
        return _plain_json(json.loads(text))
    except ValueError:
        return text


def _plain_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain_json(item) for key, item in value.items()}
    return [_plain_json(item) for item in value] if isinstance(value, list) else _scalar(value)
