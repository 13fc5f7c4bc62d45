"""The sections of a report, from the Terraform JSON and what else was found out about it."""

from __future__ import annotations

from collections.abc import Sequence

from constructs_lib.environment import Environment
from constructs_lib.views.report.connections import Connections
from constructs_lib.views.report.inventory import inventory_section, rule_section, subnet_section
from constructs_lib.views.report.permissions import permission_section
from constructs_lib.views.report.promises import promise_section
from constructs_lib.views.report.rule_rows import RuleRow, rule_rows
from constructs_lib.views.report.structure import CheckFinding, Section, Table
from constructs_lib.views.report.triggers import trigger_sections
from constructs_lib.views.written_stack import WrittenStack

_RESULTS = ("failed", "skipped", "passed")


def title_of(environment: Environment | None) -> str:
    """Give the title of a report."""
    return f"{environment.project} · {environment.environment}" if environment else "Architecture"


def sections_of(stack: WrittenStack, *, checkov: Sequence[CheckFinding] | None) -> tuple[Section, ...]:
    """Give the sections in their order; promises and checkov only where something is known of them."""
    connections, model = Connections(stack), stack.model
    found = [
        connections.matrix(),
        connections.exposures(),
        *trigger_sections(model),
        subnet_section(model),
        rule_section(model),
        permission_section(model),
    ]
    if stack.environment is not None:
        found.insert(2, promise_section(stack.proof))
    found.append(_aws_rules(rule_rows(stack.ruling.verdicts)))
    if checkov is not None:
        found.append(_checkov(checkov))
    return (*found, connections.ways(), inventory_section(model))


def _aws_rules(rules: Sequence[RuleRow]) -> Section:
    rows = tuple((one.rule, one.asks, one.figure, one.severity, one.verdict, one.source) for one in rules)
    heads = ("rule", "what AWS asks for", "figure", "severity", "verdict", "source")
    intro = "AWS's own rules and quotas that can be read from the configuration."
    table = Table(heads, rows, links=frozenset({5}))
    return Section("aws", "AWS rules", intro, (("", table),) if rows else ())


def _checkov(findings: Sequence[CheckFinding]) -> Section:
    counts = {result: sum(one.result == result for one in findings) for result in _RESULTS}
    shown = [one for result in _RESULTS for one in findings if one.result == result and result != "passed"]
    rows = tuple((one.result, one.check, one.title, one.address, one.reason) for one in shown)
    intro = ", ".join(f"{count} {result}" for result, count in counts.items()) + "."
    table = Table(("result", "check", "what", "resource", "reason"), rows, frozenset({1, 3}))
    return Section("checkov", "checkov", intro, (("", table),) if rows else ())
