"""What workloads may do: files of IAM JSON, or statements as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constructs_lib.compute.policies import check_policy_size, check_statements
from constructs_lib.environment.policy_files import statements_of
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.iam import document
from constructs_lib.problem_words import field_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Workload

# What a function's role is granted besides, in characters without white space, with room for long names.
_OWN_POLICY = {"_": "x" * 1_500}


def check_policies(draft: Draft, name: str, workload: Workload) -> Iterator[Problem]:
    """Every policy by itself, and all of them as the one inline policy that they become."""
    field = field_path(*draft.environment.place_of(name), "policies")
    statements: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    found: list[Problem] = []
    for position, policy in enumerate(workload.policies):
        where = f"{field}[{position}]"
        try:
            own = statements_of(policy, field=where, project_root=draft.project_root)
        except ConfigError as error:
            found += error.problems
            continue
        found += _table_problems(policy, where) if isinstance(policy, dict) else ()
        found += _repeated_sids(own, where, seen)
        statements += own
    yield from found
    if statements and not found:
        yield from check_policy_size([document(*statements), _OWN_POLICY], field=field)


def _table_problems(statement: dict[str, Any], where: str) -> Iterator[Problem]:
    for problem in check_statements([statement], field=where):
        own = problem.field.replace(f"{where}[0]", where)
        yield Problem(own, problem.value, problem.rule, problem.way_out)


def _repeated_sids(statements: list[dict[str, Any]], where: str, seen: dict[str, str]) -> Iterator[Problem]:
    """Sids that an earlier entry has already: all entries become one policy."""
    sids = {sid for statement in statements if isinstance(sid := statement.get("Sid"), str)}
    for sid in sorted(sids & seen.keys()):
        rule = f"{seen[sid]} has the same Sid, and each is unique in a policy"
        yield Problem(f"{where}.Sid", sid, rule, "name them differently")
    seen.update(dict.fromkeys(sids - seen.keys(), where))
