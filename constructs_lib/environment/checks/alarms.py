"""Whether alarms reach somebody and can be quiet, and whether an environment that matters has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.figures.ids import region_of_arn
from constructs_lib.problem_words import MISSING, field_path, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.alarms import Alarms
    from constructs_lib.environment.tables.environment import Environment

_MATTERS = {"prod", "production", "prd", "live"}


def check_alarms(draft: Draft) -> Iterator[Problem]:
    """One target in the region, a key only where there is a topic, and no goal beyond an alarm."""
    alarms = draft.environment.alarms
    if alarms is None or ("alarms",) in draft.broken:
        return
    if not draft.any_unknown(("alarms",), "topic_arn", "email", "kms_key_arn"):
        yield from _target(alarms)
        if not draft.unknown("region"):
            yield from _regions(alarms, draft.environment.region)
    environment = draft.environment
    known = not draft.any_unknown((), "functions", "services", "network")
    if known and not environment.workloads and not environment.network.has_nat:
        rule = "there is no load balancer, function, service or NAT gateway to watch"
        yield Problem("alarms", None, rule, "leave [alarms] out, or add a workload")
    if not draft.unknown("alarms", "thresholds", "cpu_percent") and not draft.unknown("services"):
        yield from _goals(draft.environment, alarms)


def _target(alarms: Alarms) -> Iterator[Problem]:
    if alarms.topic_arn and alarms.email:
        rule = "the alarms have one target, and topic_arn is one already"
        yield Problem("alarms.email", alarms.email, rule, "leave one of the two out")
    if not alarms.topic_arn and not alarms.email:
        rule = "alarms that reach nobody help nobody"
        yield Problem("alarms.topic_arn", MISSING, rule, "name a topic of SNS, or write email")
    if alarms.kms_key_arn and not alarms.email:
        rule = "is for the topic that email makes; one that exists has its own"
        yield Problem("alarms.kms_key_arn", alarms.kms_key_arn, rule, "leave it out")


def _regions(alarms: Alarms, region: str) -> Iterator[Problem]:
    for key in ("topic_arn", "kms_key_arn"):
        arn = getattr(alarms, key)
        if arn and region_of_arn(arn) != region:
            rule = f"lies in {region_of_arn(arn)}, and the alarms are in {region}"
            yield Problem(f"alarms.{key}", arn, rule, f"name one of {region}")


def _goals(environment: Environment, alarms: Alarms) -> Iterator[Problem]:
    """Autoscaling that holds a service above the alarm keeps the alarm on."""
    limit = alarms.thresholds.cpu_percent
    for name, service in environment.services.items():
        goal = service.autoscaling.cpu_percent if service.autoscaling else None
        if goal and goal >= limit:
            rule = f"autoscaling holds {quoted(name)} at {goal} percent of its CPU: the alarm never rests"
            way_out = f"write more than {goal}, or a lower {field_path('services', name, 'autoscaling')}"
            yield Problem("alarms.thresholds.cpu_percent", limit, rule, f"{way_out}.cpu_percent")


def unwatched(environment: Environment) -> Iterator[Problem]:
    """An environment whose name says that people depend on it, and which nobody watches."""
    if environment.alarms is None and _MATTERS & set(environment.environment.split("-")):
        rule = f"{quoted(environment.environment)} has no alarms: nobody hears that it fails"
        yield Problem("alarms", MISSING, rule, "write [alarms] with topic_arn, or with email")
