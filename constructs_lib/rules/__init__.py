"""AWS's own rules and quotas, asked of Terraform JSON: ``check_rules(document)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.tables.quotas import AWS_QUOTAS
from constructs_lib.figures.rule_names import RULE_NAMES, RuleName
from constructs_lib.proof.reading.whole_model import model_of
from constructs_lib.rules.facts import Facts
from constructs_lib.rules.ruling import Ruling, rule_on
from constructs_lib.rules.table import CHECKS, NOT_READ, PARTLY_READ
from constructs_lib.rules.verdicts import Finding, Outcome, RuleVerdict
from constructs_lib.terraform_json.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment import Quotas
    from constructs_lib.proof.model.network import Model

__all__ = [
    "CHECKS",
    "NOT_READ",
    "PARTLY_READ",
    "Outcome",
    "RuleVerdict",
    "Ruling",
    "check_rules",
    "rule_on",
]


def check_rules(document: Document | Model, quotas: Quotas = AWS_QUOTAS) -> list[RuleVerdict]:
    """Ask every rule of every resource that it speaks of, in the order of the rules and of the document.

    quotas: what AWS grants the account.

    A rule that speaks of nothing in the document has one verdict, "not applicable", without an address.
    """
    facts = Facts(model_of(document) if isinstance(document, Document) else document, quotas)
    return [verdict for rule in RULE_NAMES.values() for verdict in _asked_of(rule, facts)]


def _asked_of(rule: RuleName, facts: Facts) -> Iterator[RuleVerdict]:
    for found in list(CHECKS[rule.name](facts)) or [Finding("", "not applicable")]:
        yield RuleVerdict(
            rule=rule.name,
            severity=rule.severity,
            asks=rule.asks,
            figure=_figure(rule, facts.quotas),
            source=rule.page,
            verdict=found.outcome,
            address=found.address,
            sentence=found.sentence,
        )


def _figure(rule: RuleName, quotas: Quotas) -> str:
    raised = quotas.raised(rule.name)
    return rule.figure if raised is None else f"{raised} in this account; AWS's own: {rule.figure}"
