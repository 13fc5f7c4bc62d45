"""Whether quotas that AWS raised can stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.tables.quotas import Quotas
from constructs_lib.errors import Problem
from constructs_lib.figures.vpc import RULES_PER_INTERFACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft

_CARRIED = 2


def check_quotas(draft: Draft) -> Iterator[Problem]:
    """The quotas of the file, as far as they are understood."""
    if not draft.any_unknown(("quotas",), "security_group_rules", "security_groups_per_interface"):
        yield from quota_problems(draft.environment.quotas)
        yield from _carried(draft)


def _carried(draft: Draft) -> Iterator[Problem]:
    """Every workload carries its own security group and the one that leads to endpoints."""
    environment = draft.environment
    most = environment.quotas.security_groups_per_interface
    if environment.workloads and most < _CARRIED:
        kinds = {"functions": "aws_lambda_function", "services": "aws_ecs_service"}
        places = map(environment.place_of, environment.workloads)
        addresses = tuple(f"{kinds[table]}.{name}" for table, name in places)
        rule = f"every workload carries {_CARRIED}: its own, and the one that leads to endpoints"
        field, asked = "quotas.security_groups_per_interface", "security-groups-per-interface"
        yield Problem(field, most, rule, f"write {_CARRIED} or more", asked, addresses)


def quota_problems(quotas: Quotas) -> Iterator[Problem]:
    """What AWS grants none of two quotas together, wherever the table ``quotas`` stands."""
    rules, groups = quotas.security_group_rules, quotas.security_groups_per_interface
    if rules * groups > RULES_PER_INTERFACE:
        rule = (
            f"times security_groups_per_interface = {groups} is {rules * groups:,}: AWS grants at most "
            f"{RULES_PER_INTERFACE:,} rules on a network interface"
        )
        most = RULES_PER_INTERFACE // groups
        way_out = f"write at most {most}, or security_groups_per_interface = {RULES_PER_INTERFACE // rules}"
        yield Problem("quotas.security_group_rules", rules, rule, way_out)


def with_raise(way_out: str, asked: str, needed: int) -> str:
    """The way out, and beside it the quota that AWS raises on request, where the rule asks for such a one."""
    key = asked.replace("-", "_")
    if key not in Quotas.model_fields:
        return way_out
    return f"{way_out}, or have AWS raise the quota and write {key} = {needed} in [quotas]"
