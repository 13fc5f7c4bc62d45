"""What an ECS service reaches before it runs, and whether the network has a way there without NAT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.compute.images import egress_needs, parse_image
from constructs_lib.figures.endpoint_services import endpoint_short_name

if TYPE_CHECKING:
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.workloads import Service


def missing_for(environment: Environment, service: Service) -> dict[str, str]:
    """What the service reaches through NAT only, each with the reason: ``internet`` or an AWS service."""
    if parse_image(service.image) is None:
        return {}
    secrets = sorted(service.secrets.values())
    needs = egress_needs(service.image, region=environment.region, secrets=secrets)
    there = reachable_services(environment)
    missing = {name: reason for name, reason in needs.endpoints.items() if name not in there}
    return {**({"internet": needs.reason} if needs.internet else {}), **missing}


def starts_through_nat(environment: Environment, workload_name: str) -> bool:
    """Whether it is a service whose image, logs or secrets lie behind NAT: 443 is opened to it."""
    service = environment.services.get(workload_name)
    return service is not None and bool(missing_for(environment, service))


def reaches_internet(environment: Environment, workload_name: str) -> bool:
    """Whether a workload is let out to port 443 anywhere: because it says so, or because it has to start."""
    own = environment.workloads[workload_name].internet
    return own or starts_through_nat(environment, workload_name)


def reachable_services(environment: Environment) -> set[str]:
    """The short names of the AWS services that the network has an endpoint for."""
    endpoints = environment.network.endpoints
    named = [*endpoints.interface, *endpoints.gateway]
    there = {endpoint_short_name(name, environment.region) for name in named}
    return there | {*environment.existing_endpoints}
