"""What the proof and AWS's rules say of a stack, as commands print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.cli.support.console import table, warn, warn_lines
from constructs_lib.cli.support.exit_status import OUR_FAULT, WRONG_INPUT
from constructs_lib.errors import Problem

if TYPE_CHECKING:
    from constructs_lib.environment import Waiver
    from constructs_lib.rules import RuleVerdict, Ruling
    from constructs_lib.views.written_stack import WrittenStack

RULE_HEADINGS = ("rule", "severity", "what AWS asks for", "where", "what is wrong")


def holds(stack: WrittenStack) -> bool:
    """Print what is broken, waived or open, and tell whether all promises and rules hold."""
    _print_proof(stack)
    _print_ruling(stack)
    return not (stack.proof.broken or stack.ruling.broken)


def keeps_rules(stack: WrittenStack) -> bool:
    """Print which rules are broken or waived, and tell whether all hold; no promise is asked for."""
    _print_ruling(stack)
    return not stack.ruling.broken


def status_of_broken(stack: WrittenStack) -> int:
    """Tell whose fault it is that a stack of an environment file doesn't hold.

    The environment file was checked, so it is ours; unless a file of the user's adds resources.
    """
    if stack.environment is None or stack.environment.extension is None:
        return OUR_FAULT
    file = stack.environment.extension
    warn_lines([f"{stack.name}: {file.parent.name}/{file.name} adds resources: one of them breaks it"])
    return WRONG_INPUT


def _print_proof(stack: WrittenStack) -> None:
    name, proof = stack.name, stack.proof
    warn_lines(f"{name}: taken from the file: {one.sentence}: {one.why}" for one in proof.taken_from_the_file)
    warn_lines(f"{name}: warning: cannot tell: {one.sentence}: {one.why}" for one in proof.open)
    if proof.broken:
        title = f"{name}: {len(proof.broken)} of {len(proof.promises)} promises are broken"
        rows = [(one.sentence, one.why, one.where) for one in proof.broken]
        table(title, ("promise", "what breaks it", "where"), rows)


def _print_ruling(stack: WrittenStack) -> None:
    name, ruling = stack.name, stack.ruling
    warn_lines(f"{name}: waived: {verdict} (because: {reason})" for verdict, reason in ruling.waived)
    warn_lines(f"{name}: warning: {verdict}" for verdict in ruling.warnings)
    if ruling.broken:
        title = f"{name}: rules of AWS that are broken: {len(ruling.broken)}"
        table(title, RULE_HEADINGS, map(rule_row, ruling.broken))
    warn_of_idle_waivers(name, ruling)


def warn_of_idle_waivers(name: str, ruling: Ruling) -> None:
    """Warn of every waiver that waives nothing."""
    warn(name, [_idle(place, waiver) for place, waiver in ruling.unused])


def rule_row(verdict: RuleVerdict) -> tuple[str, str, str, str, str]:
    """Give a verdict as a row below ``RULE_HEADINGS``."""
    asked = f"{verdict.asks} ({verdict.figure})" if verdict.figure else verdict.asks
    return verdict.rule, verdict.severity, asked, verdict.address, verdict.sentence


def _idle(place: int, waiver: Waiver) -> Problem:
    where = f" by {waiver.address}" if waiver.address else ""
    rule = f"waives nothing: {waiver.rule} is not broken{where}"
    way_out = "remove the waiver, or correct its rule or address"
    return Problem(f"waivers[{place}]", waiver.rule, rule, way_out)
