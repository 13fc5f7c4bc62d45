"""ECS services: their image, size, number, and what they need of the network to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.compute.fargate_sizes import check_fargate_size
from constructs_lib.compute.images import check_image
from constructs_lib.errors import Problem

from .checks_egress import check_egress
from .checks_functions import check_log_retention, check_variables
from .checks_identity import region_of
from .checks_options import health_check_problems
from .problems import Excerpt, field_path, listed, quoted
from .start import missing_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .draft import Draft
    from .model import Service


def check_services(draft: Draft) -> Iterator[Problem]:
    """Every service by itself; what workloads are to each other is checked elsewhere."""
    for name, service in draft.environment.services.items():
        yield from _check_service(draft, name, service)


def _check_service(draft: Draft, name: str, service: Service) -> Iterator[Problem]:
    table = ("services", name)
    if not draft.unknown(*table, "image") and not draft.unknown("region"):
        field, region = field_path(*table, "image"), draft.environment.region
        yield from check_image(service.image, field=field, region=region, runs_on="fargate")
        yield from _check_start(draft, field, service)
    if not draft.any_unknown(table, "cpu", "memory_mb"):
        yield from check_fargate_size(service.cpu, service.memory_mb, field=field_path(*table))
    yield from health_check_problems(field_path(*table, "health_check_path"), service.health_check_path)
    if not draft.any_unknown(table, "autoscaling", "desired_count", "exposure"):
        yield from _check_autoscaling(field_path(*table, "autoscaling"), service)
    yield from check_variables(draft, name, service)
    if not draft.unknown(*table, "secrets"):
        yield from _check_secrets(draft, name, service)
    yield from check_egress(draft, name, service)
    yield from check_log_retention(draft, name, service)


def _check_start(draft: Draft, field: str, service: Service) -> Iterator[Problem]:
    """A task reaches its registry, its logs and its secrets through its own network interface.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    """
    if draft.environment.network.has_nat or draft.unknown("network"):
        return
    missing = missing_for(draft.environment, service)
    if "internet" in missing:
        rule = f"it {missing.pop('internet')}, and there is no NAT gateway"
        way_out = 'write nat = "single" in [network], or copy the image to ECR in this region'
        yield Problem(field, service.image, rule, way_out)
    for endpoint, reason in missing.items():
        kind = "gateway" if endpoint == "s3" else "interface"
        rule = f"it {reason}, and the network has neither an endpoint {quoted(endpoint)} nor a NAT gateway"
        way_out = f'add "{endpoint}" to {kind} in [network.endpoints], or write nat = "single" in [network]'
        yield Problem(field, service.image, rule, way_out)


def _check_autoscaling(field: str, service: Service) -> Iterator[Problem]:
    scaling = service.autoscaling
    if scaling is None:
        return
    fewest, most = scaling.min_count, scaling.max_count
    if fewest > most:
        yield Problem(
            f"{field}.min_count", fewest, f"is more than max_count = {most}", f"write at most {most}"
        )
    elif not fewest <= service.desired_count <= most:
        rule = f"desired_count = {service.desired_count} is outside of {fewest} to {most}"
        yield Problem(field, Excerpt(f"{fewest} to {most}"), rule, "write a desired_count in between")
    if scaling.cpu_percent is None and scaling.requests_per_target is None:
        yield Problem(field, Excerpt("no goal"), "needs a goal", "write cpu_percent = 60")
    if scaling.requests_per_target is not None and service.exposure == "none":
        rule = 'counts the requests of a load balancer, and the exposure is "none"'
        value = scaling.requests_per_target
        yield Problem(f"{field}.requests_per_target", value, rule, "write cpu_percent instead")


def _check_secrets(draft: Draft, name: str, service: Service) -> Iterator[Problem]:
    table = ("services", name, "secrets")
    both = [variable for variable in service.secrets if variable in service.environment]
    if both:
        rule = "is in environment too"
        yield Problem(field_path(*table), Excerpt(listed(both)), rule, "keep each in one of the two")
    for variable, arn in service.secrets.items():
        if region_of(arn) != draft.environment.region and not draft.unknown("region"):
            rule = f"lies in {region_of(arn)}, and the service runs in {draft.environment.region}"
            yield Problem(field_path(*table, variable), arn, rule, "name one of the service's region")
