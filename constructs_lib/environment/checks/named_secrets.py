"""Secrets by ARN: ECS reads those of a service, a function's code reads its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.service_start import reachable_services
from constructs_lib.environment.tables.workloads import Function
from constructs_lib.errors import Problem
from constructs_lib.figures.ids import region_of_arn
from constructs_lib.figures.internet import HTTPS
from constructs_lib.names import secret_arn_variable
from constructs_lib.problem_words import Excerpt, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Service

_PARTS = 7
"""An ARN of Secrets Manager has so many parts; ECS takes a key of its JSON and a version behind them."""


def check_named_secrets(
    draft: Draft, section: str, name: str, workload: Function | Service
) -> Iterator[Problem]:
    """Each secret lies in the region, and its variable has one value; a function can reach it."""
    table = (section, name, "secrets")
    if draft.unknown(*table):
        return
    is_function = isinstance(workload, Function)
    set_ = {secret_arn_variable(one) if is_function else one for one in workload.secrets}
    both = [variable for variable in workload.environment if variable in set_]
    if both and not draft.unknown(section, name, "environment"):
        rule = "is in environment too, and a variable has one value"
        yield Problem(field_path(*table), Excerpt(listed(both)), rule, "keep each in one of the two")
    for variable, arn in workload.secrets.items():
        field = field_path(*table, variable)
        if region_of_arn(arn) != draft.environment.region and not draft.unknown("region"):
            kind = "function" if is_function else "service"
            rule = f"lies in {region_of_arn(arn)}, and the {kind} runs in {draft.environment.region}"
            yield Problem(field, arn, rule, f"name one of the {kind}'s region")
        if is_function and ":secretsmanager:" in arn and arn.count(":") >= _PARTS:
            rule = "names a key or a version, which only ECS takes: a function's code reads the whole secret"
            yield Problem(field, arn, rule, "end it with the secret's name and suffix")
    if isinstance(workload, Function) and not draft.unknown("network"):
        yield from _check_way(draft, name, workload)


def _check_way(draft: Draft, name: str, function: Function) -> Iterator[Problem]:
    """Code reads its secrets through the function's own network interface."""
    there = reachable_services(draft.environment)
    if function.internet or any(egress.port == HTTPS for egress in function.egress.values()):
        return
    needed = {"ssm" if ":ssm:" in arn else "secretsmanager" for arn in function.secrets.values()}
    for service in sorted(needed - there):
        rule = f"its code reads them, and it reaches neither an endpoint {quoted(service)} nor the internet"
        way_out = f'add "{service}" to interface in [network.endpoints], or write internet = true with NAT'
        field = field_path("functions", name, "secrets")
        yield Problem(field, Excerpt(listed(function.secrets)), rule, way_out)
