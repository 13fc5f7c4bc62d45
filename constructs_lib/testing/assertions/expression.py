"""Terraform's template language, as far as two spellings of one reference have to be seen as equal.

``${aws_subnet.a["id"]}``, ``${ aws_subnet.a.id }`` and ``${aws_subnet.a.id}`` mean the same thing:
https://developer.hashicorp.com/terraform/language/expressions/references
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENING = ("${", "%{")
_TEXT_PIECE = re.compile(r"\$\$\{|%%\{|\$\{|%\{|[^$%]+|.", re.DOTALL)
_QUOTED_PIECE = re.compile(r"\$\$\{|%%\{|\$\{|%\{|\\.|[^$%\\\"]+|.", re.DOTALL)
_EXPRESSION_PIECE = re.compile(r"\s+|[\w-]+|.", re.DOTALL)
_NAME_LITERAL = re.compile(r'"[A-Za-z_][\w-]*"')
_STEPS = r"(?:\.[\w*-]+|\[[^\]]*\])*"


@lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """The one spelling that stands for every spelling of ``text``; for comparing, not for showing."""
    if not any(opening in text for opening in _OPENING):
        return text
    try:
        return _template(text, 0, quoted=False)[0]
    except _UnbalancedError:
        return text


def refers_to(text: str, address: str) -> bool:
    """Whether ``text`` is a reference to the resource at ``address`` or to anything in it."""
    inside = canonical("${" + address + "}")[2:-1]
    return re.fullmatch(r"\$\{" + re.escape(inside) + _STEPS + r"\}", canonical(text)) is not None


class _UnbalancedError(Exception):
    """An interpolation or a quotation that is never closed."""


def pieces_of(text: str) -> list[str] | None:
    """The lexical pieces of the expression that is the whole of ``text``; a quoted string is one of them.

    None when ``text`` is not one interpolation.
    """
    if not text.startswith("${"):
        return None
    try:
        pieces, end = _pieces(text, 2)
    except _UnbalancedError:
        return None
    return _without_idle_blanks(pieces) if end == len(text) else None


def joined(pieces: Sequence[str]) -> str:
    """The pieces with one way to write a step into a value, and no blank that separates nothing."""
    done: list[str] = []
    for piece in _without_idle_blanks(pieces):
        done.append(piece)
        if piece == "]" and done[-3:-2] == ["["] and _is_step(done):
            done[-3:] = [".", done[-2][1:-1]]
        elif piece.isdigit() and done[-2:-1] == ["."] and not _is_number(done[-3:-2]):
            done[-2:] = ["[", piece, "]"]
    return "".join(done)


def _template(text: str, position: int, *, quoted: bool) -> tuple[str, int]:
    """The text up to its end, or up to its closing quotation mark; with the position behind it."""
    pieces: list[str] = []
    pattern = _QUOTED_PIECE if quoted else _TEXT_PIECE
    while found := pattern.match(text, position):
        piece, position = found.group(), found.end()
        if quoted and piece == '"':
            return "".join(pieces), position
        if piece in _OPENING:
            inside, position = _expression(text, position)
            piece += inside + "}"
        pieces.append(piece)
    return "".join(pieces), position


def _expression(text: str, position: int) -> tuple[str, int]:
    pieces, position = _pieces(text, position)
    return joined(pieces), position


def _pieces(text: str, position: int) -> tuple[list[str], int]:
    """The pieces up to the brace that closes the interpolation; with the position behind that."""
    pieces: list[str] = []
    depth = 0
    while found := _EXPRESSION_PIECE.match(text, position):
        piece, position = found.group(), found.end()
        if piece == "}" and depth == 0:
            return pieces, position
        if piece == '"':
            inside, position = _template(text, position, quoted=True)
            piece = f'"{inside}"'
        depth += {"{": 1, "}": -1}.get(piece, 0)
        pieces.append(" " if piece.isspace() else piece)
    raise _UnbalancedError


def _without_idle_blanks(pieces: Sequence[str]) -> list[str]:
    """The pieces without the blanks that do not keep two words apart."""
    return [
        piece
        for before, piece, after in zip(["", *pieces], pieces, [*pieces[1:], ""], strict=False)
        if piece != " " or (_is_word(before) and _is_word(after))
    ]


def _is_number(piece: Sequence[str]) -> bool:
    return bool(piece) and piece[0].removeprefix("-").isdigit()


def _is_step(done: Sequence[str]) -> bool:
    """Whether the last three pieces, ``["name"]``, step into the value before them."""
    before = done[-4] if len(done) > 3 else ""
    return _NAME_LITERAL.fullmatch(done[-2]) is not None and (_is_word(before) or before in ("]", ")"))


def _is_word(piece: str) -> bool:
    return re.fullmatch(r"[\w-]+", piece) is not None
