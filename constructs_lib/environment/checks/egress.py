"""What a workload may reach beside what it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.checks.quotas import with_raise
from constructs_lib.environment.service_start import starts_through_nat
from constructs_lib.errors import Problem
from constructs_lib.figures.internet import ANYWHERE_IPV4, HTTPS
from constructs_lib.network.planning.cidr import parse_cidr
from constructs_lib.problem_words import MISSING, Excerpt, field_path, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Egress, Workload

_TARGETS = ("security_group_id", "cidr", "prefix_list_id")


def check_egress(draft: Draft, name: str, workload: Workload) -> Iterator[Problem]:
    """Each entry has one target; no two are the same rule; all fit into one security group."""
    table = (*draft.environment.place_of(name), "egress")
    opened = _opened_to_everyone(draft, name, workload)
    seen = {(ANYWHERE_IPV4, HTTPS): opened} if opened else {}
    for target, egress in workload.egress.items():
        yield from _target_problems(draft, (*table, target), egress)
        if egress.cidr is not None:
            where = field_path(*table, target, "cidr")
            parsed = parse_cidr(egress.cidr, field=where, alone=32, ipv6="rules here are IPv4")
            yield from [parsed] if isinstance(parsed, Problem) else []
        reached = (egress.security_group_id or egress.cidr or egress.prefix_list_id or "", egress.port)
        if reached in seen and not draft.unknown(*table, target):
            rule = f"{seen[reached]} opens the same target and port"
            yield Problem(field_path(*table, target), reached[0], rule, "remove one of the two")
        seen.setdefault(reached, f"egress.{target}")
    yield from _count(draft, name, workload)
    network = draft.environment.network
    unknown = draft.unknown("network", "nat") or draft.unknown("network", "existing", "nat_gateway_ids")
    if workload.internet and not network.has_nat and not unknown:
        rule = 'needs a NAT gateway, and network.nat is "none"'
        way_out = (
            'write nat = "single" with its nat_zone (or "per_az") in [network], or reach AWS through '
            "[network.endpoints] instead"
        )
        yield Problem(field_path(*draft.environment.place_of(name), "internet"), True, rule, way_out)


def _opened_to_everyone(draft: Draft, name: str, workload: Workload) -> str:
    """What opens port 443 to every address, in words; empty where nothing does."""
    if workload.internet:
        return "internet = true"
    if starts_through_nat(draft.environment, name) and not draft.any_unknown(
        (), "network", "region", "services"
    ):
        return "the way to the image, logs or secrets through NAT"
    return ""


def _target_problems(draft: Draft, table: tuple[str, ...], egress: Egress) -> Iterator[Problem]:
    given = [key for key in _TARGETS if getattr(egress, key) is not None]
    if len(given) == 1 or draft.any_unknown(table, *_TARGETS):
        return
    rule = f"needs exactly one of {listed(_TARGETS)}"
    value = MISSING if not given else {key: getattr(egress, key) for key in given}
    way_out = "write the one that names the target" if not given else "make an entry of its own for each"
    yield Problem(field_path(*table), value, rule, way_out)


def _count(draft: Draft, name: str, workload: Workload) -> Iterator[Problem]:
    environment = draft.environment
    ports = {
        environment.listener_port(callee)
        for callee in workload.calls
        if callee in environment.workloads and environment.workloads[callee].exposure == "internal"
    }
    internet = bool(_opened_to_everyone(draft, name, workload))
    rules = len(ports) + len(workload.egress) + internet
    most = environment.quotas.security_group_rules
    if rules > most:
        rule = (
            f"its security group would have {rules} outbound rules ({len(ports)} ports of callees, "
            f"{len(workload.egress)} of egress, {int(internet)} of internet); AWS allows {most}"
        )
        way_out = "gather targets in a prefix list or a wider block, split the workload"
        asked = "security-group-rules"
        yield Problem(
            field_path(*draft.environment.place_of(name)),
            Excerpt(f"{rules} outbound rules"),
            rule,
            with_raise(way_out, asked, rules),
            asked,
            (f"aws_security_group.{name}",),
        )
