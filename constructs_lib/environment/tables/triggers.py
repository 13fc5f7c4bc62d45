"""The table of the file that describes what invokes a function beside its load balancer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.section import Section
from constructs_lib.figures import triggers as figures


class Trigger(Section):
    """One trigger: exactly one of queue, schedule, pattern, bucket and topic, with its settings."""

    queue: Annotated[str, Field(pattern=forms.QUEUE.pattern)] | None = Field(
        default=None,
        description='An SQS queue: "new" for one made here with its dead-letter queue, both encrypted, or '
        "the ARN of one that exists.",
    )
    batch_size: int = Field(
        default=figures.DEFAULT_BATCH_SIZE,
        ge=figures.BATCH_SIZE.least,
        le=figures.BATCH_SIZE.most,
        description=f"Of a queue: most messages of an invocation, {figures.BATCH_SIZE}; more than "
        f"{figures.BATCH_WITHOUT_WINDOW} need a window.",
    )
    maximum_batching_window_s: int = Field(
        default=0,
        ge=figures.BATCHING_WINDOW_S.least,
        le=figures.BATCHING_WINDOW_S.most,
        description=f"Of a queue: seconds that messages are gathered, {figures.BATCHING_WINDOW_S}.",
    )
    partial_failures: bool = Field(
        default=True,
        description="Of a queue: whether only the messages return that the function names in "
        "`batchItemFailures`; else all of a batch do when it fails.",
    )
    max_concurrency: int | None = Field(
        default=None,
        ge=figures.MAX_CONCURRENCY.least,
        le=figures.MAX_CONCURRENCY.most,
        description=f"Of a queue: most invocations at a time, {figures.MAX_CONCURRENCY}. Default: no such "
        "limit.",
    )
    kms_key_arn: Annotated[str, Field(pattern=forms.KMS_KEY_ARN.pattern)] | None = Field(
        default=None,
        description="Of a queue: ARN of the KMS key that encrypts it. Default: SQS's own key.",
    )
    visibility_timeout_s: int | None = Field(
        default=None,
        ge=figures.VISIBILITY_TIMEOUT_S.least,
        le=figures.VISIBILITY_TIMEOUT_S.most,
        description="Of a new queue: seconds that messages are hidden while they are worked on; at least the "
        f"function's timeout. Default: {figures.VISIBILITY_TIMES_TIMEOUT} times that and the window, as AWS "
        "recommends.",
    )
    max_receives: int = Field(
        default=figures.RECOMMENDED_RECEIVES,
        ge=figures.RECEIVES.least,
        le=figures.RECEIVES.most,
        description=f"Of a new queue: receives after which a message is a dead letter, {figures.RECEIVES}.",
    )
    schedule: Annotated[str, Field(pattern=forms.SCHEDULE.pattern)] | None = Field(
        default=None,
        description='Times of the clock: "rate(5 minutes)", "cron(0 6 * * ? *)" or '
        '"at(2030-01-31T06:00:00)".',
    )
    timezone: Annotated[str, Field(pattern=forms.TIME_ZONE.pattern, max_length=figures.TIME_ZONE_LENGTH)] = (
        Field(default="UTC", description='Of a schedule: the time zone of cron and at, like "Europe/Berlin".')
    )
    input: dict[str, Any] | None = Field(
        default=None, description="Of a schedule: the event. Default: EventBridge Scheduler's own."
    )
    pattern: dict[str, Any] | None = Field(
        default=None,
        description='Events of EventBridge: a table like { source = ["aws.ecs"] }, each value a list.',
    )
    event_bus: Annotated[str, Field(pattern=forms.EVENT_BUS.pattern)] = Field(
        default="default", description="Of a pattern: name or ARN of the bus."
    )
    bucket: Annotated[str, Field(pattern=forms.BUCKET_ARN.pattern)] | None = Field(
        default=None, description="ARN of an S3 bucket of the account and region that notifies."
    )
    events: list[Annotated[str, Field(pattern=forms.BUCKET_EVENT.pattern)]] = Field(
        default=["s3:ObjectCreated:*"], description="Of a bucket: its events."
    )
    prefix: str | None = Field(
        default=None,
        max_length=figures.KEY_LENGTH,
        description="Of a bucket: how the keys begin that are meant. Default: all.",
    )
    suffix: str | None = Field(
        default=None,
        max_length=figures.KEY_LENGTH,
        description="Of a bucket: how the keys end that are meant. Default: all.",
    )
    replaces_notifications: bool = Field(
        default=False,
        description="Of a bucket: the word that this may replace all notifications that others have set "
        "there, since a bucket has one configuration of them.",
    )
    topic: Annotated[str, Field(pattern=forms.TOPIC_ARN.pattern)] | None = Field(
        default=None, description="ARN of an SNS topic."
    )
    filter: dict[str, Any] | None = Field(
        default=None, description="Of a topic: SNS's filter policy, each value a list."
    )
