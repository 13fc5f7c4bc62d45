"""Verdicts beside the waivers of an environment: what stands, what is waived, which waiver waives nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constructs_lib.environment import Waiver
    from constructs_lib.figures.rule_names import Severity
    from constructs_lib.rules.verdicts import RuleVerdict


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdicts on a document. ``waived`` are broken rules with the reason why that is accepted."""

    verdicts: tuple[RuleVerdict, ...]
    broken: tuple[RuleVerdict, ...]
    warnings: tuple[RuleVerdict, ...]
    notes: tuple[RuleVerdict, ...]
    waived: tuple[tuple[RuleVerdict, str], ...]
    unused: tuple[tuple[int, Waiver], ...]
    """Waivers that waive nothing, each with its place in the file's list, from 0."""

    def count(self, verdict: str) -> int:
        """Give how many verdicts there are of a kind."""
        return sum(one.verdict == verdict for one in self.verdicts)


def rule_on(verdicts: Iterable[RuleVerdict], waivers: Sequence[Waiver] = ()) -> Ruling:
    """Sort verdicts by what follows from them. A waiver without an address is for all of its rule."""
    own = tuple(verdicts)
    waived: list[tuple[RuleVerdict, str]] = []
    standing: dict[Severity, list[RuleVerdict]] = {"E": [], "W": [], "N": []}
    used: set[int] = set()
    for verdict in (one for one in own if one.verdict == "broken"):
        rule, address = verdict.rule, verdict.address
        matching = [place for place, waiver in enumerate(waivers) if waiver.accepts(rule, address)]
        used.update(matching)
        if matching:
            waived.append((verdict, waivers[matching[0]].reason))
        else:
            standing[verdict.severity].append(verdict)
    unused = tuple(
        (place, waiver)
        for place, waiver in enumerate(waivers)
        if place not in used and not waiver.is_of_a_file
    )
    return Ruling(
        verdicts=own,
        broken=tuple(standing["E"]),
        warnings=tuple(standing["W"]),
        notes=tuple(standing["N"]),
        waived=tuple(waived),
        unused=unused,
    )
