import pytest

from constructs_lib.compute.triggers.options import (
    BucketTrigger,
    EventTrigger,
    QueueTrigger,
    ScheduleTrigger,
    TopicTrigger,
    problems_with_timeout,
)
from constructs_lib.errors import ConfigError

ARN = "arn:aws:sqs:eu-west-1:123456789012:orders"
BUCKET = "arn:aws:s3:::acme-uploads"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:news"


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: QueueTrigger(queue="orders"), "queue"),
        (lambda: QueueTrigger(batch_size=10_001, maximum_batching_window_s=1), "batch_size"),
        (lambda: QueueTrigger(batch_size=11), "batch_size"),
        (lambda: QueueTrigger(queue=f"{ARN}.fifo", batch_size=11), "batch_size"),
        (
            lambda: QueueTrigger(queue=f"{ARN}.fifo", maximum_batching_window_s=1),
            "maximum_batching_window_s",
        ),
        (lambda: QueueTrigger(max_concurrency=1), "max_concurrency"),
        (lambda: QueueTrigger(queue=ARN, visibility_timeout_s=60), "visibility_timeout_s"),
        (lambda: QueueTrigger(kms_key_arn="alias/mine"), "kms_key_arn"),
        (lambda: ScheduleTrigger(schedule="cron(0 3 * * *)"), "schedule"),
        (lambda: ScheduleTrigger(schedule="rate(1 minutes)"), "schedule"),
        (lambda: ScheduleTrigger(schedule="rate(1 day)", timezone="Europe/Berlim"), "timezone"),
        (lambda: EventTrigger(pattern={}), "pattern"),
        (lambda: EventTrigger(pattern={"detail": {"state": "STOPPED"}}), "pattern.detail.state"),
        (lambda: BucketTrigger(bucket=BUCKET), "replaces_notifications"),
        (
            lambda: BucketTrigger(bucket=BUCKET, replaces_notifications=True, events=["created"]),
            "events[0]",
        ),
        (lambda: BucketTrigger(bucket="acme-uploads", replaces_notifications=True), "bucket"),
        (lambda: TopicTrigger(topic="news"), "topic"),
    ],
)
def test_what_aws_does_not_take_is_refused_with_its_field_and_a_way_out(make, field):
    with pytest.raises(ConfigError) as refused:
        make()
    (problem,) = refused.value.problems
    assert problem.field == field
    assert problem.way_out


def test_what_aws_takes_is_taken_and_a_reference_is_never_judged():
    QueueTrigger(queue="${aws_sqs_queue.orders.arn}", batch_size=100, maximum_batching_window_s=5)
    ScheduleTrigger(schedule="at(2030-01-31T06:00:00)", timezone="Europe/Berlin", input={"n": 1})
    EventTrigger(pattern={"source": ["aws.ecs"], "$or": [{"a": [1]}]}, event_bus="orders")
    BucketTrigger(bucket=BUCKET, replaces_notifications=True, prefix="in/")
    TopicTrigger(topic=TOPIC, filter={"kind": ["order"]})


def test_a_queue_hides_messages_six_times_as_long_as_the_function_may_take_and_never_shorter():
    assert QueueTrigger(maximum_batching_window_s=20).visibility_s(30) == 200
    assert not [*problems_with_timeout(QueueTrigger(visibility_timeout_s=30), 30)]
    (problem,) = problems_with_timeout(QueueTrigger(visibility_timeout_s=29), 30)
    assert (problem.field, problem.value) == ("visibility_timeout_s", 29)
