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
from constructs_lib.load_balancing.routing.hosts import host_problem
from constructs_lib.load_balancing.routing.patterns import syntax_problem, wildcards
from constructs_lib.load_balancing.routing.priorities import derived_priority


@dataclass(frozen=True)
class Route:
    """One rule: requests for any of ``paths`` of any of ``hosts`` go to ``workload``.

    No paths: all of the hosts. No hosts: of every one. priority: its number, if not derived.
    """

    workload: str
    paths: tuple[str, ...]
    priority: int | None = None
    hosts: tuple[str, ...] = ()


def rule_priority(route: Route) -> int:
    """The rule's priority: the explicit one, else the derived one."""
    if route.priority is not None:
        return route.priority
    return derived_priority(route.workload, route.paths, route.hosts)


def check_routes(
    routes: Sequence[Route],
    *,
    field_of: Callable[[str], str],
    most: int = RULES_PER_LOAD_BALANCER,
    balancer: str = "",
) -> list[Problem]:
    """Everything that is wrong with the routes of one listener; a way out names a free number if one helps.

    field_of: where a workload stands in the file (``functions.inventory``). Two routes that share a
    path of a host are wrong if both are as specific, or if one rule hides the other, unless an explicit
    priority orders them.
    most: rules that AWS grants a load balancer. balancer: its Terraform address.
    """
    own = [list(route_problems(route, field_of(route.workload))) for route in routes]
    problems = [problem for found in own for problem in found]
    if len(routes) > most:
        extra, has = routes[most], "hosts or paths" if any(route.hosts for route in routes) else "paths"
        rule = f"a load balancer has at most {most} rules, and {len(routes)} workloads have {has}"
        listeners = f"a load balancer has {LISTENERS_PER_LOAD_BALANCER} listeners"
        out = f"a port of its own for some ({listeners}), or fewer workloads behind it"
        key, value = ("paths", extra.paths) if extra.paths else ("hosts", extra.hosts)
        where = f"{field_of(extra.workload)}.{key}"
        return [*problems, Problem(where, list(value), rule, out, "alb-listener-rules", (balancer,))]
    rules = [
        Rule(
            field_of(route.workload),
            route.paths,
            rule_priority(route),
            route.priority is not None,
            route.hosts,
        )
        for route, found in zip(routes, own, strict=True)
        if not found
    ]
    return problems + conflicts(rules)


def route_problems(route: Route, owner: str) -> Iterator[Problem]:
    """Everything that is wrong with a route by itself. owner: where its workload stands in the file."""
    yield from _count_problems(route, owner)
    for key, values, problem_of in (
        ("paths", route.paths, syntax_problem),
        ("hosts", [host.lower() for host in route.hosts], host_problem),
    ):
        for index, value in enumerate(values):
            if value in values[:index]:
                yield Problem(f"{owner}.{key}[{index}]", value, f"each {key[:-1]} once", "remove it")
            elif wrong := problem_of(value):
                yield Problem(f"{owner}.{key}[{index}]", value, *wrong)
    if route.priority is not None and not RULE_PRIORITY.hold(route.priority):
        rule = f"a priority is {RULE_PRIORITY}"
        yield Problem(f"{owner}.priority", route.priority, rule, "leave it out: the most specific path wins")


def _count_problems(route: Route, owner: str) -> Iterator[Problem]:
    hosts, paths = list(route.hosts), list(route.paths)
    if hosts and not len(hosts) + len(paths) <= VALUES_PER_RULE:
        rule = (
            f"a rule has at most {VALUES_PER_RULE} values, hosts and paths together, and these are "
            f"{len(hosts)} hosts and {len(paths)} paths"
        )
        yield Problem(f"{owner}.hosts", hosts, rule, _split(hosts, paths))
    elif not hosts and not 1 <= len(paths) <= VALUES_PER_RULE:
        rule = f"a rule has 1 to {VALUES_PER_RULE} paths, this one {len(paths)}"
        yield Problem(f"{owner}.paths", paths, rule, 'a wildcard that covers several, such as "/api/*"')
    elif (count := sum(map(wildcards, [*hosts, *paths]))) > WILDCARDS_PER_RULE:
        what = "hosts and paths" if hosts else "paths"
        rule = f"the {what} of a rule have at most {WILDCARDS_PER_RULE} wildcards together, these {count}"
        key, value = ("paths", paths) if paths else ("hosts", hosts)
        yield Problem(f"{owner}.{key}", value, rule, "one * in place of what follows the first wildcard")


def _split(hosts: list[str], paths: list[str]) -> str:
    """How the hosts of one rule become those of several that have the same paths."""
    room = VALUES_PER_RULE - len(paths)
    if room < 1:
        room = 1
        fewer = f"at most {VALUES_PER_RULE - 1} paths, such as one that covers several, and "
    else:
        fewer = ""
    first, *others = [hosts[start : start + room] for start in range(0, len(hosts), room)]
    if not others:
        return f"{fewer}hosts = {_toml(first)}"
    same = " with the same paths" if paths else ""
    rest = " and ".join(f"hosts = {_toml(group)}" for group in others)
    return (
        f"split them: {fewer}hosts = {_toml(first)} here, {rest}{same} in another workload of the same "
        'code; or a wildcard that covers several, such as "*.example.com"'
    )


def _toml(values: list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"
