"""IAM's wildcards over texts that are known and over texts that are not."""

from __future__ import annotations

from fnmatch import fnmatchcase

from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.iam.patterns import Open, matches

ACCOUNT, NAME = Open("account", one_segment=True), Open("name")
ARN = ("arn:aws:lambda:us-east-1:", ACCOUNT, ":function:shop-inventory")


def test_a_pattern_matches_whatever_the_open_parts_turn_out_to_be_or_not_at_all_or_nobody_can_tell():
    own = ("arn:aws:lambda:us-east-1:", ACCOUNT, ":function:*")
    answers = {
        ("*",): True,
        ("arn:aws:lambda:*",): True,
        ("arn:aws:lambda:us-*-1:*:function:shop-?nventory",): True,
        own: True,
        ("arn:aws:lambda:us-east-1:123456789012:function:shop-inventory",): None,
        (NAME,): None,
        ("arn:aws:lambda:eu-west-1:*",): False,
        ("arn:aws:lambda:us-east-1:x:y:function:shop-inventory",): False,
        ("arn:aws:lambda:us-east-1:123456789012:function:shop-invento",): False,
        ("",): False,
    }
    assert {pattern: matches(pattern, ARN) for pattern in answers} == answers


def test_an_asterisk_inside_a_segment_stays_there_for_certain_only():
    assert matches(("arn:aws:s*3::x",), ("arn:aws:sqs:y:3::x",)) is None
    assert matches(("arn:aws:s*",), ("arn:aws:sqs:y:3::x",)) is True


def test_actions_are_compared_in_any_case_and_resources_are_not():
    assert matches(("LAMBDA:invoke*",), ("lambda:InvokeFunction",), any_case=True) is True
    assert matches(("arn:X",), ("arn:x",)) is False


PARTS = st.lists(st.sampled_from(["a", "b", "*", "?"]), max_size=6).map("".join)
TEXTS = st.lists(st.sampled_from(["a", "b"]), max_size=6).map("".join)


@given(PARTS, TEXTS)
def test_known_texts_are_matched_as_by_a_shell(pattern: str, text: str):
    assert matches((pattern,), (text,)) is fnmatchcase(text, pattern)


@given(PARTS, TEXTS, TEXTS, TEXTS)
def test_what_is_certain_of_an_open_text_holds_of_every_text_in_its_place(pattern, before, inside, after):
    found = matches((pattern,), tuple(part for part in (before, NAME, after) if part))
    assert found in (None, fnmatchcase(before + inside + after, pattern))
