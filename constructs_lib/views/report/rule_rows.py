"""AWS's rules as a report shows them: one row for each rule, whatever number of resources it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from constructs_lib.rules import RuleVerdict

_WORST_FIRST = ("broken", "cannot tell", "kept", "not applicable")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule and the verdict on all resources together, in words."""

    rule: str
    asks: str
    figure: str
    severity: str
    source: str
    verdict: str


def rule_rows(verdicts: Iterable[RuleVerdict]) -> list[RuleRow]:
    """Return each rule with the worst verdict on a resource, and the number or the fault."""
    return [_summary(list(group)) for _, group in groupby(verdicts, key=lambda verdict: verdict.rule)]


def _summary(verdicts: list[RuleVerdict]) -> RuleRow:
    worst = min((verdict.verdict for verdict in verdicts), key=_WORST_FIRST.index)
    one = verdicts[0]
    said = ", ".join(_words(worst, verdicts))
    return RuleRow(one.rule, one.asks, one.figure, one.severity, one.source, said)


def _words(worst: str, verdicts: list[RuleVerdict]) -> Iterator[str]:
    """The verdict, then how many resources keep the rule, or each resource that does not."""
    yield "advice" if worst == "broken" and verdicts[0].severity == "N" else worst
    found = [verdict for verdict in verdicts if verdict.verdict == worst and verdict.address]
    if worst == "kept":
        yield f"{len(found)} resource{'s' if len(found) != 1 else ''}"
    elif worst != "not applicable":
        yield from (f"{verdict.address}: {verdict.sentence}" for verdict in found)
