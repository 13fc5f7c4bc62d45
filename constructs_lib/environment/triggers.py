"""From the triggers of the file to those of the constructs, which check them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from constructs_lib.compute.triggers.options import (
    BucketTrigger,
    EventTrigger,
    QueueTrigger,
    ScheduleTrigger,
    TopicTrigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.compute.triggers import options
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.triggers import Trigger

KINDS: dict[
    str,
    type[QueueTrigger]
    | type[ScheduleTrigger]
    | type[EventTrigger]
    | type[BucketTrigger]
    | type[TopicTrigger],
] = {
    "queue": QueueTrigger,
    "schedule": ScheduleTrigger,
    "pattern": EventTrigger,
    "bucket": BucketTrigger,
    "topic": TopicTrigger,
}
"""What a trigger is, by the key that says so."""


def kinds_of(trigger: Trigger) -> list[str]:
    """The keys that say what a trigger is; exactly one in a valid file."""
    return [kind for kind in KINDS if getattr(trigger, kind) is not None]


def settings_of(kind: str) -> frozenset[str]:
    """The keys that a trigger of a kind may have."""
    return frozenset(field.name for field in fields(KINDS[kind]))


def options_of(trigger: Trigger) -> options.Trigger:
    """The trigger as the constructs take it.

    Raises:
        ConfigError: its values are not what AWS takes.
    """
    kind = kinds_of(trigger)[0]
    return KINDS[kind](**{name: getattr(trigger, name) for name in settings_of(kind)})


def triggers_in(environment: Environment) -> Iterator[tuple[str, str, options.Trigger]]:
    """Every trigger of a valid environment, with the names of its function and its own."""
    for name, function in environment.functions.items():
        for label, trigger in function.triggers.items():
            yield name, label, options_of(trigger)
