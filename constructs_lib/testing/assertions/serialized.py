"""Reads values that Terraform JSON holds as text: JSON, and literals inside ``${jsonencode(...)}`` (pure)."""

from __future__ import annotations

import json
import re
from typing import Any

from constructs_lib.testing.assertions.expression import joined, pieces_of

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|["\\nrt])')
_CLOSING = {"{": "}", "[": "]", "(": ")"}


class Missing:
    """The value of what is not there."""

    def __repr__(self) -> str:
        return "nothing"


MISSING = Missing()


def parsed_json(text: Any) -> Any:
    """The value that a text stands for, or ``MISSING`` when it holds no JSON.

    Expressions inside ``jsonencode`` come back as Terraform JSON has them: ``${aws_lb.internal.arn}``.
    """
    if not isinstance(text, str):
        return MISSING
    pieces = pieces_of(text)
    try:
        if pieces is not None and pieces[:2] == ["jsonencode", "("]:
            return _Literal(pieces[2:]).whole()
        return json.loads(text)
    except (json.JSONDecodeError, _NoLiteralError):
        return MISSING


class _NoLiteralError(Exception):
    """The argument of jsonencode is computed (``for``, ``==``): only Terraform knows its value."""


class _Literal:
    """HCL's literals: https://developer.hashicorp.com/terraform/language/expressions/types#literal-expressions."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._next = 0

    def whole(self) -> Any:
        """The value in front of the parenthesis that ends the text."""
        value = self._value()
        if self._pieces[self._next :] != [")"]:
            raise _NoLiteralError
        return value

    def _value(self) -> Any:
        if self._peek() == "{":
            return dict(self._items("}", self._pair))
        if self._peek() == "[":
            return list(self._items("]", self._value))
        return _scalar(self._expression())

    def _items(self, end: str, item: Any) -> Any:
        self._take()
        while self._peek() != end:
            yield item()
            if self._peek() == ",":
                self._take()
            elif self._peek() != end:
                raise _NoLiteralError
        self._take()

    def _pair(self) -> tuple[str, Any]:
        key = _scalar([self._take()])
        if self._take() not in ("=", ":") or not isinstance(key, str):
            raise _NoLiteralError
        return key.removeprefix("${").removesuffix("}"), self._value()

    def _expression(self) -> list[str]:
        """The pieces up to the comma or the bracket that ends the value."""
        taken: list[str] = []
        open_brackets: list[str] = []
        while open_brackets or self._peek() not in (",", "]", "}", ")"):
            piece = self._take()
            taken.append(piece)
            if piece in ("for", "=") and not open_brackets:
                raise _NoLiteralError
            if piece in _CLOSING:
                open_brackets.append(_CLOSING[piece])
            elif open_brackets and piece == open_brackets[-1]:
                open_brackets.pop()
        return taken

    def _peek(self) -> str:
        if self._next >= len(self._pieces):
            raise _NoLiteralError
        return self._pieces[self._next]

    def _take(self) -> str:
        piece = self._peek()
        self._next += 1
        return piece


def _scalar(pieces: list[str]) -> Any:
    text = joined(pieces)
    if text in ("true", "false", "null") or _NUMBER.fullmatch(text):
        return json.loads(text)
    if len(pieces) == 1 and text.startswith('"'):
        return _ESCAPE.sub(lambda found: str(json.loads(f'"{found.group()}"')), text[1:-1])
    if not text:
        raise _NoLiteralError
    return "${" + text + "}"
