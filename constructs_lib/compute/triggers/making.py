"""The construct of each trigger."""

from __future__ import annotations

from constructs_lib.bindings import Construct
from constructs_lib.compute.triggers.invoked import Invoked
from constructs_lib.compute.triggers.options import (
    BucketTrigger,
    EventTrigger,
    QueueTrigger,
    ScheduleTrigger,
    Trigger,
)
from constructs_lib.compute.triggers.queue import ConsumedQueue
from constructs_lib.compute.triggers.schedule import Schedule
from constructs_lib.compute.triggers.sources import BucketNotifications, EventRule, TopicSubscription

Made = ConsumedQueue | Schedule | EventRule | BucketNotifications | TopicSubscription


def make_trigger(scope: Construct, *, label: str, trigger: Trigger, invoked: Invoked) -> Made:
    """Make what a trigger describes, below the function's construct; its addresses end with the label."""
    id_ = f"trigger_{label}"
    if isinstance(trigger, QueueTrigger):
        return ConsumedQueue(scope, id_, label=label, trigger=trigger, invoked=invoked)
    if isinstance(trigger, ScheduleTrigger):
        return Schedule(scope, id_, label=label, trigger=trigger, invoked=invoked)
    if isinstance(trigger, EventTrigger):
        return EventRule(scope, id_, label=label, trigger=trigger, invoked=invoked)
    if isinstance(trigger, BucketTrigger):
        return BucketNotifications(scope, id_, label=label, trigger=trigger, invoked=invoked)
    return TopicSubscription(scope, id_, label=label, trigger=trigger, invoked=invoked)
