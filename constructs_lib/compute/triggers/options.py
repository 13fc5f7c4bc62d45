"""What a trigger is made from, as in ``[functions.<name>.triggers.<label>]``; pure, checked here alone."""

from __future__ import annotations

import json
import re
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from constructs_lib.errors import Problem
from constructs_lib.figures import ids
from constructs_lib.figures import triggers as figures
from constructs_lib.option_checks import bounded, is_token, refuse
from constructs_lib.problem_words import did_you_mean

NEW = "new"


@dataclass(frozen=True, kw_only=True)
class QueueTrigger:
    """Messages of an SQS queue, in batches.

    queue: the ARN of one that exists, or ``new`` for one made here with its dead-letter queue. batch_size:
    most messages of an invocation; maximum_batching_window_s: how long they are gathered.
    partial_failures: whether the function answers with the messages that failed, ``batchItemFailures``, so
    that only these return. max_concurrency: most invocations at a time of this queue. kms_key_arn: the key
    that encrypts the queue, by default SQS's own. Of a new queue alone: visibility_timeout_s: how long
    messages are hidden while they are worked on, by default six times the function's timeout and the window;
    max_receives: after how many a message is a dead letter.

    Raises:
        ConfigError: a value is not what AWS takes.
    """

    queue: str = NEW
    batch_size: int = figures.DEFAULT_BATCH_SIZE
    maximum_batching_window_s: int = 0
    partial_failures: bool = True
    max_concurrency: int | None = None
    kms_key_arn: str | None = None
    visibility_timeout_s: int | None = None
    max_receives: int = figures.RECOMMENDED_RECEIVES

    def __post_init__(self) -> None:
        arn = f'write "{NEW}", or the ARN "arn:aws:sqs:<region>:<account id>:<name>"'
        queue = () if self.is_new else _formed("queue", self.queue, ids.SQS_QUEUE_ARN, "is no queue", arn)
        refuse(
            queue,
            bounded("batch_size", self.batch_size, figures.BATCH_SIZE),
            bounded("maximum_batching_window_s", self.maximum_batching_window_s, figures.BATCHING_WINDOW_S),
            bounded("max_concurrency", self.max_concurrency, figures.MAX_CONCURRENCY),
            bounded("visibility_timeout_s", self.visibility_timeout_s, figures.VISIBILITY_TIMEOUT_S),
            bounded("max_receives", self.max_receives, figures.RECEIVES),
            _formed("kms_key_arn", self.kms_key_arn, ids.KMS_KEY_ARN, "is no ARN of a KMS key", _KEY),
            self._batches(),
            self._of_a_new_one(),
        )

    @property
    def is_new(self) -> bool:
        """Whether the queue is made here."""
        return self.queue == NEW

    def visibility_s(self, timeout_s: int) -> int:
        """How long messages of a new queue are hidden, for a function with this timeout."""
        if self.visibility_timeout_s is not None:
            return self.visibility_timeout_s
        return self.recommended_visibility_s(timeout_s)

    def recommended_visibility_s(self, timeout_s: int) -> int:
        """What AWS recommends: room for retries of throttled batches."""
        return figures.VISIBILITY_TIMES_TIMEOUT * timeout_s + self.maximum_batching_window_s

    def _batches(self) -> Iterator[Problem]:
        size, window = self.batch_size, self.maximum_batching_window_s
        if not all(isinstance(one, int) for one in (size, window)):
            return
        if self.queue.endswith(figures.FIFO_ENDING):
            if size > figures.FIFO_BATCH_SIZE:
                rule = f"a FIFO queue gives at most {figures.FIFO_BATCH_SIZE} messages at a time"
                yield Problem("batch_size", size, rule, f"write at most {figures.FIFO_BATCH_SIZE}")
            if window:
                rule = "a FIFO queue has no batching window"
                yield Problem("maximum_batching_window_s", window, rule, "leave it out")
        elif size > figures.BATCH_WITHOUT_WINDOW and window < 1:
            rule = f"more than {figures.BATCH_WITHOUT_WINDOW} messages need a window to gather them in"
            yield Problem("batch_size", size, rule, "write maximum_batching_window_s = 1 or more")

    def _of_a_new_one(self) -> Iterator[Problem]:
        if self.is_new:
            return
        rule = "is a setting of the queue, and this one exists already"
        if self.visibility_timeout_s is not None:
            yield Problem("visibility_timeout_s", self.visibility_timeout_s, rule, "leave it out")
        if self.max_receives != figures.RECOMMENDED_RECEIVES:
            yield Problem("max_receives", self.max_receives, rule, "leave it out")


@dataclass(frozen=True, kw_only=True)
class ScheduleTrigger:
    """An event of EventBridge Scheduler at times of the clock.

    schedule: ``rate(5 minutes)``, ``cron(0 6 * * ? *)`` or ``at(2030-01-31T06:00:00)``. timezone: in which
    cron and at are meant. input: the event, by default one that tells of the schedule.

    Raises:
        ConfigError: a value is not what AWS takes.
    """

    schedule: str
    timezone: str = "UTC"
    input: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        way_out = 'write "rate(5 minutes)", "cron(0 6 * * ? *)" (six fields) or "at(2030-01-31T06:00:00)"'
        rule = "is no expression of EventBridge Scheduler"
        refuse(
            _formed("schedule", self.schedule, figures.SCHEDULE_EXPRESSION, rule, way_out),
            self._zone(),
            _json("input", self.input),
        )

    def _zone(self) -> Iterator[Problem]:
        known = _time_zones()
        if known and not is_token(self.timezone) and self.timezone not in known:
            hint = did_you_mean(self.timezone, known) or 'write a name like "Europe/Berlin" or "UTC"'
            yield Problem("timezone", self.timezone, "there is no time zone of this name", hint)


