"""What is watched, when it is too much, and who hears of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.section import Section
from constructs_lib.figures.cloudwatch import NEARLY_PERCENT
from constructs_lib.figures.load_balancer import IDLE_TIMEOUT_S

Count = Annotated[int, Field(ge=1)]
Percent = Annotated[int, Field(ge=1, le=100)]
Seconds = Annotated[float, Field(gt=0, le=IDLE_TIMEOUT_S.most)]


class Thresholds(Section):
    """The table ``[alarms.thresholds]``: at this figure, or above it, an alarm goes off."""

    load_balancer_5xx: Count = Field(
        default=5,
        description="Answers 5xx of a load balancer itself in 5 minutes: it found no target, or lost it. "
        "A few happen at deployments.",
    )
    target_5xx: Count = Field(
        default=5,
        description="Answers 5xx of a workload behind a load balancer in 5 minutes: a client's retries "
        "outlive fewer.",
    )
    rejected_connections: Count = Field(
        default=1,
        description="Connections that a load balancer refused in 5 minutes: it is at its most, so one is "
        "too many.",
    )
    unhealthy_targets: Count = Field(
        default=1,
        description="Targets of a workload that fail their health check for 5 minutes: a deployment's do so "
        "for less.",
    )
    latency_p95_s: Seconds = Field(
        default=2.0,
        description="Seconds that 95 of 100 requests of a load balancer take at most, for 15 minutes: people "
        "leave after a few. Few requests don't count.",
    )
    function_errors: Count = Field(
        default=5,
        description="Invocations of a function that failed in 5 minutes: Lambda tries an asynchronous event "
        "three times, so fewer may be one event.",
    )
    function_throttles: Count = Field(
        default=1, description="Invocations that Lambda refused in 5 minutes: callers get an error at once."
    )
    duration_percent: Percent = Field(
        default=NEARLY_PERCENT,
        description="Percent of a function's timeout that its slowest invocation takes, in 3 of 5 minutes: "
        "beyond it, it is stopped.",
    )
    concurrency_percent: Percent = Field(
        default=NEARLY_PERCENT,
        description="Percent of its reserved concurrency, or of the account's, that a function uses, in 3 "
        "of 5 minutes: at 100 Lambda refuses invocations.",
    )
    async_event_age_s: Count = Field(
        default=300,
        description="Seconds that an asynchronous event waits for its function, in 3 of 5 minutes: Lambda's "
        "own two retries take three minutes.",
    )
    queue_oldest_message_s: Count = Field(
        default=600,
        description="Seconds that the oldest message of a function's queue has waited, for 15 minutes: the "
        "function does not keep up, or fails again and again.",
    )
    dead_letters: Count = Field(
        default=1,
        description="Messages in the dead-letter queue of a function's queue: each was given up.",
    )
    cpu_percent: Percent = Field(
        default=85,
        description="Percent of its CPU that a service uses on average for 15 minutes: autoscaling should "
        "have answered, whose goal is 60 by default.",
    )
    memory_percent: Percent = Field(
        default=85,
        description="Percent of its memory that a service uses on average for 15 minutes: at 100 the task is "
        "killed.",
    )
    missing_tasks: Count = Field(
        default=1,
        description="Tasks that a service runs below what is desired, for 15 minutes: a deployment or a "
        "change of scale takes less.",
    )
    nat_port_errors: Count = Field(
        default=1,
        description="Connections that a NAT gateway had no port for in 5 minutes: each is a request that "
        "failed.",
    )
    nat_dropped_percent: Annotated[float, Field(gt=0, le=100)] = Field(
        default=0.01,
        description="Percent of its packets that a NAT gateway drops, for 15 minutes: AWS's own figure for "
        "asking whether the service is well.",
    )


class Alarms(Section):
    """The table ``[alarms]``."""

    topic_arn: Annotated[str, Field(pattern=forms.TOPIC_ARN.pattern)] | None = Field(
        default=None,
        description="ARN of a standard SNS topic of the region that exists; its policy, and that of its key, "
        "have to admit CloudWatch. Either this or email.",
    )
    email: Annotated[str, Field(pattern=forms.EMAIL.pattern, max_length=254)] | None = Field(
        default=None,
        description="Address that a topic of the environment's own writes to, once it has confirmed.",
    )
    kms_key_arn: Annotated[str, Field(pattern=forms.KMS_KEY_ARN.pattern)] | None = Field(
        default=None,
        description="ARN of the KMS key that encrypts the own topic; its policy has to admit CloudWatch. "
        "Default: none, since AWS's own key admits no alarm.",
    )
    notify: Literal["each", "once"] = Field(
        default="each",
        description="Who writes: each alarm, so that a second fault is heard during the first, or once: the "
        "one above them all.",
    )
    thresholds: Thresholds = Field(
        default=Thresholds.model_construct(), description="When an alarm goes off, each with its reason."
    )
