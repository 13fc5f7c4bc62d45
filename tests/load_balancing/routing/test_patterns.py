"""When one path pattern takes everything that another one matches."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.load_balancing.routing.patterns import covers


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        ("/*", "/api/*"),
        ("*", "/"),
        ("/api/*", "/api/v1/*"),
        ("/a*c", "/abc"),
        ("/?", "/x"),
        ("/*/x", "/a/*/x"),
        ("/**", "/*"),
    ],
)
def test_a_broader_pattern_covers(broad: str, narrow: str) -> None:
    assert covers(broad, narrow)


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [("/api/*", "/*"), ("/api/*", "/api"), ("/?", "/*"), ("/a", "/A"), ("/x*", "/?x*"), ("/??", "/?")],
)
def test_a_pattern_that_leaves_something_out_does_not_cover(broad: str, narrow: str) -> None:
    assert not covers(broad, narrow)


PATTERNS = st.text(alphabet="ab*?", max_size=5)
WORDS = ["".join(letters) for size in range(6) for letters in product("abc", repeat=size)]


@given(PATTERNS, PATTERNS)
def test_covering_agrees_with_matching_every_short_word(broad: str, narrow: str) -> None:
    taken = {word for word in WORDS if fnmatchcase(word, narrow)}
    left_out = {word for word in taken if not fnmatchcase(word, broad)}
    if covers(broad, narrow):
        assert not left_out


@given(PATTERNS, PATTERNS)
def test_patterns_that_cover_each_other_match_the_same_words(one: str, other: str) -> None:
    if covers(one, other) and covers(other, one):
        assert {w for w in WORDS if fnmatchcase(w, one)} == {w for w in WORDS if fnmatchcase(w, other)}


@given(PATTERNS)
def test_every_pattern_covers_itself_and_a_star_covers_all(pattern: str) -> None:
    assert covers(pattern, pattern)
    assert covers("*", pattern)
