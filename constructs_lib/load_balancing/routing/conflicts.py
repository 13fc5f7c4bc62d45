"""What two rules of one listener may do to each other: take each other's number, or each other's requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Literal

from constructs_lib.errors import Problem
from constructs_lib.figures.load_balancer import RULE_PRIORITY
from constructs_lib.load_balancing.routing.patterns import covers, overlap, shared_path, specificity

APART = "paths that do not overlap, or a port of its own for one of the two"


@dataclass(frozen=True)
class Rule:
    """A legal rule with its number. owner: the workload's place in the file (``functions.inventory``)."""

    owner: str
    paths: tuple[str, ...]
    number: int
    explicit: bool


@dataclass(frozen=True)
class Clash:
    """``path`` of ``rule`` loses requests to ``taker``, or nothing says which of the two gets them."""

    kind: Literal["same", "hidden", "reversed", "ambiguous"]
    rule: Rule
    path: str
    winner: Rule
    winners_path: str


def conflicts(rules: Sequence[Rule]) -> list[Problem]:
    """Every conflict between ``rules``: a problem for each number taken twice and each path that clashes."""
    found: dict[tuple[Rule, str, str], list[Clash]] = {}
    for clash in _clashes(rules):
        found.setdefault((clash.rule, clash.path, clash.kind), []).append(clash)
    return [*_collisions(rules), *(_clash_problem(clashes, rules) for clashes in found.values())]


def _collisions(rules: Sequence[Rule]) -> Iterator[Problem]:
    for one, other in combinations(rules, 2):
        if one.number == other.number:
            moved, still = (one, other) if one.explicit and not other.explicit else (other, one)
            rule = f"a priority is unique on its listener, and {moved.number} is also that of {still.owner}"
            numbers = (_free(rules, moved.number, step) for step in (1, -1))
            out = next(
                (_setting(moved, n) for n in numbers if n and _legal(replace(moved, number=n), rules)), APART
            )
            yield Problem(f"{moved.owner}.priority", moved.number if moved.explicit else None, rule, out)


def _clashes(rules: Sequence[Rule]) -> Iterator[Clash]:
    for one, other in combinations(rules, 2):
        first, second = sorted((one, other), key=lambda rule: rule.number)
        for early, late in product(first.paths, second.paths):
            kind = _kind(early, late, ordered=first.explicit or second.explicit)
            if kind in ("same", "ambiguous") and second is one:
                yield Clash(kind, first, early, second, late)
            elif kind:
                yield Clash(kind, second, late, first, early)


def _kind(
    early: str, late: str, *, ordered: bool
) -> Literal["same", "hidden", "reversed", "ambiguous"] | None:
    """What is wrong when ``early`` is asked before ``late``. ordered: the user said which comes first."""
    if early == late:
        return "same"
    if not overlap(early, late):
        return None
    if ordered:
        return "hidden" if covers(early, late) else None
    difference = specificity(early) - specificity(late)
    return None if difference > 0 else "reversed" if difference else "ambiguous"


def _clash_problem(clashes: Sequence[Clash], rules: Sequence[Rule]) -> Problem:
    clash = clashes[0]
    field = f"{clash.rule.owner}.paths[{clash.rule.paths.index(clash.path)}]"
    more = f" (and of {len(clashes) - 1} more)" if len(clashes) > 1 else ""
    return Problem(field, clash.path, _rule(clash) + more, _way_out(clash, rules))


def _rule(clash: Clash) -> str:
    other = f"{clash.winners_path!r} of {clash.winner.owner}"
    shared = shared_path(clash.path, clash.winners_path)
    if clash.kind == "same":
        return f"only one rule of a listener gets the requests for a path, and this is also {other}"
    if clash.kind == "hidden":
        number = clash.winner.number
        return f"no request arrives: priority {number} takes them all first for {other}"
    if clash.kind == "ambiguous":
        segments = specificity(clash.path)
        return f"overlaps {other}, as specific with {segments} literal segments: both match {shared!r}"
    least = min(clash.rule.paths, key=specificity)
    return (
        f"the paths of a workload are one rule, here at the place of {least!r}, "
        f"so that {other}, less specific, comes first for {shared!r}"
    )


def _way_out(clash: Clash, rules: Sequence[Rule]) -> str:
    if clash.kind == "same":
        return "another path, or a port of its own for one of the two"
    rule, winner = clash.rule, clash.winner
    narrower = clash.kind != "ambiguous" or not covers(clash.path, clash.winners_path)
    first, second = (rule, winner) if narrower else (winner, rule)
    moves = ((first, _free(rules, second.number, -1)), (second, _free(rules, first.number, 1)))
    moved = (replace(mover, number=number) for mover, number in moves if number)
    return next((_setting(mover, mover.number) for mover in moved if _legal(mover, rules)), APART)


def _setting(rule: Rule, number: int) -> str:
    return f"{rule.owner}.priority = {number}"


def _free(rules: Sequence[Rule], number: int, step: int) -> int | None:
    """The free number that is nearest to ``number``, below or above it."""
    taken = {rule.number for rule in rules}
    candidates = range(number + step, RULE_PRIORITY.most + 1 if step > 0 else RULE_PRIORITY.least - 1, step)
    return next((candidate for candidate in candidates if candidate not in taken), None)


def _legal(moved: Rule, rules: Sequence[Rule]) -> bool:
    """Whether the rule, at its number, hides nobody, is hidden by nobody and turns no specificity around."""
    others = [rule for rule in rules if rule.owner != moved.owner]
    for other in others:
        first, second = sorted((moved, other), key=lambda rule: rule.number)
        for early, late in product(first.paths, second.paths):
            if overlap(early, late) and (specificity(early) < specificity(late) or covers(early, late)):
                return False
    return True
