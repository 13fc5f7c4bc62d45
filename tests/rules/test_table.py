"""The table of AWS's rules: complete, each with a source, and nothing to say about an empty document."""

from __future__ import annotations

from constructs_lib.figures.rule_names import RULE_NAMES
from constructs_lib.proof import model_of, read_document
from constructs_lib.rules import CHECKS, PARTLY_READ, check_rules
from tests.support.ruling import document as document_of
from tests.support.ruling import vpc


def test_every_rule_has_one_check_of_its_own():
    assert set(CHECKS) == set(RULE_NAMES)
    assert len(set(CHECKS.values())) == len(CHECKS)
    assert set(PARTLY_READ) <= set(RULE_NAMES)


def test_the_docstring_of_a_check_begins_with_the_name_of_its_rule():
    assert {name: check.__doc__.split("``")[1] for name, check in CHECKS.items()} == {
        name: name for name in CHECKS
    }


def test_an_empty_document_breaks_nothing_and_keeps_nothing():
    verdicts = check_rules(read_document({}, may_be_empty=True))
    assert {verdict.verdict for verdict in verdicts} == {"not applicable"}
    assert [verdict.rule for verdict in verdicts] == list(RULE_NAMES)


def test_a_model_that_was_read_before_gives_the_same():
    document = read_document(document_of(vpc()))
    assert check_rules(document) == check_rules(model_of(document))


def test_a_verdict_says_its_rule_its_place_and_what_is_wrong():
    bent = vpc()
    bent["aws_vpc.main"]["cidr_block"] = "10.0.0.0/8"
    [verdict] = [one for one in check_rules(read_document(document_of(bent))) if one.verdict == "broken"]
    assert str(verdict) == (
        "cidr-block-size (E): aws_vpc.main: cidr_block is 10.0.0.0/8; AWS takes /16 to /28"
    )
