"""Where texts break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.views.diagram.text_width import text_width, wrap
from tests.support.properties import examples

WORDS = (
    "x86_64",
    "sg-0123456789abcdef0",
    "203.0.113.0/24",
    "Lambda",
    "·",
    "a-name-as-long-as-names-may-be",
    "/web/*",
)


@examples(30)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), width=st.integers(120, 300))
def test_a_word_that_fits_into_a_line_is_never_broken(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width, 11)
    assert all(text_width(line, 11) <= width for line in lines)
    whole = [word for word in words if word != "·" and text_width(word, 11) <= width]
    assert set(whole) <= {word for line in lines for word in line.split()}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Lambda · 1024 MB · x86_64", ("Lambda · 1024 MB", "x86_64")),
        ("in-a-very-long-name-of-one-word-only", ("in-a-very-long-name-of-", "one-word-only")),
        ("", ("",)),
    ],
)
def test_lines_break_after_spaces_and_longer_words_after_hyphens(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 140, 11) == lines
