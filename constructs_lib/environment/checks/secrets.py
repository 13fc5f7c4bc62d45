"""Secrets in variables and tags: they would stand in the Terraform JSON, and in the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.tables.waiver import accepting
from constructs_lib.errors import Problem
from constructs_lib.problem_words import Excerpt, field_path
from constructs_lib.secrets import masked, secret_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment

RULE = "secret-variable"
_KINDS = {"functions": "aws_lambda_function", "services": "aws_ecs_task_definition"}


def check_secrets(draft: Draft) -> Iterator[Problem]:
    """Every variable of a workload, and every tag."""
    environment = draft.environment
    for section, kind in _KINDS.items():
        for name, workload in getattr(environment, section).items():
            way_out = f"name its ARN in {field_path(section, name, 'secrets')}"
            for variable, value in workload.environment.items():
                field = field_path(section, name, "environment", variable)
                yield from _look(field, variable, value, way_out, f"{kind}.{name}.environment.{variable}")
    for tag, value in environment.tags.items():
        yield from _look(field_path("tags", tag), tag, value, "take it out of the tags", f"tags.{tag}")


def accepted_values(environment: Environment) -> frozenset[str]:
    """Give the values of variables and tags that waivers of the file say are no secrets."""
    found = {f"tags.{tag}": value for tag, value in environment.tags.items()}
    for section, kind in _KINDS.items():
        for name, workload in getattr(environment, section).items():
            found |= {f"{kind}.{name}.environment.{k}": value for k, value in workload.environment.items()}
    return frozenset(value for at, value in found.items() if accepting(environment.waivers, RULE, at))


def _look(field: str, name: str, value: str, way_out: str, address: str) -> Iterator[Problem]:
    if kind := secret_in(name, value):
        rule = f"looks like {kind}, and would stand in the Terraform JSON and in the state"
        waived = f'if it is none, waive the rule "{RULE}" at "{address}" with the reason'
        yield Problem(field, Excerpt(masked(value)), rule, f"{way_out}; {waived}", RULE, (address,))
