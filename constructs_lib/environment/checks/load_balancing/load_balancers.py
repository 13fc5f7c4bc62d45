"""The two load balancers: certificate, who may come in, timeouts, AWS's quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.checks.identity import bucket_problems
from constructs_lib.environment.checks.load_balancing.access_logs import check_access_logs
from constructs_lib.environment.checks.load_balancing.certificates import check_certificates
from constructs_lib.environment.checks.quotas import with_raise
from constructs_lib.environment.load_balancers import listener_ports
from constructs_lib.environment.tables.workloads import Function
from constructs_lib.environment.timeouts import timeouts_s
from constructs_lib.errors import Problem
from constructs_lib.figures.load_balancer import TARGET_GROUPS_PER_LOAD_BALANCER
from constructs_lib.load_balancing.web_acl import web_acl_problems
from constructs_lib.network.planning.cidr import parse_cidr
from constructs_lib.problem_words import Excerpt, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment

_PUBLIC = "load_balancers.public"


def check_load_balancers(draft: Draft) -> Iterator[Problem]:
    """Each load balancer's own settings, and whether what is behind it fits AWS's quotas."""
    yield from check_certificates(draft)
    yield from _check_allowed_cidrs(draft)
    yield from _check_web_acl(draft)
    for name in ("internal", "public"):
        settings = getattr(draft.environment.load_balancers, name)
        yield from bucket_problems(f"load_balancers.{name}.access_logs_bucket", settings.access_logs_bucket)
        yield from check_access_logs(draft, name)
        yield from _check_idle_timeout(draft, name)
        yield from _check_quotas(draft, name)


def ingress_rules(environment: Environment, load_balancer: str) -> int:
    """The inbound rules of a load balancer's security group."""
    if load_balancer == "public":
        return len(listener_ports(environment, "public")) * len(
            environment.load_balancers.public.allowed_cidrs
        )
    ports = {name: environment.listener_port(name) for name in environment.exposed("internal")}
    return len({(caller, port) for name, port in ports.items() for caller in environment.callers_of(name)})


def _check_allowed_cidrs(draft: Draft) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, cidr in enumerate(draft.environment.load_balancers.public.allowed_cidrs):
        field = f"{_PUBLIC}.allowed_cidrs[{position}]"
        parsed = parse_cidr(cidr, field=field, alone=32, ipv6="so is the load balancer reached")
        if isinstance(parsed, Problem):
            yield parsed
        elif cidr in seen:
            yield Problem(field, cidr, "is there twice: AWS refuses the second rule", "name each block once")
        seen.add(cidr)


def _check_web_acl(draft: Draft) -> Iterator[Problem]:
    environment = draft.environment
    if not draft.unknown("load_balancers", "public", "web_acl_arn"):
        yield from web_acl_problems(
            f"{_PUBLIC}.web_acl_arn",
            environment.load_balancers.public.web_acl_arn,
            region=None if draft.unknown("region") else environment.region,
            account=None if draft.unknown("account_id") else environment.account_id,
        )


def _check_idle_timeout(draft: Draft, name: str) -> Iterator[Problem]:
    idle = getattr(draft.environment.load_balancers, name).idle_timeout_s
    every = timeouts_s(draft.environment)
    timeouts = {
        workload: every[workload]
        for workload, function in draft.environment.exposed(name).items()
        if isinstance(function, Function)
        and not draft.any_unknown(("functions", workload), "timeout_s", "exposure")
    }
    if idle is None or not timeouts or idle >= max(timeouts.values()):
        return
    slowest = max(timeouts, key=lambda workload: timeouts[workload])
    rule = (
        f"the load balancer would hang up before {quoted(slowest)} answers, which may take "
        f"{timeouts[slowest]} s"
    )
    way_out = f"write at least {timeouts[slowest]}, or leave it out"
    asked, addresses = "alb-idle-timeout-for-lambda", (f"aws_lb.{name}",)
    yield Problem(f"load_balancers.{name}.idle_timeout_s", idle, rule, way_out, asked, addresses)


def _check_quotas(draft: Draft, name: str) -> Iterator[Problem]:
    environment = draft.environment
    exposed = environment.exposed(name)
    ports = listener_ports(environment, name)
    quotas = environment.quotas
    counts = (
        ("alb-listeners", "listeners", len(ports), quotas.alb_listeners, "share a listener with paths"),
        (
            "alb-target-groups",
            "target groups",
            len(exposed),
            TARGET_GROUPS_PER_LOAD_BALANCER,
            "move workloads to another environment",
        ),
        (
            "security-group-rules",
            "inbound rules in its security group",
            ingress_rules(environment, name),
            quotas.security_group_rules,
            "let workloads with the same callers share a listener"
            if name == "internal"
            else "allow fewer, wider blocks",
        ),
        (
            "security-group-rules",
            "outbound rules in its security group",
            sum(name in environment.services for name in exposed),
            quotas.security_group_rules,
            "move services to another environment",
        ),
    )
    for asked, what, count, most, way_out in counts:
        if count > most:
            rule = f"AWS allows a load balancer {most} {what}"
            kind = "aws_security_group" if asked == "security-group-rules" else "aws_lb"
            value = Excerpt(f"{count} {what}")
            way_out = with_raise(way_out, asked, count)
            yield Problem(f"load_balancers.{name}", value, rule, way_out, asked, (f"{kind}.{name}",))
