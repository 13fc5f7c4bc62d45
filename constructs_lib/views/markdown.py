"""Markdown from values: tables and code whose text can't break out of its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

_SPECIAL = re.compile(r"([\\`*\[\]<>])")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a vertical bar or a line break in a cell stays a character of the cell."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def plain(text: str) -> str:
    """Keep characters of a text from being read as Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", text).replace("\\<", "&lt;").replace("\\>", "&gt;")


def code(text: str) -> str:
    """Return inline code, with as many backticks around as the text allows."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def value(found: Any) -> str:
    """Return a JSON value as inline code."""
    return code(found if isinstance(found, str) and found else json.dumps(found, ensure_ascii=False))


def shell(*lines: str) -> str:
    """Return a block of commands."""
    return fenced("\n".join(lines), "sh")


def fenced(text: str, language: str) -> str:
    """Return a code block."""
    return f"```{language}\n{text.rstrip()}\n```"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
