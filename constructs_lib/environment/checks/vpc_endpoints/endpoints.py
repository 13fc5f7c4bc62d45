"""VPC endpoints: known names, each once, gateway where AWS has gateways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.checks.quotas import with_raise
from constructs_lib.errors import Problem
from constructs_lib.figures.endpoint_services import (
    GATEWAY_SERVICES,
    endpoint_service_name,
    endpoint_short_name,
    is_service_name,
    service_name_region,
)
from constructs_lib.problem_words import Excerpt, did_you_mean, listed

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
    yield from _check_number(draft)
    yield from _check_clients(draft)


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


def _check_number(draft: Draft) -> Iterator[Problem]:
    """As many interface endpoints as AWS grants a VPC, those that it has already among them."""
    environment = draft.environment
    made = environment.new_interface_endpoints
    there = sum(found.security_group_id is not None for found in environment.existing_endpoints.values())
    most = environment.quotas.interface_endpoints
    if not made or len(made) + there <= most:
        return
    existing = environment.network.existing
    beside = f" beside the {there} of [network.existing.endpoints]" if there else ""
    rule = f"has {len(made)} endpoints{beside}; AWS allows {most} in a VPC"
    written = environment.network.endpoints.interface
    asked, address = "interface-endpoints", existing.vpc_id if existing else "aws_vpc.network"
    way_out = with_raise("keep those that workloads use", asked, len(made) + there)
    yield Problem(f"{_TABLE}.interface", written, rule, way_out, asked, (address,))


def _check_clients(draft: Draft) -> Iterator[Problem]:
    """The one group that every workload carries leads to the group of each endpoint and to each list."""
    environment = draft.environment
    if draft.any_unknown(("network",), "existing", "endpoints"):
        return
    there = environment.existing_endpoints
    groups = {found.security_group_id for found in there.values() if found.security_group_id}
    made, region = environment.network.endpoints.gateway, environment.region
    gateways = {endpoint_short_name(name, region) for name in made}
    gateways |= {name for name, found in there.items() if found.gateway_endpoint_id}
    own = bool(environment.new_interface_endpoints)
    rules, most = len(groups) + len(gateways) + own, environment.quotas.security_group_rules
    if rules > most:
        rule = (
            f"the security group that workloads carry to reach endpoints would have {rules} outbound rules "
            f"({len(groups)} groups of existing endpoints, {len(gateways)} gateway endpoints"
            f"{', the group of new ones' if own else ''}); AWS allows {most}"
        )
        asked = "security-group-rules"
        way_out = with_raise("declare those that workloads use", asked, rules)
        value = Excerpt(f"{rules} outbound rules")
        address = "aws_security_group.endpoint_clients"
        yield Problem("network.existing.endpoints", value, rule, way_out, asked, (address,))
