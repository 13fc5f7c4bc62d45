"""What triggers functions beside load balancers, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.views.zones_and_tiers import name_of

if TYPE_CHECKING:
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.model.workloads import EventSource

_KINDS = {
    "aws_cloudwatch_event_target": "rule",
    "aws_s3_bucket_notification": "bucket",
    "aws_scheduler_schedule": "schedule",
    "aws_sns_topic_subscription": "topic",
}


def triggers_in_words(model: Model, function: str) -> str:
    """Say what triggers a function: ``queue orders, schedule nightly``; empty where nothing does."""
    found = (one for one in model.event_sources if one.function == function)
    return ", ".join(dict.fromkeys(map(trigger_in_words, found)))


def trigger_in_words(one: EventSource) -> str:
    """Say what something that hands events to a function is, by the name that the environment file gives."""
    return f"{_kind(one)} {name_of(one.address).rpartition('_trigger_')[2]}"


def _kind(one: EventSource) -> str:
    kind = type_of(one.address)
    if kind in _KINDS:
        return _KINDS[kind]
    source = str(one.source)
    return "queue" if ":sqs:" in source or source.startswith("aws_sqs_queue.") else "stream"
