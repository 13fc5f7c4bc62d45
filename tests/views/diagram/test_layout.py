"""What the layout makes of scenes that no document gives."""

from __future__ import annotations

import pytest

from constructs_lib.views.diagram.draw import svg_of
from constructs_lib.views.diagram.layout import layout
from constructs_lib.views.diagram.scene import (
    FRONT,
    INTERNAL,
    OUTSIDE,
    PROTECTED,
    Balancer,
    Chip,
    Guard,
    Link,
    Node,
    Scene,
    Vpc,
)
from tests.support.pictures import Area, Drawn, area_of, classes

CHIP = Chip("8080", ":8080", "HTTP", ("listener",))


def scene(*links: Link, occupied: tuple[str, ...] = (), existing: bool = False) -> Scene:
    return Scene(
        title="by hand",
        subtitle="",
        vpc=Vpc("VPC 10.0.0.0/16", existing, occupied),
        gateway=(),
        places=(),
        nodes=(
            Node("queue", "aws", "orders", ("SQS queue",), ("aws_sqs_queue.orders",), OUTSIDE),
            Node("web", "function", "web", ("Lambda",), ("web",), FRONT, "private", Guard(("web",))),
            Node(
                "stock", "function", "stock", ("Lambda",), ("stock",), PROTECTED, "private", Guard(("stock",))
            ),
        ),
        balancers=(Balancer("lb", "internal", (), (CHIP,), INTERNAL),),
        exits=(),
        links=(Link("web", "8080", "8080", "call"), Link("8080", "stock", "invoke", "delivery"), *links),
    )


@pytest.mark.parametrize("targets", [["web"], ["stock"], ["web", "stock"]])
def test_a_service_that_invokes_stands_outside_and_its_line_reaches_any_column(targets: list[str]) -> None:
    picture = Drawn(svg_of(layout(scene(*(Link("queue", name, "events", "trigger") for name in targets)))))
    areas = {area.name: area for area in picture.areas().values()}
    vpc = next(area_of(box) for box in picture.boxes if "a-vpc" in classes(box))
    assert areas["aws_sqs_queue.orders"].right < vpc.left
    number = next(i for i, wire in enumerate(picture.wires) if "a-trigger" in classes(wire))
    lines = [Area(*segment) for found, segment in picture.segments() if found == number]
    assert any(line.left == areas["aws_sqs_queue.orders"].right for line in lines)
    for name in targets:
        own = next(frame for frame in picture.areas().values() if frame.holds(areas[name]) and frame != vpc)
        assert any(line.left == own.right + 6 and own.top < line.top < own.bottom for line in lines)
    assert [label.name for label in picture.labels()].count("events") == len(targets)


def test_a_vpc_that_exists_already_and_the_blocks_of_others_are_marked() -> None:
    picture = Drawn(svg_of(layout(scene(existing=True, occupied=("10.0.0.0/20", "10.0.16.0/20")))))
    assert {
        "VPC 10.0.0.0/16 · exists already",
        "Blocks that others use: 10.0.0.0/20, 10.0.16.0/20",
    } <= set(picture.words())
    assert any({"a-vpc", "a-existing"} <= classes(box) for box in picture.boxes)
