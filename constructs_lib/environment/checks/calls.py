"""Who calls whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.problem_words import did_you_mean, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Caller, Workload

_MOST_SUGGESTIONS = 20  # looking for near misses is the one step that is not linear


def check_calls(draft: Draft) -> Iterator[Problem]:
    """Every callee exists, is internal, is not the caller itself, and is named once."""
    environment = draft.environment
    yield from _callers_apart(draft)
    suggestions = 0
    tables: dict[str, Mapping[str, Workload | Caller]] = {
        "functions": environment.functions,
        "services": environment.services,
        "callers": environment.callers,
    }
    for table, callers in tables.items():
        for name, caller in callers.items():
            for position, callee in enumerate(caller.calls):
                field = field_path(table, name, "calls", position)
                if callee in environment.workloads:
                    yield from _callee_problems(draft, field, name, callee)
                elif not any(draft.unknown(each, callee) for each in ("functions", "services")):
                    suggestions += 1
                    yield _unknown_callee(draft, field, callee, suggest=suggestions <= _MOST_SUGGESTIONS)
            yield from _repeated(field_path(table, name, "calls"), caller.calls)


def _callers_apart(draft: Draft) -> Iterator[Problem]:
    """One security group is one caller: two would be the same rule twice, which AWS refuses."""
    seen: dict[str, str] = {}
    for name, caller in draft.environment.callers.items():
        group, field = caller.security_group_id, field_path("callers", name, "security_group_id")
        if draft.unknown("callers", name, "security_group_id"):
            continue
        if group in seen:
            rule = f"is the security group of {quoted(seen[group])} too, and AWS refuses the same rule twice"
            yield Problem(field, group, rule, "write one caller with the calls of both")
        seen.setdefault(group, name)


def _callee_problems(draft: Draft, field: str, caller: str, callee: str) -> Iterator[Problem]:
    environment = draft.environment
    exposure = environment.workloads[callee].exposure
    if callee == caller and caller not in environment.callers:
        yield Problem(field, callee, "a workload does not call itself through the load balancer", "remove it")
    elif exposure != "internal" and not draft.unknown(*environment.place_of(callee), "exposure"):
        rule = (
            f'calls go through the internal load balancer, and {quoted(callee)} has exposure = "{exposure}"'
        )
        table = field_path(*environment.place_of(callee))
        way_out = f'write exposure = "internal" in [{table}], or do not call it'
        yield Problem(field, callee, rule, way_out)


def _unknown_callee(draft: Draft, field: str, callee: str, *, suggest: bool) -> Problem:
    environment = draft.environment
    if callee in environment.callers:
        rule, way_out = (
            "is a caller: it exists outside of this file and nothing can call it",
            "name a function or a service",
        )
        return Problem(field, callee, rule, way_out)
    hint = did_you_mean(callee, environment.workloads) if suggest else ""
    internal = [quoted(name) for name in environment.exposed("internal")]
    names = f"internal workloads: {listed(internal)}" if internal else "there is no internal workload"
    return Problem(field, callee, "there is no workload of this name", f"{hint}{names}")


def _repeated(field: str, calls: Sequence[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, callee in enumerate(calls):
        if callee in seen:
            yield Problem(f"{field}[{position}]", callee, "is named twice", "name each callee once")
        seen.add(callee)
