"""Path patterns of an Application Load Balancer: their syntax, and which paths two of them share.

``*`` matches any characters, ``/`` included, or none; ``?`` matches exactly one; letters keep their case.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_PATTERN = 128
EXACT = 1_000  # more than the literal segments that a pattern has room for
_ILLEGAL = re.compile(r"""[^A-Za-z0-9_.$/~"'@:+*?&-]""")
_STRANGER = "x"  # stands for a character that a wildcard matches
_OTHER = "\0"  # a character that no pattern contains


def syntax_problem(pattern: str) -> tuple[str, str] | None:
    """The rule that ``pattern`` breaks and the way out; None for a legal pattern."""
    if not pattern.startswith("/"):
        return "a path pattern starts with /", f'write "/{pattern}"'
    if len(pattern) > LONGEST_PATTERN:
        wide = pattern[: LONGEST_PATTERN - 1].rpartition("/")[0] + "/*"
        rule = f"a path pattern has at most {LONGEST_PATTERN} characters, this one {len(pattern)}"
        return rule, f'a wider pattern, such as "{wide}"'
    rest = pattern.replace("&amp;", "")
    if "&" in rest:
        return 'an ampersand in a path pattern is written "&amp;"', f'write "{rest.replace("&", "&amp;")}"'
    illegal = "".join(dict.fromkeys(_ILLEGAL.findall(rest)))
    if illegal:
        rule = f"a path pattern consists of A-Z a-z 0-9 _ - . $ / ~ \" ' @ : + &amp; * ?, without {illegal!r}"
        return rule, f'a wildcard in their place: "{_ILLEGAL.sub("?", pattern)}"'
    return None


def specificity(pattern: str) -> int:
    """How specific a pattern is: its literal segments before the first wildcard, or EXACT without wildcards.

    Of two patterns that share a path, one's literal beginning is the beginning of the other's.
    """
    beginning = re.split(r"[*?]", pattern, maxsplit=1)[0]
    return EXACT if beginning == pattern else max(beginning.count("/") - 1, 0)


def wildcards(pattern: str) -> int:
    """How many wildcards a pattern has; AWS counts them over the whole rule."""
    return pattern.count("*") + pattern.count("?")


@lru_cache(maxsize=4096)
def shared_path(one: str, other: str) -> str | None:
    """A path that both patterns match; None if there is none."""
    one, other = one.replace("&amp;", "&"), other.replace("&amp;", "&")
    if not _ends_meet(one, other):
        return None
    shared = _shared_suffixes(one, other)[0][0]
    return shared.replace("&", "&amp;") if shared is not None else None


def _ends_meet(one: str, other: str) -> bool:
    """A quick look: the literal beginnings agree, as do the literal ends."""
    begins = [re.split(r"[*?]", pattern, maxsplit=1)[0] for pattern in (one, other)]
    ends = [re.split(r"[*?]", pattern)[-1] for pattern in (one, other)]
    short, long = sorted(begins, key=len)
    tail, whole = sorted(ends, key=len)
    return long.startswith(short) and whole.endswith(tail)


def _shared_suffixes(one: str, other: str) -> list[list[str | None]]:
    """For each pair of positions, a text that both patterns match from there on."""
    shared: list[list[str | None]] = [[None] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one), -1, -1):
        for j in range(len(other), -1, -1):
            shared[i][j] = _shared_here(one[i : i + 1], other[j : j + 1], shared, i, j)
    return shared


def _shared_here(a: str, b: str, shared: list[list[str | None]], i: int, j: int) -> str | None:
    if not a and not b:
        return ""
    if "*" in (a, b):
        skipped = shared[i + 1][j] if a == "*" else shared[i][j + 1]
        consumed = b if a == "*" else a
        if skipped is not None or not consumed:
            return skipped
        rest = shared[i][j + 1] if a == "*" else shared[i + 1][j]
        return _prepend("" if consumed == "*" else consumed, rest)
    if a and b and (a == b or "?" in (a, b)):
        return _prepend(b if a == "?" else a, shared[i + 1][j + 1])
    return None


def _prepend(character: str, rest: str | None) -> str | None:
    return None if rest is None else (_STRANGER if character == "?" else character) + rest


@lru_cache(maxsize=4096)
def covers(wide: str, narrow: str) -> bool:
    """Whether ``wide`` matches every path that ``narrow`` matches."""
    wide, narrow = wide.replace("&amp;", "&"), narrow.replace("&amp;", "&")
    alphabet = {*wide, *narrow, _OTHER} - {"*", "?"}
    start = (0, _after_stars(wide, {0}))
    seen, waiting = {start}, [start]
    while waiting:
        position, states = waiting.pop()
        if position == len(narrow):
            if len(wide) not in states:
                return False
            continue
        for successor in _successors(narrow, position, wide, states, alphabet):
            if successor not in seen:
                seen.add(successor)
                waiting.append(successor)
    return True


def _successors(
    narrow: str, position: int, wide: str, states: frozenset[int], alphabet: set[str]
) -> list[tuple[int, frozenset[int]]]:
    element = narrow[position]
    stays = position if element == "*" else position + 1
    read = alphabet if element in "*?" else {element}
    found = [(stays, _read(wide, states, character)) for character in read]
    return [*found, (position + 1, states)] if element == "*" else found


def _read(pattern: str, states: frozenset[int], character: str) -> frozenset[int]:
    """The positions of ``pattern`` after one more character."""
    legal = {state for state in states if state < len(pattern) and pattern[state] in ("*", "?", character)}
    return _after_stars(pattern, {state if pattern[state] == "*" else state + 1 for state in legal})


def _after_stars(pattern: str, states: set[int]) -> frozenset[int]:
    found = set(states)
    for state in states:
        while state < len(pattern) and pattern[state] == "*":
            state += 1
            found.add(state)
    return frozenset(found)