@dataclass(frozen=True, kw_only=True)
class EventTrigger:
    """Events of an EventBridge bus that match a pattern.

    pattern: as in EventBridge's documentation, each value a list. event_bus: its name or ARN.

    Raises:
        ConfigError: a value is not what AWS takes.
    """

    pattern: Mapping[str, Any]
    event_bus: str = "default"

    def __post_init__(self) -> None:
        bus = 'write its name, like "default", or its ARN'
        refuse(
            self._matches(),
            _formed("event_bus", self.event_bus, ids.EVENT_BUS, "is no event bus", bus),
        )

    def _matches(self) -> Iterator[Problem]:
        way_out = 'write a table like { source = ["aws.ecs"], detail-type = ["ECS Task State Change"] }'
        if not isinstance(self.pattern, Mapping) or not self.pattern:
            yield Problem("pattern", self.pattern, "is no pattern, and would match nothing", way_out)
            return
        yield from _json("pattern", self.pattern)
        for path, value in _leaves(self.pattern, "pattern"):
            if not isinstance(value, list) or not value:
                rule = "a pattern holds lists of what may stand there"
                yield Problem(path, value, rule, f"write [{json.dumps(value, default=str)}]")
        if not any(_json("pattern", self.pattern)) and len(_text(self.pattern)) > figures.PATTERN_LENGTH:
            rule = f"a pattern has at most {figures.PATTERN_LENGTH} characters as JSON"
            yield Problem("pattern", self.pattern, rule, "part it into several triggers")


@dataclass(frozen=True, kw_only=True)
class BucketTrigger:
    """Notifications of an S3 bucket of the account, in the same region.

    bucket: its ARN. events: like ``s3:ObjectCreated:*``. prefix, suffix: of the keys that are meant.
    replaces_notifications: a bucket has one configuration of notifications, and this one replaces whatever
    others have put there; without that word it is refused.

    Raises:
        ConfigError: a value is not what AWS takes.
    """

    bucket: str
    events: Sequence[str] = ("s3:ObjectCreated:*",)
    prefix: str | None = None
    suffix: str | None = None
    replaces_notifications: bool = False

    def __post_init__(self) -> None:
        refuse(
            _formed("bucket", self.bucket, ids.S3_BUCKET_ARN, "is no ARN of a bucket", _BUCKET),
            self._events(),
            self._alone(),
        )

    @property
    def name(self) -> str:
        """The bucket's name."""
        return self.bucket.rpartition(":")[2]

    def _events(self) -> Iterator[Problem]:
        if not self.events:
            rule = "a notification without events tells nothing"
            yield Problem("events", [], rule, 'write ["s3:ObjectCreated:*"]')
        for position, event in enumerate(self.events):
            way_out = 'write one like "s3:ObjectCreated:*" or "s3:ObjectRemoved:Delete"'
            yield from _formed(
                f"events[{position}]", event, figures.BUCKET_EVENT, "is no event of S3", way_out
            )

    def _alone(self) -> Iterator[Problem]:
        if not self.replaces_notifications:
            rule = "a bucket has one configuration of notifications: this one replaces those that others set"
            way_out = (
                "write replaces_notifications = true if there are none; else let the bucket's owner turn on "
                'EventBridge, and use pattern = { source = ["aws.s3"], detail = { bucket = { name = ["'
                f'{self.name}"] }} }} }}'
            )
            yield Problem("replaces_notifications", False, rule, way_out)


@dataclass(frozen=True, kw_only=True)
class TopicTrigger:
    """Messages of an SNS topic.

    topic: its ARN. filter: SNS's filter policy over message attributes, each value a list.

    Raises:
        ConfigError: a value is not what AWS takes.
    """

    topic: str
    filter: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        rule = "is no ARN of a standard topic"
        refuse(
            _formed("topic", self.topic, ids.SNS_TOPIC_ARN, rule, _TOPIC),
            _json("filter", self.filter),
        )


Trigger = QueueTrigger | ScheduleTrigger | EventTrigger | BucketTrigger | TopicTrigger

_KEY = 'write "arn:aws:kms:<region>:<account id>:key/<key id>"'
_BUCKET = 'write "arn:aws:s3:::<name>"'
_TOPIC = 'write "arn:aws:sns:<region>:<account id>:<name>"'


def problems_with_timeout(trigger: Trigger, timeout_s: int) -> Iterator[Problem]:
    """What a function's timeout asks of its trigger: AWS refuses a queue that shows messages too early.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    if isinstance(trigger, QueueTrigger) and trigger.is_new and trigger.visibility_s(timeout_s) < timeout_s:
        rule = f"is shorter than the function's timeout of {timeout_s} s: messages would be worked on twice"
        way_out = f"write {trigger.recommended_visibility_s(timeout_s)}, or leave it out for that"
        yield Problem("visibility_timeout_s", trigger.visibility_timeout_s, rule, way_out)


@cache
def _time_zones() -> frozenset[str]:
    """The zones that this machine knows; none where it has no such database, and then nothing is judged."""
    return frozenset(zoneinfo.available_timezones())


def _formed(field: str, value: str | None, pattern: str, rule: str, way_out: str) -> Iterator[Problem]:
    if value is None or is_token(value):
        return
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        yield Problem(field, value, rule, way_out)


def _json(field: str, value: Mapping[str, Any] | None) -> Iterator[Problem]:
    try:
        _text(value)
    except (TypeError, ValueError):
        rule = "holds something that JSON has not, like a date"
        yield Problem(field, value, rule, "write texts, numbers, booleans, lists and tables")


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _leaves(value: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield from _leaves(item, f"{path}.{key}")
        elif key != "$or":
            yield f"{path}.{key}", item
