"""The IAM statements that constructs are given in Python, which may refer to what is known only later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.bindings import has_token
from constructs_lib.compute.policies import check_statements
from constructs_lib.errors import Problem


def known_problems(statements: Sequence[Mapping[str, Any]], *, field: str) -> Iterator[Problem]:
    """What is wrong with those statements that hold no reference; each by itself."""
    for position, statement in enumerate(statements):
        if not has_token(json.dumps(statement, default=str)):
            for problem in check_statements([statement], field=field):
                where = problem.field.replace(f"{field}[0]", f"{field}[{position}]")
                yield Problem(where, problem.value, problem.rule, problem.way_out)
