"""The names of workloads and callers, and of what they may reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.errors import Problem
from constructs_lib.problem_words import field_path, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from constructs_lib.environment.reading.draft import Draft

LONGEST_NAME = 40
# Our own resources have these names (docs/identity.md); "internet" is everybody, in rules and in the proof;
# the constructs library takes every id but "constructor".
RESERVED_NAMES = frozenset(
    {"internal", "public", "network", "endpoints", "endpoint-clients", "state", "internet", "constructor"}
)
_NAME = re.compile(forms.NAME.pattern[:-1] + r"\Z")


def check_names(draft: Draft) -> Iterator[Problem]:
    """Names by their form, their length, and as the identity of what is made for them."""
    environment = draft.environment
    tables: dict[str, Mapping[str, Any]] = {
        "functions": environment.functions,
        "services": environment.services,
        "callers": environment.callers,
        "repositories": environment.repositories,
    }
    for table, names in tables.items():
        for name in names:
            reserved = RESERVED_NAMES if table != "repositories" else frozenset[str]()
            yield from name_problems(field_path(table, name), name, reserved)
    yield from _roles(draft)
    for table, others in (("services", ("functions",)), ("callers", ("functions", "services"))):
        for other in others:
            for name in (name for name in tables[table] if name in tables[other]):
                rule = f"is the name of a workload of this file too ({field_path(other, name)})"
                yield Problem(field_path(table, name), name, rule, "give one of the two another name")
    for name, workload in environment.workloads.items():
        for target in workload.egress:
            yield from name_problems(
                field_path(*environment.place_of(name), "egress", target), target, RESERVED_NAMES
            )


def _roles(draft: Draft) -> Iterator[Problem]:
    """Roles are named after workloads, and so is the role by which ECS starts a service."""
    environment = draft.environment
    others = {f"{name}-execution": f"by which ECS starts {quoted(name)}" for name in environment.services}
    if environment.network.flow_logs:
        others["flow-logs"] = "by which flow logs are written"
    for name in sorted(others.keys() & environment.workloads.keys()):
        rule = f"its role would have the name of the role {others[name]}"
        yield Problem(field_path(*environment.place_of(name)), name, rule, "choose another name")


def name_problems(field: str, name: str, reserved: frozenset[str]) -> Iterator[Problem]:
    """What is wrong with a name that the user gives."""
    if not _NAME.match(name):
        yield Problem(field, name, f"a name {forms.NAME.rule}", _repaired(name))
    elif len(name) > LONGEST_NAME:
        rule = f"a name has at most {LONGEST_NAME} characters, this one has {len(name)}"
        yield Problem(field, name, rule, "choose a shorter one")
    elif name in reserved:
        yield Problem(
            field,
            name,
            "is the name of something that is made for you",
            f"choose another, like {quoted(name + '-api')}",
        )


def _repaired(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name)
    plain = "-".join(re.findall(r"[a-z0-9]+", words.lower())).lstrip("0123456789-")[:LONGEST_NAME].rstrip("-")
    return f"write {quoted(plain)}" if plain else f"choose a name like {quoted('inventory')}"
