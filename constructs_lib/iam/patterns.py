"""IAM's wildcards, also over texts of which parts are not known before an apply.

``*`` is any text and ``?`` any one character. An asterisk inside a segment of an ARN is documented for that
segment alone, one at its end goes on beyond the colons:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Open:
    """A part of a text that is not known; two with the same name are the same text.

    one_segment: whether it holds no colon, as an account id does not.
    """

    name: str
    one_segment: bool = False

    def __str__(self) -> str:
        return f"${{{self.name}}}"


Text = tuple[str | Open, ...]
"""A text in parts: written ones, and ones that are not known."""

_Token = str | Open
_ANY, _ANY_HERE, _ONE = "**", "*", "?"
"""Tokens of patterns: any text, any text without a colon, any one character."""


def plain(text: str) -> Text:
    """Give a text that is known as a whole."""
    return (text,)


def spelled(text: Text) -> str:
    """Give the text with ``${...}`` for what is not known."""
    return "".join(map(str, text))


@lru_cache(maxsize=65536)
def matches(pattern: Text, text: Text, *, any_case: bool = False) -> bool | None:
    """Tell whether a pattern matches a text: True and False whatever the parts that are not known turn out
    to be, None where that depends on them.

    any_case: as actions are compared. The text has no wildcards.
    """
    if any_case:
        pattern, text = _lower(pattern), _lower(text)
    if all(isinstance(part, str) for part in (*pattern, *text)):
        return _known("".join(map(str, pattern)), "".join(map(str, text)))
    tokens = _tokens(pattern)
    target = tuple(one for part in text for one in (part if isinstance(part, str) else (part,)))
    if _differ(tokens, target) or _differ(tokens[::-1], target[::-1]):
        return False
    if _covers(tokens, target):
        return True
    return None if _meets(tokens, target) else False


def _differ(pattern: tuple[_Token, ...], text: tuple[_Token, ...]) -> bool:
    """Whether the two differ before anything comes that may be any text."""
    loose = (_ANY, _ANY_HERE, _ONE)
    for one, other in zip(pattern, text, strict=False):
        if one in loose or isinstance(one, Open) or isinstance(other, Open):
            return False
        if one != other:
            return True
    return False


def _lower(text: Text) -> Text:
    return tuple(part.lower() if isinstance(part, str) else part for part in text)


def _known(pattern: str, text: str) -> bool | None:
    narrow, wide = _expressions(pattern)
    if narrow.fullmatch(text):
        return True
    return None if wide.fullmatch(text) else False


@lru_cache(maxsize=65536)
def _expressions(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = {_ANY: ".*", _ANY_HERE: "[^:]*", _ONE: "."}
    tokens = [str(token) for token in _tokens((pattern,))]
    narrow = "".join(words.get(token) or re.escape(token) for token in tokens)
    wide = "".join(".*" if token == _ANY_HERE else words.get(token) or re.escape(token) for token in tokens)
    return re.compile(narrow, re.DOTALL), re.compile(wide, re.DOTALL)


def _tokens(pattern: Text) -> tuple[_Token, ...]:
    """An asterisk is ``_ANY`` at the end of a segment; adjacent ones are one."""
    flat = [one for part in pattern for one in (part if isinstance(part, str) else (part,))]
    tokens: list[_Token] = []
    for number, one in enumerate(flat):
        token: _Token = one
        if one == "*":
            following = next((later for later in flat[number + 1 :] if later != "*"), ":")
            token = _ANY if following == ":" else _ANY_HERE
        if not (tokens and token == tokens[-1] and token in (_ANY, _ANY_HERE)):
            tokens.append(token)
    return tuple(tokens)


def _covers(pattern: tuple[_Token, ...], text: tuple[_Token, ...]) -> bool:
    """Whether the pattern matches every text that the open parts may give."""
    reached = _skip_any(pattern, {0})
    for one in text:
        after: set[int] = set()
        for at in reached:
            token = pattern[at] if at < len(pattern) else None
            if token == _ANY or (token == _ANY_HERE and _in_segment(one)):
                after.add(at)
            elif token is not None and (token == one or (token == _ONE and isinstance(one, str))):
                after.add(at + 1)
        reached = _skip_any(pattern, after)
    return len(pattern) in reached


def _held(holder: _Token | None, one: _Token) -> bool:
    """Whether an open part may have a token in it."""
    return not (isinstance(holder, Open) and holder.one_segment and one == ":")


def _in_segment(one: _Token) -> bool:
    return one.one_segment if isinstance(one, Open) else one != ":"


def _skip_any(pattern: tuple[_Token, ...], reached: set[int]) -> set[int]:
    """An asterisk may stand for nothing."""
    found = set(reached)
    for at in reached:
        while at < len(pattern) and pattern[at] in (_ANY, _ANY_HERE):
            at += 1
            found.add(at)
    return found


def _meets(pattern: tuple[_Token, ...], text: tuple[_Token, ...]) -> bool:
    """Whether the pattern matches some text that the open parts may give: both sides may hold any text."""
    columns = [False] * (len(text) + 1)
    for row in range(len(pattern), -1, -1):
        token = pattern[row] if row < len(pattern) else None
        below, columns = columns, [False] * (len(text) + 1)
        for at in range(len(text), -1, -1):
            one = text[at] if at < len(text) else None
            if token is None and one is None:
                columns[at] = True
                continue
            loose = isinstance(token, Open) or token in (_ANY, _ANY_HERE)
            found = loose and (below[at] or (one is not None and _held(token, one) and columns[at + 1]))
            if isinstance(one, Open):
                found = found or columns[at + 1] or (token is not None and _held(one, token) and below[at])
            elif not loose and token is not None and one is not None and token in (one, _ONE):
                found = below[at + 1]
            columns[at] = bool(found)
    return columns[0]
