"""The policies that constructs are given in Python; statements may refer to what is known only later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib.bindings import has_token
from constructs_lib.compute.policies import check_statements, read_policy
from constructs_lib.errors import ConfigError, Problem

Policy = str | Path | Mapping[str, Any]
"""A file of IAM JSON, relative to the current folder, or a statement."""


def known_problems(policies: Sequence[Policy], *, field: str) -> Iterator[Problem]:
    """What is wrong with files, and with those statements that hold no reference; each by itself."""
    for position, policy in enumerate(policies):
        where = f"{field}[{position}]"
        if isinstance(policy, str | Path):
            try:
                read_policy(Path(policy), field=where)
            except ConfigError as error:
                yield from error.problems
        elif not has_token(json.dumps(policy, default=str)):
            for problem in check_statements([policy], field=field):
                found = problem.field.replace(f"{field}[0]", where)
                yield Problem(found, problem.value, problem.rule, problem.way_out)


def statements_of(policies: Sequence[Policy], *, field: str) -> list[Mapping[str, Any]]:
    """The statements of policies, in their order.

    Raises:
        ConfigError: a file cannot be read, or is no policy.
    """
    found: list[Mapping[str, Any]] = []
    for policy in policies:
        if isinstance(policy, str | Path):
            statements = read_policy(Path(policy), field=field)["Statement"]
            found += statements if isinstance(statements, list) else [statements]
        else:
            found.append(policy)
    return found
