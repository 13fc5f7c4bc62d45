"""Patterns of an Application Load Balancer's rules: their syntax, and what two of them share.

``*`` matches any characters, ``/`` included, or none; ``?`` matches exactly one; letters keep their case.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
"""

from __future__ import annotations

import re
from functools import lru_cache

from constructs_lib.figures.load_balancer import PATH_PATTERN_LENGTH

EXACT = 1_000  # more than the literal segments that a pattern has room for
_ILLEGAL = re.compile(r"""[^A-Za-z0-9_.$/~"'@:+*?&-]""")
_STRANGER = "x"  # stands for a character that a wildcard matches
_OTHER = "\0"  # a character that no pattern contains
_PAIRS = 1 << 16


def syntax_problem(pattern: str) -> tuple[str, str] | None:
    """The rule that ``pattern`` breaks and the way out; None for a legal pattern."""
    if not pattern.startswith("/"):
        return "a path pattern starts with /", f'write "/{pattern}"'
    if len(pattern) > PATH_PATTERN_LENGTH:
        wide = pattern[: PATH_PATTERN_LENGTH - 1].rpartition("/")[0] + "/*"
        rule = f"a path pattern has at most {PATH_PATTERN_LENGTH} characters, this one {len(pattern)}"
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


def overlap(one: str, other: str) -> bool:
    """Whether a path exists that both patterns match."""
    return _ends_meet(one, other) and _overlap(_plain(one), _plain(other))


@lru_cache(maxsize=_PAIRS)
def _overlap(one: str, other: str) -> bool:
    return bool(_states(one, other)[-1] >> len(other))


def shared_path(one: str, other: str) -> str | None:
    """A path that both patterns match; None if there is none."""
    one, other = _plain(one), _plain(other)
    states = _states(one, other)
    if not states[-1] >> len(other):
        return None
    shared, i, j = "", len(one), len(other)
    while i or j:
        i, j, character = _step_back(one, other, states, i, j)
        shared = character + shared
    return shared.replace("&", "&amp;")


def _plain(pattern: str) -> str:
    return pattern.replace("&amp;", "&")


def _ends_meet(one: str, other: str) -> bool:
    """A quick look: the literal beginnings agree, as do the literal ends."""
    (begin, end), (others_begin, others_end) = _literal_ends(one), _literal_ends(other)
    begins = begin.startswith(others_begin) or others_begin.startswith(begin)
    return begins and (end.endswith(others_end) or others_end.endswith(end))


def literal_beginning(pattern: str) -> str:
    """What stands before the first wildcard, ``&amp;`` read as ``&``."""
    return _literal_ends(pattern)[0]


@lru_cache(maxsize=_PAIRS)
def _literal_ends(pattern: str) -> tuple[str, str]:
    parts = re.split(r"[*?]", _plain(pattern))
    return parts[0], parts[-1]


def _states(one: str, other: str) -> list[int]:
    """After each character of ``one``: the positions that ``other`` may have reached, as bits."""
    stars = sum(1 << i for i, character in enumerate(other) if character == "*")
    masks = {character: _positions(other, character) for character in {*one} - {"*"}}
    states = [_skip_stars(1, stars)]
    for character in one:
        now = states[-1]
        if character == "*":
            now |= -(now & -now) & ((2 << len(other)) - 1) if now else 0
        else:
            now = (now & masks[character]) << 1 | now & stars
        states.append(_skip_stars(now, stars))
    return states


def _positions(pattern: str, character: str) -> int:
    """Where ``pattern`` takes one character that ``character``, which may be ``?``, stands for."""
    same = {character, "?"} if character != "?" else set(pattern) - {"*"}
    return sum(1 << i for i, own in enumerate(pattern) if own in same)


def _skip_stars(states: int, stars: int) -> int:
    while (skipped := states | (states & stars) << 1) != states:
        states = skipped
    return states


def _step_back(one: str, other: str, states: list[int], i: int, j: int) -> tuple[int, int, str]:
    """One step from two positions that a common text reaches, back to two that its beginning reaches."""
    if j and other[j - 1] == "*" and states[i] >> (j - 1) & 1:
        return i, j - 1, ""
    if one[i - 1] == "*":
        if states[i - 1] >> j & 1:
            return i - 1, j, ""
        return i, j - 1, _letter(other[j - 1])
    if j < len(other) and other[j] == "*" and states[i - 1] >> j & 1:
        return i - 1, j, _letter(one[i - 1])
    return i - 1, j - 1, _letter(one[i - 1] if one[i - 1] != "?" else other[j - 1])


def _letter(character: str) -> str:
    return _STRANGER if character == "?" else character


@lru_cache(maxsize=_PAIRS)
def covers(wide: str, narrow: str) -> bool:
    """Whether ``wide`` matches everything that ``narrow`` matches: paths, or hosts in lower case."""
    if wide == narrow:
        return True
    if not literal_beginning(narrow).startswith(literal_beginning(wide)):
        return False
    wide, narrow = _plain(wide), _plain(narrow)
    return _literals_fit(wide, narrow) and _covers(wide, narrow)


def _literals_fit(wide: str, narrow: str) -> bool:
    """A quick look: each literal of ``wide`` meets one of ``narrow``, whose wildcards may be anything."""
    rest = iter(re.sub(r"[*?]", "", narrow))
    return all(character in rest for character in re.sub(r"[*?]", "", wide))


def _covers(wide: str, narrow: str) -> bool:
    stars = sum(1 << i for i, character in enumerate(wide) if character == "*")
    reads = {character: _positions(wide, character) for character in {*wide, *narrow, _OTHER} - {"*", "?"}}
    start = (0, _skip_stars(1, stars))
    seen, waiting = {start}, [start]
    while waiting:
        position, states = waiting.pop()
        if position == len(narrow):
            if not states >> len(wide):
                return False
            continue
        character = narrow[position]
        after = position if character == "*" else position + 1
        masks = reads.values() if character in "*?" else [reads[character]]
        reached = {(after, _skip_stars((states & mask) << 1 | states & stars, stars)) for mask in masks}
        if character == "*":
            reached.add((position + 1, states))
        waiting += reached - seen
        seen |= reached
    return True
