"""Every check that looks at more than one value, or at more than the form of one."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from constructs_lib.environment.checks.alarms import check_alarms
from constructs_lib.environment.checks.calls import check_calls
from constructs_lib.environment.checks.functions import check_functions
from constructs_lib.environment.checks.identity import check_identity
from constructs_lib.environment.checks.load_balancing.listeners import check_listeners
from constructs_lib.environment.checks.load_balancing.load_balancers import check_load_balancers
from constructs_lib.environment.checks.local_services import check_local_services
from constructs_lib.environment.checks.names import check_names
from constructs_lib.environment.checks.network import check_network
from constructs_lib.environment.checks.quotas import check_quotas
from constructs_lib.environment.checks.region import check_region
from constructs_lib.environment.checks.secrets import check_secrets
from constructs_lib.environment.checks.services import check_services
from constructs_lib.environment.checks.triggers import check_triggers
from constructs_lib.environment.checks.vpc_endpoints.endpoint_policies import check_endpoint_policies
from constructs_lib.environment.reading.draft import Draft
from constructs_lib.environment.tables.waiver import accepting

if TYPE_CHECKING:
    from pathlib import Path

    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.waiver import Waiver
    from constructs_lib.errors import Problem

_CHECKS = (
    check_identity,
    check_region,
    check_network,
    check_names,
    check_calls,
    check_functions,
    check_triggers,
    check_services,
    check_listeners,
    check_load_balancers,
    check_local_services,
    check_quotas,
    check_alarms,
    check_secrets,
    check_endpoint_policies,
)


def check(draft: Draft) -> list[Problem]:
    """Everything that is wrong with a draft beyond the form of its single values."""
    return list(chain.from_iterable(run(draft) for run in _CHECKS))


def waived_by(environment: Environment, problem: Problem) -> list[Waiver]:
    """The file's waivers that accept a problem; empty where none does, or it breaks no rule of AWS."""
    return accepting(environment.waivers, problem.aws_rule, *problem.addresses) if problem.aws_rule else []


def waived_problems(environment: Environment, project_root: Path) -> list[Problem]:
    """What is wrong with a valid environment and accepted by its waivers, each with their reasons."""
    if not environment.waivers:
        return []
    found = ((one, waived_by(environment, one)) for one in check(Draft(environment, project_root)))
    return [
        replace(one, way_out=f"waived, because: {'; '.join(dict.fromkeys(by.reason for by in waivers))}")
        for one, waivers in found
        if waivers
    ]
