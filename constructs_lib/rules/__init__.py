"""AWS's own rules and quotas, asked of Terraform JSON: ``check_rules(document)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.reading.whole_model import model_of
from constructs_lib.rules._facts import Facts
from constructs_lib.rules._ruling import Ruling, rule_on
from constructs_lib.rules._table import NOT_READ, PARTLY_READ, RULES
from constructs_lib.rules._verdicts import Finding, Outcome, Rule, RuleVerdict, Severity
from constructs_lib.terraform_json.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.network import Model

__all__ = [
    "NOT_READ",
    "PARTLY_READ",
    "RULES",
    "Outcome",
    "Rule",
    "RuleVerdict",
    "Ruling",
    "Severity",
    "check_rules",
    "rule_on",
]


def check_rules(document: Document | Model) -> list[RuleVerdict]:
    """Ask every rule of every resource that it speaks of, in the order of the rules and of the document.

    A rule that speaks of nothing in the document has one verdict, "not applicable", without an address.
    """
    facts = Facts(model_of(document) if isinstance(document, Document) else document)
    return [verdict for rule in RULES for verdict in _verdicts(rule, facts)]


def _verdicts(rule: Rule, facts: Facts) -> Iterator[RuleVerdict]:
    for found in list(rule.check(facts)) or [Finding("", "not applicable")]:
        yield RuleVerdict(
            number=rule.number,
            rule=rule.title,
            figure=rule.figure,
            severity=rule.severity,
            source=rule.source,
            verdict=found.outcome,
            address=found.address,
            sentence=found.sentence,
        )
