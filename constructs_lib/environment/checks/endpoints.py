"""VPC endpoints: known names, each once, gateway where AWS has gateways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.figures.endpoint_services import (
    GATEWAY_SERVICES,
    endpoint_service_name,
    endpoint_short_name,
    is_service_name,
    service_name_region,
)
from constructs_lib.figures.vpc import INTERFACE_ENDPOINTS_PER_VPC
from constructs_lib.problem_words import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft

_TABLE = "network.endpoints"


def check_endpoints(draft: Draft) -> Iterator[Problem]:
    """Both lists, and what one needs of the other."""
    endpoints, region = draft.environment.network.endpoints, draft.environment.region
    region_known = not draft.unknown("region")
    yield from _check_names("interface", endpoints.interface, region, region_known=region_known)
    yield from _check_names("gateway", endpoints.gateway, region, region_known=region_known)
    for position, name in enumerate(endpoints.gateway):
        short = endpoint_short_name(name, region)
        if (
            is_service_name(name)
            and short not in GATEWAY_SERVICES
            and service_name_region(name) in (None, region)
        ):
            rule = f"AWS has gateway endpoints for {listed(GATEWAY_SERVICES)} only"
            hint = did_you_mean(short, GATEWAY_SERVICES) or "move it to interface"
            yield Problem(f"{_TABLE}.gateway[{position}]", name, rule, hint.strip())
    yield from _check_s3(draft)
    if len(endpoints.interface) > INTERFACE_ENDPOINTS_PER_VPC:
        rule = f"has {len(endpoints.interface)} endpoints; AWS allows {INTERFACE_ENDPOINTS_PER_VPC} in a VPC"
        yield Problem(f"{_TABLE}.interface", endpoints.interface, rule, "keep those that workloads use")


def _check_names(kind: str, names: list[str], region: str, *, region_known: bool) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for position, name in enumerate(names):
        field = f"{_TABLE}.{kind}[{position}]"
        if not is_service_name(name):
            rule, full = "is not the form of a service's name", endpoint_service_name("logs", region)
            yield Problem(field, name, rule, f'write it like "logs", "ecr.api" or "{full}"')
            continue
        named = service_name_region(name)
        if named and named != region and region_known:
            rule = f"is a service of {named}, but the environment is in {region}"
            yield Problem(field, name, rule, "write the short name alone: the region comes from `region`")
        short = endpoint_short_name(name, region).replace(".", "_")
        if short in seen:
            rule = f"is the same endpoint as {seen[short]!r}: private DNS allows one for each service"
            yield Problem(field, name, rule, "name each service once")
        seen.setdefault(short, name)


def _check_s3(draft: Draft) -> Iterator[Problem]:
    environment = draft.environment
    endpoints, region = environment.network.endpoints, environment.region
    shorts = [endpoint_short_name(name, region) for name in endpoints.interface]
    gateways = [endpoint_short_name(name, region) for name in endpoints.gateway]
    gateways += [name for name, found in environment.existing_endpoints.items() if found.gateway_endpoint_id]
    if draft.unknown("network", "endpoints", "gateway") or draft.unknown("network", "existing", "endpoints"):
        return
    if "s3" in environment.new_interface_endpoints and "s3" not in gateways:
        rule = "an interface endpoint of S3 with private DNS needs S3's gateway endpoint too"
        way_out = 'add "s3" to gateway (it is free), or remove it here'
        yield Problem(f"{_TABLE}.interface[{shorts.index('s3')}]", "s3", rule, way_out)
