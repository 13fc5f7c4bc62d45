"""The rules of one listener: how they get along, each at its priority."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from constructs_lib.errors import Problem
from constructs_lib.figures.load_balancer import (
    LISTENERS_PER_LOAD_BALANCER,
    RULE_PRIORITY,
    RULES_PER_LOAD_BALANCER,
    VALUES_PER_RULE,
    WILDCARDS_PER_RULE,
)
from constructs_lib.load_balancing.routing.conflicts import Rule, conflicts
from constructs_lib.load_balancing.routing.patterns import syntax_problem, wildcards
from constructs_lib.load_balancing.routing.priorities import derived_priority


@dataclass(frozen=True)
class Route:
    """One rule: requests for any of ``paths`` go to ``workload``. priority: its number, if not derived."""

    workload: str
    paths: tuple[str, ...]
    priority: int | None = None


def rule_priority(route: Route) -> int:
    """The rule's priority: the explicit one, else the derived one."""
    if route.priority is not None:
        return route.priority
    return derived_priority(route.workload, route.paths)


def check_routes(
    routes: Sequence[Route],
    *,
    field_of: Callable[[str], str],
    most: int = RULES_PER_LOAD_BALANCER,
    balancer: str = "",
) -> list[Problem]:
    """Everything that is wrong with the routes of one listener; a way out names a free number if one helps.

    field_of: where a workload stands in the file (``functions.inventory``). Two routes that share a path are
    wrong if both are as specific, or if one rule hides the other, unless an explicit priority orders them.
    most: rules that AWS grants a load balancer. balancer: its Terraform address.
    """
    own = [list(_own_problems(route, field_of(route.workload))) for route in routes]
    problems = [problem for found in own for problem in found]
    if len(routes) > most:
        extra = routes[most]
        rule = f"a load balancer has at most {most} rules, and {len(routes)} workloads have paths"
        listeners = f"a load balancer has {LISTENERS_PER_LOAD_BALANCER} listeners"
        out = f"a port of its own for some ({listeners}), or fewer workloads behind it"
        where = f"{field_of(extra.workload)}.paths"
        return [*problems, Problem(where, list(extra.paths), rule, out, "alb-listener-rules", (balancer,))]
    rules = [
        Rule(field_of(route.workload), route.paths, rule_priority(route), route.priority is not None)
        for route, found in zip(routes, own, strict=True)
        if not found
    ]
    return problems + conflicts(rules)


def _own_problems(route: Route, owner: str) -> Iterator[Problem]:
    paths = list(route.paths)
    if not 1 <= len(paths) <= VALUES_PER_RULE:
        rule = f"a rule has 1 to {VALUES_PER_RULE} paths, this one {len(paths)}"
        yield Problem(f"{owner}.paths", paths, rule, 'a wildcard that covers several, such as "/api/*"')
    elif (count := sum(map(wildcards, paths))) > WILDCARDS_PER_RULE:
        rule = f"the paths of a rule have at most {WILDCARDS_PER_RULE} wildcards together, these {count}"
        yield Problem(f"{owner}.paths", paths, rule, "one * in place of what follows the first wildcard")
    for index, path in enumerate(paths):
        if path in paths[:index]:
            yield Problem(f"{owner}.paths[{index}]", path, "each path once", "remove it")
        elif wrong := syntax_problem(path):
            yield Problem(f"{owner}.paths[{index}]", path, *wrong)
    if route.priority is not None and not RULE_PRIORITY.hold(route.priority):
        rule = f"a priority is {RULE_PRIORITY}"
        yield Problem(f"{owner}.priority", route.priority, rule, "leave it out: the most specific path wins")
