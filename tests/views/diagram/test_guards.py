"""Security groups and tiers in the picture."""

from __future__ import annotations

from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import default_document, document_of, environment_of, resource
from tests.support.pictures import SVG, Drawn, classes, environment_with
from tests.support.written_stacks import stack_of

CLIENTS = "aws_security_group.endpoint_clients"


def picture(document: dict[str, object]) -> Drawn:
    return Drawn(architecture_svg(stack_of(document)))


def frames(drawn: Drawn) -> dict[str, str]:
    """The security groups of each frame, and what the frame is called."""
    found = [box for box in drawn.boxes if "a-guard" in classes(box)]
    return {box.get("data-address", ""): box.findtext(f"{SVG}text") or "" for box in found}


def test_every_box_with_security_groups_stands_in_their_frame() -> None:
    assert frames(picture(default_document())) == {
        "aws_security_group.public": "SG public",
        "aws_security_group.internal": "SG internal",
        f"aws_security_group.storefront {CLIENTS}": "SG storefront, endpoint_clients",
        f"aws_security_group.inventory {CLIENTS}": "SG inventory, endpoint_clients",
        "aws_security_group.endpoints": "SG endpoints",
    }


def test_each_frame_holds_the_box_whose_groups_it_names() -> None:
    drawn = picture(default_document())
    areas = {area.name: area for area in drawn.areas().values()}
    for frame, box in (
        ("aws_security_group.public", "aws_lb.public"),
        (
            "aws_security_group.storefront aws_security_group.endpoint_clients",
            "aws_lambda_function.storefront",
        ),
        ("aws_security_group.endpoints", "aws_vpc_endpoint.endpoints_logs"),
    ):
        assert areas[frame].holds(areas[box])


def test_a_frame_tells_the_openings_of_its_groups() -> None:
    box = next(
        box
        for box in picture(default_document()).boxes
        if box.get("data-address") == "aws_security_group.internal"
    )
    assert (box.findtext(f"{SVG}title") or "").splitlines() == [
        "aws_security_group.internal",
        "internal admits TCP 8080 from storefront",
    ]


def test_of_very_many_openings_the_first_are_told() -> None:
    drawn = picture(document_of(environment_with(public=1, protected=40)))
    box = next(box for box in drawn.boxes if box.get("data-address") == "aws_security_group.internal")
    lines = (box.findtext(f"{SVG}title") or "").splitlines()
    assert (len(lines), lines[-1]) == (13, "and 13 more rules")


def test_what_exists_already_stands_in_the_frame_of_its_own_group() -> None:
    callers = {"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["inventory"]}}
    environment = environment_of(callers=callers)
    drawn = Drawn(architecture_svg(stack_of(document_of(environment), environment)))
    assert frames(drawn)["sg-0fedcba9876543210"] == "SG sg-0fedcba9876543210"


def test_groups_of_many_workloads_are_counted_beside_the_one_that_they_share() -> None:
    drawn = picture(document_of(environment_with(public=11, protected=20)))
    assert {"SG 11 own, endpoint_clients", "SG 20 own, endpoint_clients"} <= set(frames(drawn).values())


def test_every_column_says_its_tier() -> None:
    words = picture(default_document()).words()
    assert [word for word in words if word.startswith("in ")] == [
        "in private subnets",  # the interface endpoints
        "in public subnets",  # the NAT gateway
        *("in public subnets", "in private subnets", "in private subnets", "in private subnets"),
    ]


def test_a_box_says_its_tier_where_it_is_not_that_of_its_column() -> None:
    document = document_of(environment_with(public=2, protected=0))
    place = resource(document, "aws_lambda_function.w01")["vpc_config"]
    place["subnet_ids"] = ["${aws_subnet.network_public_a.id}"]
    del resource(document, "aws_lambda_function.w00")["vpc_config"]
    drawn = picture(document)
    said = {
        box.get("data-address"): [text.text for text in box.iter(f"{SVG}text")][-1]
        for box in drawn.boxes
        if "a-function" in classes(box)
    }
    assert said == {"aws_lambda_function.w00": "in no VPC", "aws_lambda_function.w01": "in public subnets"}
