"""ECS services: their image, size, number, and what they need of the network to start."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from constructs_lib.compute.images import check_image
from constructs_lib.environment.checks.egress import check_egress
from constructs_lib.environment.checks.functions import check_log_retention, check_variables
from constructs_lib.environment.checks.named_secrets import check_named_secrets
from constructs_lib.environment.checks.options import check_health_check
from constructs_lib.environment.checks.policies import check_policies
from constructs_lib.environment.service_start import missing_for
from constructs_lib.errors import Problem
from constructs_lib.figures.containers.ecs import TASK_DEFINITION_BYTES
from constructs_lib.figures.containers.fargate_sizes import check_fargate_size
from constructs_lib.figures.endpoint_services import GATEWAY_SERVICES
from constructs_lib.option_checks import scaling_bounds, scaling_goal
from constructs_lib.problem_words import Excerpt, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Service

_SECRET_SERVICES = ("secretsmanager", "ssm")


def check_services(draft: Draft) -> Iterator[Problem]:
    """Every service by itself; what workloads are to each other is checked elsewhere."""
    for name, service in draft.environment.services.items():
        yield from _check_service(draft, name, service)


def _check_service(draft: Draft, name: str, service: Service) -> Iterator[Problem]:
    table = ("services", name)
    if not draft.unknown(*table, "image") and not draft.unknown("region"):
        field, region = field_path(*table, "image"), draft.environment.region
        yield from check_image(service.image, field=field, region=region, runs_on="fargate")
        yield from _check_start(draft, name, service)
    if not draft.any_unknown(table, "cpu", "memory_mb"):
        yield from check_fargate_size(service.cpu, service.memory_mb, field=field_path(*table))
    yield from check_health_check(draft, name, service, service.health_check_path)
    if not draft.any_unknown(table, "autoscaling", "desired_count", "exposure"):
        yield from _check_autoscaling(field_path(*table, "autoscaling"), service)
    yield from check_variables(draft, name, service)
    yield from _check_size_of_variables(field_path(*table, "environment"), service)
    yield from check_named_secrets(draft, "services", name, service)
    if service.policies and not draft.unknown(*table, "policies"):
        yield from check_policies(draft, name, service)
    yield from check_egress(draft, name, service)
    yield from check_log_retention(draft, name, service)


def _check_start(draft: Draft, name: str, service: Service) -> Iterator[Problem]:
    """A task reaches its registry, its logs and its secrets through its own network interface.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    """
    if draft.environment.network.has_nat or draft.unknown("network"):
        return
    field = field_path("services", name, "image")
    missing = missing_for(draft.environment, service)
    if "internet" in missing:
        rule = f"it {missing.pop('internet')}, and there is no NAT gateway"
        way_out = f"write nat and nat_zone, or copy the image to ECR in {draft.environment.region}"
        yield Problem(field, service.image, rule, way_out)
    for endpoint, reason in missing.items():
        kind = "gateway" if endpoint in GATEWAY_SERVICES else "interface"
        rule = f"it {reason}, and the network has neither an endpoint {quoted(endpoint)} nor a NAT gateway"
        way_out = f'add "{endpoint}" to {kind} of [network.endpoints], or write nat and nat_zone'
        if endpoint in _SECRET_SERVICES:
            secrets = field_path("services", name, "secrets")
            yield Problem(secrets, Excerpt(listed(service.secrets)), rule, way_out)
        else:
            yield Problem(field, service.image, rule, way_out)


def _check_autoscaling(field: str, service: Service) -> Iterator[Problem]:
    scaling = service.autoscaling
    if scaling is None:
        return
    fewest, most = scaling.min_count, scaling.max_count
    yield from scaling_bounds(f"{field}.min_count", fewest, most)
    if (
        fewest <= most
        and not fewest <= service.desired_count <= most
        and "desired_count" in service.model_fields_set
    ):
        rule = f"desired_count = {service.desired_count} is outside of {fewest} to {most}"
        yield Problem(
            field, Excerpt(f"{fewest} to {most}"), rule, "write a desired_count in between, or none"
        )
    yield from scaling_goal(field, scaling.cpu_percent, scaling.requests_per_target)
    if scaling.requests_per_target is not None and service.exposure == "none":
        rule = 'counts the requests of a load balancer, and the exposure is "none"'
        value = scaling.requests_per_target
        yield Problem(f"{field}.requests_per_target", value, rule, "write cpu_percent instead")


def _check_size_of_variables(field: str, service: Service) -> Iterator[Problem]:
    """The environment and the secrets alone: the rest of a task definition is far smaller."""
    pairs = [{"name": name, "value": value} for name, value in service.environment.items()]
    pairs += [{"name": name, "valueFrom": arn} for name, arn in service.secrets.items()]
    size = len(json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).encode())
    if size > TASK_DEFINITION_BYTES:
        allowed = f"{TASK_DEFINITION_BYTES} bytes ({TASK_DEFINITION_BYTES // 1024} KB)"
        rule = f"ECS allows {allowed} of a whole task definition"
        way_out = "move long values to a file in the image, SSM Parameter Store or Secrets Manager"
        yield Problem(field, Excerpt(f"{size} bytes"), rule, way_out)
