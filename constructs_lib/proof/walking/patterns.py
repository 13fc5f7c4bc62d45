"""Path and host patterns of listener rules: ``*`` stands for any characters, ``?`` for exactly one.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65536)
def covers(broad: str, narrow: str) -> bool:
    """Tell whether ``broad`` matches everything that ``narrow`` matches."""
    if broad == "*" or broad == narrow:
        return True
    if not literal_prefix(narrow).startswith(literal_prefix(broad)):
        return False
    return _contains(broad, narrow)


@lru_cache(maxsize=65536)
def literal_prefix(pattern: str) -> str:
    """Give the part before the first wildcard."""
    stops = [at for at in (pattern.find("*"), pattern.find("?")) if at >= 0]
    return pattern[: min(stops)] if stops else pattern


def _contains(broad: str, narrow: str) -> bool:
    """Walk both patterns as automata: whenever ``narrow`` accepts, ``broad`` has to accept."""
    letters = (set(broad) | set(narrow)) - {"*", "?"} | {"\0"}
    seen = set()
    todo = [(_start(narrow), _start(broad))]
    while todo:
        pair = todo.pop()
        if pair in seen or not pair[0]:
            continue
        seen.add(pair)
        if len(narrow) in pair[0] and len(broad) not in pair[1]:
            return False
        todo += [(_step(narrow, pair[0], letter), _step(broad, pair[1], letter)) for letter in letters]
    return True


def _start(pattern: str) -> frozenset[int]:
    return _closed(pattern, {0})


def _closed(pattern: str, places: set[int]) -> frozenset[int]:
    """A ``*`` also matches nothing, so the place behind it is reached with it."""
    todo = list(places)
    while todo:
        at = todo.pop()
        if at < len(pattern) and pattern[at] == "*" and at + 1 not in places:
            places.add(at + 1)
            todo.append(at + 1)
    return frozenset(places)


def _step(pattern: str, places: frozenset[int], letter: str) -> frozenset[int]:
    after: set[int] = set()
    for at in places:
        if at < len(pattern):
            if pattern[at] == "*":
                after.add(at)
            elif pattern[at] in ("?", letter):
                after.add(at + 1)
    return _closed(pattern, after)
