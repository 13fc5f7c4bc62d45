"""What invokes functions stands outside of the VPC, in AWS's own words."""

from __future__ import annotations

from typing import Any

from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import add, default_document
from tests.support.pictures import SVG, Drawn, classes
from tests.support.written_stacks import stack_of

FUNCTION = "${aws_lambda_alias.inventory.arn}"
Boxes = list[tuple[str, ...]]


def queue(document: dict[str, Any], name: str, **more: object) -> None:
    add(document, f"aws_sqs_queue.{name}", name=name)
    add(
        document,
        f"aws_lambda_event_source_mapping.inventory_trigger_{name}",
        event_source_arn=f"${{aws_sqs_queue.{name}.arn}}",
        function_name=FUNCTION,
        **more,
    )


def drawn(document: dict[str, Any]) -> Drawn:
    return Drawn(architecture_svg(stack_of(document)))


def boxes(picture: Drawn) -> Boxes:
    found = [box for box in picture.boxes if "a-aws" in classes(box)]
    return [tuple(text.text or "" for text in box.iter(f"{SVG}text")) for box in found]


def arrows(picture: Drawn) -> list[str]:
    return [wire.get("class", "") for wire in picture.wires if "a-trigger" in classes(wire)]


def test_a_queue_and_a_schedule_stand_outside_with_their_names_and_an_arrow() -> None:
    document = default_document()
    queue(document, "orders")
    target = {"arn": FUNCTION, "role_arn": "arn:aws:iam::123456789012:role/scheduler"}
    add(document, "aws_scheduler_schedule.inventory_trigger_nightly", target=target)
    picture = drawn(document)
    assert boxes(picture) == [("orders", "SQS queue"), ("nightly", "EventBridge", "schedule")]
    assert arrows(picture) == ["a-wire a-trigger"]
    areas = picture.areas()
    vpc = next(area for box, area in areas.items() if "a-vpc" in classes(box))
    assert all(area.right < vpc.left for box, area in areas.items() if "a-aws" in classes(box))


def test_a_trigger_that_is_off_has_no_arrow_and_one_that_may_be_off_a_dashed_one() -> None:
    document = default_document()
    queue(document, "orders", enabled=False)
    assert (boxes(drawn(document)), arrows(drawn(document))) == ([], [])
    document = default_document()
    queue(document, "orders", enabled="${var.on}")
    assert arrows(drawn(document)) == ["a-wire a-trigger a-doubt"]


def test_of_many_triggers_one_box_has_the_names() -> None:
    document = default_document()
    for number in range(5):
        queue(document, f"q{number}")
    assert boxes(drawn(document)) == [("5 event", "sources", "q0, q1, q2, q3,", "q4")]


def test_a_function_that_is_only_triggered_is_said_to_be() -> None:
    document = default_document()
    add(document, "aws_lambda_function.worker", function_name="worker")
    add(document, "aws_sqs_queue.jobs", name="jobs")
    add(
        document,
        "aws_lambda_event_source_mapping.worker_trigger_jobs",
        event_source_arn="${aws_sqs_queue.jobs.arn}",
        function_name="${aws_lambda_function.worker.arn}",
    )
    assert "Public-facing, triggered" in drawn(document).words()
