"""Endpoints that workloads would need for what they ask for, and those that cost more than a NAT gateway."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from constructs_lib.compute.policy_power import policy_warnings
from constructs_lib.environment.policy_files import statements_of
from constructs_lib.environment.service_start import reachable_services
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.endpoint_services import (
    ENDPOINT_OF_ACTIONS,
    GATEWAY_SERVICES,
    WITHOUT_PRIVATE_DNS,
    endpoint_short_name,
    is_private_service,
)
from constructs_lib.figures.internet import HTTPS
from constructs_lib.figures.prices import HOURS_PER_MONTH, load_prices
from constructs_lib.problem_words import field_path, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from pathlib import Path

    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.workloads import Workload


def endpoint_advice(environment: Environment) -> Iterator[Problem]:
    """Whether interface endpoints cost more each month than the NAT gateway that they replace."""
    network = environment.network
    replaceable = [name for name in environment.new_interface_endpoints if not is_private_service(name)]
    if network.has_nat or not replaceable:
        return
    zones = len(network.availability_zones)
    amounts = load_prices(environment.region).amounts
    endpoints = monthly(amounts.get("endpoint_hour"), len(replaceable) * zones)
    nat = monthly(amounts.get("nat_gateway_hour"), 1), monthly(amounts.get("public_ipv4_hour"), 1)
    if endpoints is None or nat[0] is None or nat[1] is None or endpoints <= nat[0] + nat[1]:
        return
    rule = (
        f"{len(replaceable)} interface endpoints in {zones} zones cost about ${endpoints:.0f} a month "
        f"without traffic, and a single NAT gateway, which leads to the same services, "
        f"${nat[0] + nat[1]:.0f}"
    )
    way_out = (
        'write nat = "single" with its nat_zone in [network] and keep those with much traffic, or keep all: '
        "then nothing has a way to the internet"
    )
    yield Problem("network.endpoints.interface", network.endpoints.interface, rule, way_out)


def own_name_advice(environment: Environment) -> Iterator[Problem]:
    """Which new interface endpoints the names of their services do not lead to."""
    names = environment.network.endpoints.interface
    shorts = [endpoint_short_name(name, environment.region) for name in names]
    for position, short in enumerate(shorts):
        if short in WITHOUT_PRIVATE_DNS and short in environment.new_interface_endpoints:
            rule = "has no private DNS name, so clients reach the endpoint by its own DNS name alone"
            way_out = "give clients the endpoint's URL (AWS_ENDPOINT_URL_<SERVICE>)"
            if short in GATEWAY_SERVICES:
                way_out = (
                    f"name it in gateway instead, where {short} is free and keeps its name, or {way_out}"
                )
            yield Problem(f"network.endpoints.interface[{position}]", names[position], rule, way_out)


def monthly(price: Decimal | None, count: int) -> Decimal | None:
    """What so many things cost in a month at an hourly price; None where that is not known."""
    return None if price is None else price * count * HOURS_PER_MONTH


def permission_advice(environment: Environment, project_root: Path | None) -> Iterator[Problem]:
    """What workloads are allowed to use and cannot reach, and what they are allowed beyond need."""
    there = reachable_services(environment)
    for name, workload in environment.workloads.items():
        beyond: set[str] = there | (set(ENDPOINT_OF_ACTIONS.values()) if _has_way_out(workload) else set())
        for position, policy in enumerate(workload.policies):
            field = field_path(*environment.place_of(name), "policies", position)
            statements = _read(policy, field, project_root)
            yield from _too_much(policy, statements, field)
            for endpoint, action in _services(statements).items():
                if endpoint not in beyond:
                    beyond.add(endpoint)
                    yield _unreachable(field, endpoint, action)


def _too_much(
    policy: str | dict[str, Any], statements: Sequence[dict[str, Any]], field: str
) -> Iterator[Problem]:
    """What is allowed beyond need, at the statement of the file or at the table itself."""
    if isinstance(policy, str):
        name = PurePosixPath(policy).name
        yield from policy_warnings(statements, field=f"{field} ({name}).Statement")
        return
    for warning in policy_warnings(statements, field=field):
        yield replace(warning, field=warning.field.replace(f"{field}[0]", field))


def _has_way_out(workload: Workload) -> bool:
    """Whether it has the internet, or something of its own on port 443: an endpoint elsewhere perhaps."""
    return workload.internet or any(egress.port == HTTPS for egress in workload.egress.values())


def _read(policy: str | dict[str, Any], field: str, root: Path | None) -> Sequence[dict[str, Any]]:
    if isinstance(policy, dict):
        return [policy]
    try:
        return statements_of(policy, field=field, project_root=root) if root else []
    except ConfigError:  # the file has changed since it was checked
        return []


def _services(statements: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The endpoints of what is allowed, each with the first action that needs it."""
    found: dict[str, str] = {}
    for statement in statements:
        actions = statement.get("Action", []) if statement.get("Effect") == "Allow" else []
        for action in actions if isinstance(actions, list) else [actions]:
            endpoint = ENDPOINT_OF_ACTIONS.get(str(action).partition(":")[0].lower())
            if endpoint:
                found.setdefault(endpoint, str(action))
    return found


def _unreachable(field: str, endpoint: str, action: str) -> Problem:
    kind = "gateway" if endpoint in GATEWAY_SERVICES else "interface"
    rule = f"it may do this, but reaches neither an endpoint {quoted(endpoint)} nor the internet"
    way_out = (
        f'add "{endpoint}" to {kind} in [network.endpoints], or write internet = true with a NAT gateway'
    )
    return Problem(field, action, rule, way_out)
