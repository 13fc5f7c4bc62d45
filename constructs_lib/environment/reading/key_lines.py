"""In which line of a TOML file each key stands, which the standard library's reader does not tell."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_HEADER = re.compile(r"\s*\[{1,2}(?P<keys>[^\]#]+)\]{1,2}\s*(#.*)?\Z")
_KEY = re.compile(r"""\s*(?P<keys>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """The line, from 1, in which each key and each table first stands, by its path.

    Keys of tables written inline have the line of the key that holds them; what stands inside a text of
    several lines may be taken for a key that the file does not have.
    """
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _path(header["keys"])
            found: tuple[str, ...] = table
        elif key := _KEY.match(line):
            found = (*table, *_path(key["keys"]))
        else:
            continue
        for end in range(1, len(found) + 1):
            lines.setdefault(found[:end], number)
    return lines


def _path(keys: str) -> tuple[str, ...]:
    """``a."b c".d`` as its parts."""
    try:
        found: Any = tomllib.loads(f"{keys} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts = []
    while isinstance(found, dict):
        ((name, found),) = found.items()
        parts.append(name)
    return tuple(parts)
