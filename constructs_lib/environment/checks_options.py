"""Options of functions: concurrency, permissions, keys, health checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.compute.policies import check_policy_size, check_statements, policy_of, read_policy
from constructs_lib.errors import ConfigError, Problem

from .checks_identity import region_of
from .problems import field_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .draft import Draft
    from .model import Function

# What every function's role is granted, in characters without white space, with room for long names.
_OWN_POLICY = {"_": "x" * 1_500}
_MOST_PATH_CHARACTERS = 1024


def check_function_options(draft: Draft, name: str, function: Function) -> Iterator[Problem]:
    """What one option asks of another, of the region, or of a file."""
    table = ("functions", name)
    yield from _check_concurrency(field_path(*table, "provisioned_concurrency"), function)
    arns = [("kms_key_arn", function.kms_key_arn), *(("layers", layer) for layer in function.layers)]
    for key, arn in arns:
        if arn and region_of(arn) != draft.environment.region and not draft.unknown("region"):
            rule = f"lies in {region_of(arn)}, and the function runs in {draft.environment.region}"
            yield Problem(field_path(*table, key), arn, rule, "name one of the function's region")
    if function.health_check_path is not None:
        field = field_path(*table, "health_check_path")
        yield from health_check_problems(field, function.health_check_path)
        if function.exposure == "none" and not draft.unknown(*table, "exposure"):
            rule = 'is requested by a load balancer, and the exposure is "none"'
            yield Problem(field, function.health_check_path, rule, "remove it")
    if function.policies and not draft.unknown(*table, "policies"):
        yield from _check_policies(field_path(*table, "policies"), function.policies, draft.project_root)


def health_check_problems(field: str, path: str) -> Iterator[Problem]:
    """What is wrong with the path of a health check.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
    """
    if not path.startswith("/") or any(character.isspace() for character in path):
        yield Problem(field, path, "a path begins with / and has no blanks in it", 'write it like "/health"')
    elif len(path) > _MOST_PATH_CHARACTERS:
        rule = f"a path has at most {_MOST_PATH_CHARACTERS} characters, this one has {len(path)}"
        yield Problem(field, path, rule, "choose a shorter one")


def statements_of(policy: str | dict[str, Any], *, field: str, project_root: Path) -> list[dict[str, Any]]:
    """The statements of one entry of ``policies``: those of a policy file, or the table itself.

    Raises:
        ConfigError: the file cannot be read, is no policy, or lies outside of the project.
    """
    if isinstance(policy, dict):
        return [policy]
    if Path(policy).is_absolute() or ".." in Path(policy).parts:
        rule = "a policy file lies inside the project, relative to the folder of main.py"
        raise ConfigError([Problem(field, policy, rule, "move it into the project")])
    found = read_policy(project_root / policy, field=field)["Statement"]
    return found if isinstance(found, list) else [found]


def _check_concurrency(field: str, function: Function) -> Iterator[Problem]:
    provisioned, reserved = function.provisioned_concurrency, function.reserved_concurrency
    if provisioned is not None and reserved is not None and provisioned > reserved:
        rule = f"is more than reserved_concurrency = {reserved} lets run at a time"
        yield Problem(field, provisioned, rule, f"write at most {reserved}, or reserve more")


def _check_policies(field: str, policies: Sequence[str | dict[str, Any]], root: Path) -> Iterator[Problem]:
    statements: list[Any] = []
    for position, policy in enumerate(policies):
        where = f"{field}[{position}]"
        try:
            statements += statements_of(policy, field=where, project_root=root)
        except ConfigError as error:
            yield from error.problems
            continue
        if isinstance(policy, dict):
            for problem in check_statements([policy], field=where):
                own = problem.field.replace(f"{where}[0]", where)
                yield Problem(own, problem.value, problem.rule, problem.way_out)
    if statements:
        yield from check_policy_size([policy_of(statements), _OWN_POLICY], field=field)
