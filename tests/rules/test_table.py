"""The table of AWS's rules: complete, each with a source, and nothing to say about an empty document."""

from __future__ import annotations

import re

from constructs_lib.proof import model_of, read_document
from constructs_lib.rules import NOT_READ, PARTLY_READ, RULES, check_rules
from tests.support.ruling import document as document_of
from tests.support.ruling import vpc


def test_every_rule_is_asked_or_has_a_reason_why_not():
    asked = {rule.number for rule in RULES}
    assert asked | set(NOT_READ) == set(range(1, 48))
    assert not asked & set(NOT_READ)
    assert set(PARTLY_READ) <= asked


def test_every_rule_has_a_page_and_a_title_of_its_own():
    assert all(re.match(r"https://(docs\.aws\.amazon|registry\.terraform)\.", rule.source) for rule in RULES)
    assert len({(rule.number, rule.title) for rule in RULES}) == len(RULES)


def test_rules_stand_in_the_order_of_their_numbers():
    assert [rule.number for rule in RULES] == sorted(rule.number for rule in RULES)


def test_an_empty_document_breaks_nothing_and_keeps_nothing():
    verdicts = check_rules(read_document({}, may_be_empty=True))
    assert {verdict.verdict for verdict in verdicts} == {"not applicable"}
    assert len(verdicts) == len(RULES)


def test_a_model_that_was_read_before_gives_the_same():
    document = read_document(document_of(vpc()))
    assert check_rules(document) == check_rules(model_of(document))


def test_a_verdict_says_its_rule_its_place_and_what_is_wrong():
    bent = vpc()
    bent["aws_vpc.main"]["cidr_block"] = "10.0.0.0/8"
    [verdict] = [one for one in check_rules(read_document(document_of(bent))) if one.verdict == "broken"]
    assert str(verdict) == ("rule 1 (E): aws_vpc.main: cidr_block is 10.0.0.0/8; AWS takes /16 to /28")
