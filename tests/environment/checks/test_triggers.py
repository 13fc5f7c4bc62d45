from pathlib import Path

import pytest

from constructs_lib.environment import environment_warnings
from tests.support.environment_files import load, only_problem

PLACE = "functions.inventory.triggers.orders"
ARN = '"arn:aws:sqs:us-east-1:123456789012:orders"'
BUCKET = '"arn:aws:s3:::acme-uploads"'


def trigger(label: str = "orders", /, **keys: str) -> dict[str, str | None]:
    """The changes that give a function a trigger with these keys."""
    return {f"functions.inventory.triggers.{label}.{key}": value for key, value in keys.items()}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        (trigger(batch_size="5"), PLACE, "exactly one of queue, schedule"),
        (trigger(queue='"new"', schedule='"rate(1 day)"'), PLACE, "exactly one"),
        (trigger(queue='"new"', timezone='"UTC"'), f"{PLACE}.timezone", "a setting of schedule"),
        (trigger(queue='"orders"'), f"{PLACE}.queue", "arn:aws:sqs:"),
        (trigger(queue='"new"', batch_size="0"), f"{PLACE}.batch_size", "1 to 10000"),
        (trigger(queue='"new"', batch_size="11"), f"{PLACE}.batch_size", "window"),
        (
            trigger(queue='"new"', visibility_timeout_s="5"),
            f"{PLACE}.visibility_timeout_s",
            "timeout of 10 s",
        ),
        (trigger(queue=ARN.replace("us-east-1", "eu-west-1")), f"{PLACE}.queue", "us-east-1"),
        (trigger(schedule='"every day"'), f"{PLACE}.schedule", "rate(5 minutes)"),
        (trigger(schedule='"rate(1 day)"', timezone='"Mars/Base"'), f"{PLACE}.timezone", "no time zone"),
        (trigger(pattern='{source = "aws.ecs"}'), f"{PLACE}.pattern.source", 'write ["aws.ecs"]'),
        (trigger(bucket=BUCKET), f"{PLACE}.replaces_notifications", "EventBridge"),
        (trigger("My_Orders", queue='"new"'), "functions.inventory.triggers.My_Orders", "lower-case"),
        (
            trigger(queue=ARN) | trigger("again", queue=ARN),
            "functions.inventory.triggers.again.queue",
            "same queue",
        ),
        (
            trigger(bucket=BUCKET, replaces_notifications="true")
            | {
                "functions.storefront.triggers.too.bucket": BUCKET,
                "functions.storefront.triggers.too.replaces_notifications": "true",
            },
            "functions.storefront.triggers.too.bucket",
            "one configuration",
        ),
    ],
)
def test_what_is_wrong_is_said_of_its_field(
    tmp_path: Path, changes: dict[str, str | None], field: str, said: str
) -> None:
    problem = only_problem(tmp_path, changes)
    assert problem.field == field
    assert said in f"{problem.rule} {problem.way_out}"


def test_every_kind_of_trigger_is_taken(tmp_path: Path) -> None:
    environment = load(
        tmp_path,
        trigger(queue='"new"', max_concurrency="5")
        | trigger("nightly", schedule='"cron(0 3 * * ? *)"', timezone='"Europe/Berlin"', input="{n = 1}")
        | trigger("stopped", pattern='{source = ["aws.ecs"]}', event_bus='"default"')
        | trigger("uploads", bucket=BUCKET, replaces_notifications="true", prefix='"in/"')
        | trigger("news", topic='"arn:aws:sns:eu-west-1:123456789012:news"', filter='{kind = ["a"]}'),
    )
    assert [*environment.functions["inventory"].triggers] == [
        *("orders", "nightly", "stopped", "uploads", "news")
    ]


def test_what_may_lose_or_hold_up_messages_is_a_warning(tmp_path: Path) -> None:
    def warned(**keys: str) -> list[str]:
        environment = load(tmp_path, trigger(**keys) | {"functions.inventory.reserved_concurrency": "5"})
        return [one.field for one in environment_warnings(environment) if ".triggers." in one.field]

    assert warned(queue='"new"', max_concurrency="5") == []
    assert warned(queue='"new"', max_concurrency="6") == [f"{PLACE}.max_concurrency"]
    assert warned(queue='"new"', max_concurrency="5", visibility_timeout_s="59") == [
        f"{PLACE}.visibility_timeout_s"
    ]
    assert warned(queue=ARN, max_concurrency="5") == [f"{PLACE}.queue"]
