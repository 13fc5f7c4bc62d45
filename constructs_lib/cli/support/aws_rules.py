"""AWS's own rules beside an environment's waivers, for the commands that prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.cli.support.console import table, warn, warn_lines
from constructs_lib.errors import Problem

if TYPE_CHECKING:
    from constructs_lib.environment import Environment, Waiver
    from constructs_lib.proof import Document
    from constructs_lib.rules import RuleVerdict, Ruling

HEADINGS = ("rule", "severity", "what AWS asks for", "where", "what is wrong")


def ruling_of(name: str, environment: Environment, document: Document) -> Ruling:
    """Ask the rules, and print those that are broken and the waivers that waive nothing."""
    from constructs_lib.rules import check_rules, rule_on

    ruling = rule_on(check_rules(document), environment.waivers)
    warn_lines(f"{name}: waived: {verdict} (because: {reason})" for verdict, reason in ruling.waived)
    warn_lines(f"{name}: warning: {verdict}" for verdict in ruling.warnings)
    if ruling.broken:
        table(
            f"{name}: rules of AWS that are broken: {len(ruling.broken)}", HEADINGS, map(row, ruling.broken)
        )
    warn(name, [_unused(place, waiver) for place, waiver in ruling.unused])
    return ruling


def row(verdict: RuleVerdict) -> tuple[str, str, str, str, str]:
    """Give a verdict as a table's row."""
    asked = f"{verdict.rule} ({verdict.figure})" if verdict.figure else verdict.rule
    return str(verdict.number), verdict.severity, asked, verdict.address, verdict.sentence


def _unused(place: int, waiver: Waiver) -> Problem:
    where = f" by {waiver.address}" if waiver.address else ""
    rule = f"waives nothing: rule {waiver.rule} is not broken{where}"
    return Problem(
        f"waivers[{place}]", waiver.rule, rule, "remove the waiver, or correct its rule or address"
    )
