"""Options of functions: concurrency, layers, keys, health checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.checks.policies import check_policies
from constructs_lib.errors import Problem
from constructs_lib.figures.ids import region_of_arn
from constructs_lib.option_checks import request_path
from constructs_lib.problem_words import field_path, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Function, Workload

# https://datatracker.ietf.org/doc/html/rfc3986#section-3.3, and a query


def check_function_options(draft: Draft, name: str, function: Function) -> Iterator[Problem]:
    """What one option asks of another, of the region, or of a file."""
    table = ("functions", name)
    yield from _check_concurrency(field_path(*table, "provisioned_concurrency"), function)
    yield from _check_regions(draft, name, function)
    if not draft.unknown(*table, "layers"):
        yield from _check_layers(field_path(*table, "layers"), function)
    yield from check_health_check(draft, name, function, function.health_check_path)
    if function.policies and not draft.unknown(*table, "policies"):
        yield from check_policies(draft, name, function)


def check_health_check(draft: Draft, name: str, workload: Workload, path: str | None) -> Iterator[Problem]:
    """A health check's path, and that there is a load balancer to request it."""
    table = draft.environment.place_of(name)
    if path is None or "health_check_path" not in workload.model_fields_set:
        return
    field = field_path(*table, "health_check_path")
    yield from request_path(field, path)
    if workload.exposure == "none" and not draft.unknown(*table, "exposure"):
        rule = 'is requested by a load balancer, and the exposure is "none"'
        yield Problem(field, path, rule, 'remove it, or write exposure = "internal" or "public"')


def _check_concurrency(field: str, function: Function) -> Iterator[Problem]:
    provisioned, reserved = function.provisioned_concurrency, function.reserved_concurrency
    if provisioned is not None and reserved is not None and provisioned > reserved:
        rule = f"is more than reserved_concurrency = {reserved} lets run at a time"
        way_out = f"write at most {reserved}, or reserve more" if reserved else "remove it, or reserve more"
        yield Problem(field, provisioned, rule, way_out)


def _check_regions(draft: Draft, name: str, function: Function) -> Iterator[Problem]:
    """The key and the layers lie in the function's region, which their ARNs name."""
    if draft.unknown("region"):
        return
    table, region = ("functions", name), draft.environment.region
    arns = [(field_path(*table, "layers", at), layer) for at, layer in enumerate(function.layers)]
    arns += [(field_path(*table, "kms_key_arn"), function.kms_key_arn)] if function.kms_key_arn else []
    for field, arn in arns:
        if region_of_arn(arn) != region:
            rule = f"lies in {region_of_arn(arn)}, and the function runs in {region}"
            yield Problem(field, arn, rule, f"name one of {region}")


def _check_layers(field: str, function: Function) -> Iterator[Problem]:
    """https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html: one version of each layer."""
    seen: dict[str, str] = {}
    for position, arn in enumerate(function.layers):
        layer, _, version = arn.rpartition(":")
        if layer in seen:
            rule = f"Lambda takes one version of a layer, and version {seen[layer]} is named already"
            yield Problem(f"{field}[{position}]", arn, rule, f"keep one version of {quoted(layer)}")
        seen.setdefault(layer, version)
