"""What two rules of one listener may do to each other: take each other's number, or each other's requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from typing import Literal

from constructs_lib.errors import Problem
from constructs_lib.figures.load_balancer import RULE_PRIORITY
from constructs_lib.load_balancing.routing.patterns import specificity
from constructs_lib.load_balancing.routing.requests import (
    Requests,
    covers,
    overlap,
    requests_of,
    shared_request,
)

APART = "paths that do not overlap, or a port of its own for one of the two"


@dataclass(frozen=True)
class Rule:
    """A legal rule with its number. owner: the workload's place in the file (``functions.inventory``)."""

    owner: str
    paths: tuple[str, ...]
    number: int
    explicit: bool
    hosts: tuple[str, ...] = ()

    @cached_property
    def requests(self) -> tuple[Requests, ...]:
        """What it takes: each of its paths, of each of its hosts."""
        return requests_of(self.hosts, self.paths)


@dataclass(frozen=True)
class Clash:
    """``rule`` loses ``lost`` to ``winner``, for its ``won``, or nothing says which of the two gets them."""

    kind: Literal["same", "hidden", "reversed", "ambiguous"]
    rule: Rule
    lost: Requests
    winner: Rule
    won: Requests


def conflicts(rules: Sequence[Rule]) -> list[Problem]:
    """Every conflict between ``rules``: a problem for each number taken twice and all that clashes."""
    found: dict[tuple[Rule, Requests, str], list[Clash]] = {}
    for clash in _clashes(rules):
        found.setdefault((clash.rule, clash.lost, clash.kind), []).append(clash)
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
        for early, late in product(first.requests, second.requests):
            kind = _kind(early, late, ordered=first.explicit or second.explicit)
            if kind in ("same", "ambiguous") and second is one:
                yield Clash(kind, first, early, second, late)
            elif kind:
                yield Clash(kind, second, late, first, early)


def _kind(
    early: Requests, late: Requests, *, ordered: bool
) -> Literal["same", "hidden", "reversed", "ambiguous"] | None:
    """What is wrong when ``early`` is asked before ``late``. ordered: the user said which comes first."""
    if early == late:
        return "same"
    if not overlap(early, late):
        return None
    if ordered:
        return "hidden" if covers(early, late) else None
    if early.specificity == late.specificity:
        return "ambiguous"
    return None if early.specificity > late.specificity else "reversed"


def _clash_problem(clashes: Sequence[Clash], rules: Sequence[Rule]) -> Problem:
    clash = clashes[0]
    more = f" (and of {len(clashes) - 1} more)" if len(clashes) > 1 else ""
    return Problem(*_place(clash), _rule(clash) + more, _way_out(clash, rules))


def _place(clash: Clash) -> tuple[str, str]:
    """The field that loses requests and its value: the path, else the host."""
    rule, lost = clash.rule, clash.lost
    if rule.paths:
        return f"{rule.owner}.paths[{rule.paths.index(lost.path)}]", lost.path
    at = [host.lower() for host in rule.hosts].index(lost.host or "")
    return f"{rule.owner}.hosts[{at}]", rule.hosts[at]


def _rule(clash: Clash) -> str:
    other = f"{str(clash.won)!r} of {clash.winner.owner}"
    shared = shared_request(clash.lost, clash.won)
    if clash.kind == "same":
        what = f"{str(clash.lost)!r}" if clash.lost.host else "a path"
        return f"only one rule of a listener gets the requests for {what}, and this is also {other}"
    if clash.kind == "hidden":
        number = clash.winner.number
        return f"no request arrives: priority {number} takes them all first for {other}"
    if clash.lost.host or clash.won.host:
        return _rule_by_host(clash, other, shared)
    if clash.kind == "ambiguous":
        segments = specificity(clash.lost.path)
        return f"overlaps {other}, as specific with {segments} literal segments: both match {shared!r}"
    least = min(clash.rule.paths, key=specificity)
    return (
        f"the paths of a workload are one rule, here at the place of {least!r}, "
        f"so that {other}, less specific, comes first for {shared!r}"
    )


def _rule_by_host(clash: Clash, other: str, shared: str | None) -> str:
    if clash.kind == "ambiguous":
        return f"overlaps {other}, as specific by host and by path: both match {shared!r}"
    return (
        f"{other} has priority {clash.winner.number}, before {clash.rule.number} here, and is less specific, "
        f"by host and then by path: it comes first for {shared!r}"
    )


def _way_out(clash: Clash, rules: Sequence[Rule]) -> str:
    if clash.kind == "same":
        hosts = " or host" if clash.lost.host else ""
        return f"another path{hosts}, or a port of its own for one of the two"
    rule, winner = clash.rule, clash.winner
    narrower = clash.kind != "ambiguous" or not covers(clash.lost, clash.won)
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
        for early, late in product(first.requests, second.requests):
            if overlap(early, late) and (early.specificity < late.specificity or covers(early, late)):
                return False
    return True
