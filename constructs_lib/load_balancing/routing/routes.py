"""The rules of one listener: their priorities, which come from their patterns alone, and how they get along.

The most specific path wins: exact paths first, then by the number of literal segments before the first
wildcard. A workload is one rule, and its least specific path decides where the rule lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from constructs_lib.errors import Problem
from constructs_lib.load_balancing.routing.conflicts import LAST_PRIORITY, Rule, conflicts
from constructs_lib.load_balancing.routing.patterns import (
    EXACT,
    LONGEST_PATTERN,
    specificity,
    syntax_problem,
    wildcards,
)

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
MOST_RULES, MOST_VALUES, MOST_WILDCARDS = 100, 5, 5

# Derived priorities lie from 1,000 to 39,999, in one band for each specificity, the most specific one first.
# Each width is a prime p with p % 4 == 3: in the wide bands, names that differ in one digit or in two
# adjacent ones never share a number.
_FIRST_DERIVED = 1_000
_EXACT_WIDTH = 6_163
_WIDTHS = [991, 18_451, 7_187, 2_399, 787, 383, 199, 83, 83] + [19] * (LONGEST_PATTERN - 9)


@dataclass(frozen=True)
class Route:
    """One rule: requests for any of ``paths`` go to ``workload``. priority: its number, if not derived."""

    workload: str
    paths: tuple[str, ...]
    priority: int | None = None


def _bands() -> dict[int, tuple[int, int]]:
    by_specificity = {EXACT: _EXACT_WIDTH} | dict(reversed([*enumerate(_WIDTHS)]))
    starts = accumulate(by_specificity.values(), initial=_FIRST_DERIVED)
    return {key: (start, width) for (key, width), start in zip(by_specificity.items(), starts, strict=False)}


_BANDS = _bands()


def rule_priority(route: Route) -> int:
    """The rule's priority: the explicit one, else a number that comes from workload and paths alone.

    It lies in the band of the least specific path, at the remainder of the text as a number: the same in
    every run, whatever other routes there are and in whatever order the paths come.
    """
    if route.priority is not None:
        return route.priority
    start, width = _BANDS[min(specificity(path) for path in route.paths)]
    text = "\0".join([route.workload, *sorted(route.paths)])
    return start + int.from_bytes(text.encode(), "big") % width


def check_routes(routes: Sequence[Route], *, field_of: Callable[[str], str]) -> list[Problem]:
    """Everything that is wrong with the routes of one listener; a way out names a free number if one helps.

    field_of: where a workload stands in the file (``functions.inventory``). Two routes that share a path are
    wrong if both are as specific, or if one rule hides the other, unless an explicit priority orders them.
    """
    own = [list(_own_problems(route, field_of(route.workload))) for route in routes]
    problems = [problem for found in own for problem in found]
    if len(routes) > MOST_RULES:
        extra = routes[MOST_RULES]
        rule = f"a load balancer has at most {MOST_RULES} rules, and {len(routes)} workloads have paths"
        out = "a port of its own for some (a load balancer has 50 listeners), or fewer workloads behind it"
        return [*problems, Problem(f"{field_of(extra.workload)}.paths", list(extra.paths), rule, out)]
    rules = [
        Rule(field_of(route.workload), route.paths, rule_priority(route), route.priority is not None)
        for route, found in zip(routes, own, strict=True)
        if not found
    ]
    return problems + conflicts(rules)


def _own_problems(route: Route, owner: str) -> Iterator[Problem]:
    paths = list(route.paths)
    if not 1 <= len(paths) <= MOST_VALUES:
        rule = f"a rule has 1 to {MOST_VALUES} paths, this one {len(paths)}"
        yield Problem(f"{owner}.paths", paths, rule, 'a wildcard that covers several, such as "/api/*"')
    elif (count := sum(map(wildcards, paths))) > MOST_WILDCARDS:
        rule = f"the paths of a rule have at most {MOST_WILDCARDS} wildcards together, these {count}"
        yield Problem(f"{owner}.paths", paths, rule, "one * in place of what follows the first wildcard")
    for index, path in enumerate(paths):
        if path in paths[:index]:
            yield Problem(f"{owner}.paths[{index}]", path, "each path once", "remove it")
        elif wrong := syntax_problem(path):
            yield Problem(f"{owner}.paths[{index}]", path, *wrong)
    if route.priority is not None and not 1 <= route.priority <= LAST_PRIORITY:
        rule = f"a priority is 1 to {LAST_PRIORITY}"
        yield Problem(f"{owner}.priority", route.priority, rule, "leave it out: the most specific path wins")
