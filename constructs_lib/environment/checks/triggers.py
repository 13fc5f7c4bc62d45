"""What invokes functions: each trigger by itself, and what they are to each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constructs_lib.compute.triggers.options import QueueTrigger, problems_with_timeout
from constructs_lib.environment.checks.names import name_problems
from constructs_lib.environment.timeouts import timeouts_s
from constructs_lib.environment.triggers import KINDS, kinds_of, options_of, settings_of, triggers_in
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.ids import region_of_arn
from constructs_lib.problem_words import MISSING, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.triggers import Trigger


def check_triggers(draft: Draft) -> Iterator[Problem]:
    """Names, kinds, settings, regions and timeouts, and that no two configure one bucket."""
    timeouts = timeouts_s(draft.environment)
    buckets: dict[str, str] = {}
    sources: dict[tuple[str, str, str], str] = {}
    for name, function in draft.environment.functions.items():
        for label, trigger in function.triggers.items():
            place = ("functions", name, "triggers", label)
            yield from name_problems(field_path(*place), label, frozenset())
            if draft.unknown(*place):
                continue
            kinds = kinds_of(trigger)
            yield from _kind(place, trigger, kinds)
            if len(kinds) == 1:
                known = not draft.any_unknown(("functions", name), "timeout_s", "calls")
                yield from _settings(draft, place, trigger, timeouts[name] if known else None)
                yield from _twice(place, trigger, sources)
                yield from _bucket_twice(place, trigger, buckets)


def _kind(place: tuple[str, ...], trigger: Trigger, kinds: list[str]) -> Iterator[Problem]:
    if len(kinds) != 1:
        rule = f"needs exactly one of {listed(KINDS)}"
        value = {kind: getattr(trigger, kind) for kind in kinds} if kinds else MISSING
        way_out = "make a trigger of its own for each" if kinds else 'write for example queue = "new"'
        yield Problem(field_path(*place), value, rule, way_out)
        return
    for key in sorted(trigger.model_fields_set - settings_of(kinds[0])):
        homes = [kind for kind in KINDS if key in settings_of(kind)]
        rule = f"is a setting of {' or '.join(homes)}, and this trigger is one of {kinds[0]}"
        yield Problem(field_path(*place, key), getattr(trigger, key), rule, "remove it")


def _settings(
    draft: Draft, place: tuple[str, ...], trigger: Trigger, timeout_s: int | None
) -> Iterator[Problem]:
    try:
        options = options_of(trigger)
    except ConfigError as error:
        yield from (_at(place, problem) for problem in error.problems)
        return
    if timeout_s is not None:
        yield from (_at(place, problem) for problem in problems_with_timeout(options, timeout_s))
    if isinstance(options, QueueTrigger) and not draft.unknown("region"):
        for key in ("queue", "kms_key_arn"):
            arn = getattr(options, key)
            region = draft.environment.region
            if arn and arn.startswith("arn:") and region_of_arn(arn) != region:
                rule = f"lies in {region_of_arn(arn)}, and Lambda takes messages of {region} alone"
                yield Problem(field_path(*place, key), arn, rule, f"name one of {region}")


def _at(place: tuple[str, ...], problem: Problem) -> Problem:
    return replace(problem, field=f"{field_path(*place)}.{problem.field}")


def _twice(
    place: tuple[str, ...], trigger: Trigger, seen: dict[tuple[str, str, str], str]
) -> Iterator[Problem]:
    """One function has one event source mapping for a queue, and one subscription to a topic."""
    for key in ("queue", "topic"):
        arn = getattr(trigger, key)
        if not arn or not arn.startswith("arn:"):
            continue
        other = seen.setdefault((place[1], key, arn), field_path(*place))
        if other != field_path(*place):
            rule = f"{other} is the same {key} for the same function"
            yield Problem(field_path(*place, key), arn, rule, "remove one of the two")


def _bucket_twice(place: tuple[str, ...], trigger: Trigger, seen: dict[str, str]) -> Iterator[Problem]:
    if trigger.bucket is None:
        return
    other = seen.setdefault(trigger.bucket, field_path(*place))
    if other != field_path(*place):
        rule = f"a bucket has one configuration of notifications, and {other} is it"
        way_out = "keep one, and let the other take the bucket's events from EventBridge with a pattern"
        yield Problem(field_path(*place, "bucket"), trigger.bucket, rule, way_out)


def trigger_warnings(environment: Environment) -> Iterator[Problem]:
    """What works, and loses messages or holds them up."""
    timeouts = timeouts_s(environment)
    for name, label, trigger in triggers_in(environment):
        function, place = environment.functions[name], ("functions", name, "triggers", label)
        if not isinstance(trigger, QueueTrigger):
            continue
        wanted, hidden = trigger.recommended_visibility_s(timeouts[name]), trigger.visibility_timeout_s
        if trigger.is_new and hidden is not None and hidden < wanted:
            rule = f"AWS recommends {wanted}: six times the function's timeout, and the window"
            yield Problem(field_path(*place, "visibility_timeout_s"), hidden, rule, "leave it out for that")
        if not trigger.is_new:
            rule = (
                "whether it hides messages long enough is not known here: AWS refuses less than "
                f"{timeouts[name]} s and recommends {wanted} s"
            )
            yield Problem(field_path(*place, "queue"), trigger.queue, rule, "look at its VisibilityTimeout")
        reserved = function.reserved_concurrency
        if reserved is not None and (trigger.max_concurrency or reserved + 1) > reserved:
            rule = f"{quoted(name)} runs {reserved} times at a time at most: what is more is throttled"
            way_out = f"write max_concurrency = {reserved} or less" if reserved > 1 else "reserve more"
            value = trigger.max_concurrency or MISSING
            yield Problem(field_path(*place, "max_concurrency"), value, rule, way_out)
