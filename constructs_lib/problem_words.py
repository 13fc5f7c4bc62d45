"""How this room speaks to users: dotted paths, values cut to a readable size, suggestions for near misses."""

from __future__ import annotations

import difflib
import json
import re
import reprlib
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from constructs_lib.errors import TOO_MANY_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.errors import Problem

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_SEGMENT = re.compile(r'"(?:\\.|[^"\\])*"|[^.]+')
_POSITION = re.compile(r"\[\d+\](?=\.|$)")
_LONGEST_VALUE = 120
_LONGEST_SEGMENT = 60
_LONGEST_TEXT = 1500
_MOST_BITS = 10_000  # some 3000 digits; Python's limit is 4300


class _Missing:
    """The value of a key that the file does not have."""

    def __repr__(self) -> str:
        return "(missing)"


class Excerpt(str):
    """The repr of a value, cut: shown without quotes of its own."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


MISSING: Final = _Missing()


def field_path(*segments: str | int) -> str:
    """The dotted path of a key as one would write it in TOML; a position in a list is ``[0]``, ``[1]``,
    ..."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_segment(part)}" for part in segments)
    return "".join(parts).removeprefix(".")


def path_segments(field: str) -> Iterator[str]:
    """The keys of a dotted path, the other way round than `field_path`; positions in lists are left out."""
    for match in _SEGMENT.finditer(_POSITION.sub("", field)):
        text = match.group()
        yield json.loads(text) if text.startswith('"') and text.endswith('"') and len(text) > 1 else text


def _segment(key: str) -> str:
    text = _cut(key, _LONGEST_SEGMENT)
    return text if _BARE_KEY.match(text) else json.dumps(text, ensure_ascii=not text.isprintable())


def quoted(name: str) -> str:
    """A name from the file inside a sentence."""
    text = _cut(name, _LONGEST_SEGMENT)
    return f"`{text if text.isprintable() else json.dumps(text)}`"


def listed(items: Iterable[str], *, most: int = 6) -> str:
    """`a, b and c`; what is beyond `most` is counted, not shown."""
    shown_items = list(items)
    rest = len(shown_items) - most
    if rest > 0:
        shown_items = [*shown_items[:most], f"{rest} more"]
    if len(shown_items) < 2:
        return "".join(shown_items)
    return f"{', '.join(shown_items[:-1])} and {shown_items[-1]}"


def shown(value: Any) -> Any:
    """The value as one would write it in TOML, where that is short, otherwise its beginning."""
    if isinstance(value, bool):
        return Excerpt(str(value).lower())
    if isinstance(value, (date, time)):
        return Excerpt(value.isoformat())
    text = _readable.repr(value)
    if text == TOO_MANY_DIGITS:
        return Excerpt(text)
    if isinstance(value, (str, int, float)) and len(text) <= _LONGEST_VALUE and text == repr(value):
        return value
    return Excerpt(_cut(text, _LONGEST_VALUE))


def presentable(problem: Problem) -> Problem:
    """The problem with nothing in it that would fill a screen."""
    return replace(
        problem,
        field=_cut(problem.field, 4 * _LONGEST_SEGMENT),
        value=shown(problem.value),
        rule=_cut(problem.rule, _LONGEST_TEXT),
        way_out=_cut(problem.way_out.strip(), _LONGEST_TEXT),
    )


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the word is probably a slip of, if any."""
    if len(word) > _LONGEST_SEGMENT:
        return None
    lower = {candidate.lower(): candidate for candidate in candidates}
    found = difflib.get_close_matches(word.lower().replace("-", "_"), lower, n=1, cutoff=0.7)
    found = found or difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.7)
    return lower[found[0]] if found else None


def near_misses(name: str, known: Iterable[str]) -> list[str]:
    """Up to three names of several words, the nearest first: slips of the name, or names with its words."""
    names, words = list(known), set(name.lower().replace("_", "-").split("-"))
    close = difflib.get_close_matches(name[:_LONGEST_SEGMENT].lower(), names, n=3, cutoff=0.7)
    sharing = sorted(names, key=lambda one: -len(words.intersection(one.split("-"))))
    akin = [one for one in sharing if words.intersection(one.split("-"))]
    return list(dict.fromkeys((*close, *akin)))[:3]


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """`did you mean "x"? ` with the blank behind it, or nothing."""
    match = nearest(word, candidates)
    return f'did you mean "{match}"? ' if match else ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


class _Reader(reprlib.Repr):
    """Python 3.14 says of a number above its limit of digits where it lies in memory, older ones raise."""

    def repr_int(self, x: int, level: int) -> str:
        return TOO_MANY_DIGITS if x.bit_length() > _MOST_BITS else super().repr_int(x, level)


def _reader() -> reprlib.Repr:
    reader = _Reader()
    reader.maxstring = reader.maxother = _LONGEST_VALUE
    reader.maxlong = 60
    reader.maxlevel = 3
    reader.maxlist = reader.maxdict = 8
    return reader


_readable = _reader()
