"""Values of Terraform JSON as expressions over lines, as ``terraform fmt`` leaves them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from constructs_lib.handoff.hcl import texts
from constructs_lib.handoff.hcl.json_texts import read_json_text

INDENT = "  "
_WIDEST = 100
# Words that mean something else at the start of an object or as a value.
_BARE_KEY = re.compile(r"(?!(?:for|true|false|null)$)[A-Za-z_][A-Za-z0-9_]*")
Lines = list[str]


def value_lines(value: Any, text: Callable[[str], str] = texts.expression) -> Lines:
    """Return an expression as lines that are indented from its own start.

    An expression of several lines is one of them: its own lines are not indented, they may be a heredoc's.

    text: how a text is written, ``texts.expression`` or ``texts.literal``.
    """
    if isinstance(value, str):
        held = read_json_text(value) if text is texts.expression else None
        if held is not None:
            return _wrapped("jsonencode(", value_lines(held), ")")
        return [text(value)]
    if isinstance(value, Mapping):
        pairs = [(key_text(str(key), text), value_lines(item, text)) for key, item in value.items()]
        return ["{", *indented(aligned(pairs)), "}"] if pairs else ["{}"]
    if isinstance(value, Sequence):
        return _list_lines([value_lines(item, text) for item in value])
    return [json.dumps(value)]


def key_text(key: str, text: Callable[[str], str]) -> str:
    """Return the key of an object; quoted where it is no plain name."""
    if _BARE_KEY.fullmatch(key):
        return key
    written = text(key)
    return written if written.startswith('"') else f"({written})"


def aligned(pairs: Sequence[tuple[str, Lines]]) -> Lines:
    """Return ``name = value`` lines; equals signs of neighbours of one line stand in one column."""
    lines: Lines = []
    run: list[tuple[str, str]] = []

    def close() -> None:
        width = max((len(name) for name, _ in run), default=0)
        lines.extend(f"{name.ljust(width)} = {value}" for name, value in run)
        run.clear()

    for name, value in pairs:
        if len(value) == 1:
            run.append((name, value[0]))
        else:
            close()
            lines.extend([f"{name} = {value[0]}", *value[1:]])
    close()
    return lines


def indented(lines: Sequence[str]) -> Lines:
    """Return lines one step further in."""
    return [f"{INDENT}{line}" if line else line for line in lines]


def _list_lines(items: list[Lines]) -> Lines:
    line = f"[{', '.join(item[0] for item in items)}]"
    if all(len(item) == 1 for item in items) and (len(line) <= _WIDEST or len(items) == 1):
        return [line]
    if len(items) == 1:
        return _wrapped("[", items[0], "]")
    return ["[", *(line for item in items for line in indented([*item[:-1], f"{item[-1]},"])), "]"]


def _wrapped(before: str, lines: Lines, after: str) -> Lines:
    first, *rest = lines
    if not rest:
        return [f"{before}{first}{after}"]
    return [f"{before}{first}", *rest[:-1], f"{rest[-1]}{after}"]
