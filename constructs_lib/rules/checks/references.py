"""The rule about references that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.rules.facts import Facts


def references(facts: Facts) -> Iterator[Finding]:
    """``reference``; of one file among others of its module, what the others declare is not known."""
    missing: dict[str, list[str]] = {}
    for address, other in facts.document.dangling:
        missing.setdefault(address, []).append(other)
    named = dict.fromkeys((*facts.document.declared, *missing))
    for address in named:
        yield judge(address, _missing(facts, missing.get(address, [])))


def _missing(facts: Facts, others: list[str]) -> Iterator[Fault]:
    if not others:
        return
    names = ", ".join(others)
    if beside := facts.document.beside:
        yield Doubt(f"refers to {names}, which {', '.join(beside)} may declare: lint the folder")
    else:
        yield f"refers to {names}, which the document does not declare"
