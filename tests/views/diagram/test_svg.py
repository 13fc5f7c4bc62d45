"""The picture: everything is in it, nothing lies on anything else, and it is the same picture every time."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.environment import Environment
from constructs_lib.views.diagram.bottom import bottom_rows, lead_down
from constructs_lib.views.diagram.lines.wires import Drawing
from constructs_lib.views.diagram.nets import Net
from constructs_lib.views.diagram.scene import Node
from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import add, default_document, document_of, drop, environment_of, resource
from tests.support.pictures import (
    CONTAINERS,
    SVG,
    Area,
    Drawn,
    classes,
    environment_at_random,
    environment_with,
    text_area,
)
from tests.support.properties import examples
from tests.support.written_stacks import stack_of

SIZES = [
    (zones, public, protected)
    for zones in ("ab", "abc", "abcd")
    for public, protected in ((1, 0), (1, 1), (4, 6), (12, 18), (29, 1), (1, 29))
]
Faults = list[tuple[Area, Area]]


def drawn(environment: Environment) -> Drawn:
    return Drawn(architecture_svg(stack_of(document_of(environment), environment)))


@pytest.fixture(scope="module")
def pictures() -> dict[str, Drawn]:
    """Pictures of every size, and of architectures without any order."""
    sized = {
        f"{len(zones)} zones, {public} public, {protected} protected": drawn(
            environment_with(zones=zones, public=public, protected=protected, long=public % 2 == 0)
        )
        for zones, public, protected in SIZES
    }
    return sized | {f"at random, {seed}": drawn(environment_at_random(seed)) for seed in range(12)}


def faulty(pictures: dict[str, Drawn], law: Callable[[Drawn], Faults]) -> dict[str, Faults]:
    """What breaks a law, by the picture that it is in."""
    return {name: faults for name, picture in pictures.items() if (faults := law(picture))}


def test_no_two_boxes_overlap_unless_one_holds_the_other(pictures: dict[str, Drawn]) -> None:
    assert faulty(pictures, overlaps) == {}


def overlaps(picture: Drawn) -> Faults:
    return [
        (area, there)
        for (one, area), (other, there) in itertools.combinations(picture.areas().items(), 2)
        if area.meets(there) and "a-gateway" not in classes(one) | classes(other)
        if not (area.holds(there) and classes(one) & CONTAINERS)
        if not (there.holds(area) and classes(other) & CONTAINERS)
    ]


def test_no_text_leaves_its_box(pictures: dict[str, Drawn]) -> None:
    assert faulty(pictures, texts_outside) == {}


def texts_outside(picture: Drawn) -> Faults:
    return [
        (text_area(text), area)
        for box, area in picture.areas().items()
        for text in box.iter(f"{SVG}text")
        if not area.holds(text_area(text))
    ]


def test_texts_in_one_box_do_not_lie_on_each_other(pictures: dict[str, Drawn]) -> None:
    assert faulty(pictures, texts_on_texts) == {}


def texts_on_texts(picture: Drawn) -> Faults:
    texts = [[text_area(text) for text in box.iter(f"{SVG}text")] for box in picture.boxes]
    return [fault for areas in texts for fault in meeting(areas)]


def test_labels_of_arrows_touch_no_box_and_no_other_label(pictures: dict[str, Drawn]) -> None:
    assert all(picture.labels() for picture in pictures.values())
    assert faulty(pictures, labels_on_boxes) == {}


def labels_on_boxes(picture: Drawn) -> Faults:
    labels = picture.labels()
    boxes = [area for box, area in picture.areas().items() if not classes(box) & {"a-vpc"}]
    return [(label, box) for label in labels for box in boxes if label.meets(box)] + meeting(labels)


def meeting(areas: list[Area]) -> Faults:
    return [(a, b) for a, b in itertools.combinations(areas, 2) if a.meets(b)]


def test_no_line_crosses_the_label_of_an_arrow(pictures: dict[str, Drawn]) -> None:
    assert faulty(pictures, lines_on_labels) == {}


def lines_on_labels(picture: Drawn) -> Faults:
    lines = [_thick(Area(*segment, name=str(number))) for number, segment in picture.segments()]
    return [(label, line) for label in picture.labels() for line in lines if label.meets(line)]


def test_no_line_runs_through_a_box(pictures: dict[str, Drawn]) -> None:
    assert faulty(pictures, lines_through_boxes) == {}


def lines_through_boxes(picture: Drawn) -> Faults:
    boxes = [
        _inside(area) for box, area in picture.areas().items() if not classes(box) & {"a-vpc", "a-gateway"}
    ]
    lines = [_thick(Area(*segment)) for _, segment in picture.segments()]
    return [(line, box) for line in lines for box in boxes if line.meets(box)]


def test_lines_of_different_nets_do_not_run_in_one(pictures: dict[str, Drawn]) -> None:
    assert faulty(pictures, lines_in_one) == {}


def lines_in_one(picture: Drawn) -> Faults:
    areas = [(number, Area(*segment)) for number, segment in picture.segments()]
    lines = [(number, _upright(area), _thick(area)) for number, area in areas]
    return [
        (a, b)
        for (number, upright, a), (other, too, b) in itertools.combinations(lines, 2)
        if number != other and upright == too and a.meets(b)
    ]


LAWS = (
    *(overlaps, texts_outside, texts_on_texts, labels_on_boxes),
    *(lines_on_labels, lines_through_boxes, lines_in_one),
)


@examples(6)
@given(seed=st.integers(12, 10**6))
def test_every_law_holds_for_any_architecture(seed: int) -> None:
    picture = drawn(environment_at_random(seed))
    assert {law.__name__: faults for law in LAWS if (faults := law(picture))} == {}


def test_the_picture_is_1200_pixels_wide_or_hardly_more(pictures: dict[str, Drawn]) -> None:
    assert {name for name, picture in pictures.items() if not 1200 <= picture.width <= 1236} == set()


def _thick(line: Area) -> Area:
    return Area(line.left - 0.7, line.top - 0.7, line.right + 0.7, line.bottom + 0.7, line.name)


def _inside(box: Area) -> Area:
    return Area(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1, box.name)


def _upright(line: Area) -> bool:
    return line.right - line.left < line.bottom - line.top


DRAWN = (
    "aws_subnet",
    "aws_lb",
    "aws_lb_listener",
    "aws_lambda_function",
    "aws_ecs_service",
    "aws_vpc_endpoint",
    "aws_nat_gateway",
    "aws_eip",
    "aws_internet_gateway",
    "aws_security_group",
)


@pytest.mark.parametrize(("public", "protected"), [(1, 1), (12, 18), (25, 40)])
def test_every_resource_of_the_network_and_every_workload_is_in_the_picture(
    public: int, protected: int
) -> None:
    document = document_of(environment_with(zones="abc", public=public, protected=protected))
    expected = {f"{kind}.{name}" for kind in DRAWN for name in document["resource"].get(kind, {})}
    assert Drawn(architecture_svg(stack_of(document))).addresses() == expected


def test_every_cidr_zone_and_port_is_written_out() -> None:
    environment = environment_with(zones="abc", public=2, protected=3)
    words = drawn(environment).words()
    assert {
        "10.0.0.0/24",
        "10.0.1.0/24",
        "10.0.2.0/24",
        "10.0.16.0/24",
        "10.0.17.0/24",
        "10.0.18.0/24",
    } <= set(words)
    assert {"us-east-1a", "us-east-1b", "us-east-1c", ":80", ":8000", ":8001", ":8002"} <= set(words)


def test_arrows_carry_their_ports() -> None:
    labels = sorted(label.name for label in drawn(environment_of()).labels())
    assert labels == ["443", "443", "443", "80", "8080", "invoke", "invoke"]


def test_a_call_that_the_proof_does_not_find_has_no_arrow() -> None:
    document = default_document()
    drop(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    assert "8080" not in {label.name for label in Drawn(architecture_svg(stack_of(document))).labels()}


def test_an_entry_that_the_proof_finds_blocked_has_no_arrow() -> None:
    document = default_document()
    drop(document, "aws_route.network_public")
    labels = [label.name for label in Drawn(architecture_svg(stack_of(document))).labels()]
    assert sorted(labels) == ["443", "443", "8080", "invoke", "invoke"]


def test_a_text_without_room_is_cut() -> None:
    document = default_document()
    resource(document, "aws_subnet.network_private_a")["availability_zone"] = "local-zone-" * 8
    picture = Drawn(architecture_svg(stack_of(document)))
    assert texts_outside(picture) == []
    assert "local-zone-l…" in picture.words()


def test_ways_of_different_kinds_into_one_box_stay_apart() -> None:
    boxes = (Node("db", "elsewhere", "database", (), ("sg-0123456789abcdef0",)),)
    nets = {number: Net(("w",), (("db", "5432"),), "inside", number == 0) for number in range(2)}
    bottom, drawings = bottom_rows((boxes, ()), nets, 0, 600, 0), {0: Drawing(), 1: Drawing()}
    lead_down(bottom, nets, {0: [(100, ())], 1: [(110, ())]}, drawings)
    first, second = sorted(drawing.labels[0][0].x for drawing in drawings.values())
    assert second - first > 40


def test_what_only_an_apply_can_tell_is_dashed() -> None:
    callers = {"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["inventory"]}}
    environment = environment_of(callers=callers)
    picture = drawn(environment)
    assert [wire.get("class") for wire in picture.wires if "a-doubt" in classes(wire)] == [
        "a-wire a-call a-doubt"
    ]
    assert {"legacy", "only an apply can tell"} <= set(picture.words())


def test_who_enters_several_listeners_is_drawn_once() -> None:
    ports = {f"p{port}": {"source": "x", "exposure": "internal", "port": port} for port in (8080, 8081)}
    callers = {"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["p8080", "p8081"]}}
    words = drawn(environment_of(functions=ports, callers=callers)).words()
    assert words.count("legacy") == 1


def test_allowed_ranges_stand_for_the_internet_where_they_are_narrower() -> None:
    public = {"insecure_http": True, "allowed_cidrs": ["203.0.113.0/24", "198.51.100.0/24"]}
    words = drawn(environment_of(load_balancers={"public": public})).words()
    assert {"203.0.113.0/24", "198.51.100.0/24"} <= set(words)


def test_targets_outside_of_the_stack_have_the_names_of_the_environment() -> None:
    functions = {
        "inventory": {
            "source": "x",
            "exposure": "internal",
            "port": 8080,
            "egress": {"database": {"security_group_id": "sg-0123456789abcdef0", "port": 5432}},
        }
    }
    picture = drawn(environment_of(functions=functions))
    assert {"database", "exists already", "SG sg-0123456789abcdef0"} <= set(picture.words())
    assert "5432" in {label.name for label in picture.labels()}


def test_an_internet_gateway_that_exists_already_is_drawn() -> None:
    document = default_document()
    drop(document, "aws_internet_gateway.network")
    resource(document, "aws_route.network_public")["gateway_id"] = "igw-0123456789abcdef0"
    assert "igw-0123456789abcdef0" in Drawn(architecture_svg(stack_of(document))).addresses()


def test_more_than_thirty_workloads_are_drawn_as_groups() -> None:
    words = drawn(environment_with(public=11, protected=20)).words()
    assert {"11 functions", "20 functions"} <= set(words)
    assert "11 functions" not in drawn(environment_with(public=10, protected=20)).words()


def test_a_service_is_drawn_with_its_container_port() -> None:
    document = default_document()
    group = add(
        document,
        "aws_lb_target_group.public_web",
        target_type="ip",
        port=8000,
        vpc_id="${aws_vpc.network.id}",
    )
    add(document, "aws_security_group.web", vpc_id="${aws_vpc.network.id}")
    for direction, owner, peer in (("egress", "public", "web"), ("ingress", "web", "public")):
        add(
            document,
            f"aws_vpc_security_group_{direction}_rule.{owner}_{peer}_8000",
            security_group_id=f"${{aws_security_group.{owner}.id}}",
            referenced_security_group_id=f"${{aws_security_group.{peer}.id}}",
            ip_protocol="tcp",
            from_port=8000,
            to_port=8000,
        )
    drop(document, "aws_lb_listener_rule.public_storefront")
    forward = {"type": "forward", "target_group_arn": f"${{{group}.arn}}"}
    resource(document, "aws_lb_listener.public_80")["default_action"] = [forward]
    add(
        document,
        "aws_ecs_service.web",
        desired_count=2,
        launch_type="FARGATE",
        network_configuration={
            "subnets": ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
            "security_groups": ["${aws_security_group.web.id}"],
        },
        load_balancer=[
            {"target_group_arn": f"${{{group}.arn}}", "container_name": "web", "container_port": 8000}
        ],
    )
    picture = Drawn(architecture_svg(stack_of(document)))
    assert "aws_ecs_service.web" in picture.addresses()
    assert "8000" in {label.name for label in picture.labels()}
    assert "ECS on Fargate · 2 tasks" in picture.words()


def test_equal_documents_give_equal_bytes() -> None:
    environment = environment_with(public=5, protected=9)
    assert architecture_svg(stack_of(document_of(environment), environment)) == architecture_svg(
        stack_of(document_of(environment), environment)
    )


def test_text_from_users_is_escaped() -> None:
    document = default_document()
    resource(document, "aws_subnet.network_private_a")["availability_zone"] = "<script>&"
    svg = architecture_svg(stack_of(document))
    assert "<script>" not in svg
    ET.fromstring(svg)


def test_a_document_without_a_network_is_drawn_too() -> None:
    assert Drawn(architecture_svg(stack_of({"data": {"aws_region": {"here": {}}}}))).addresses() == set()


def test_light_and_dark_are_in_one_file_and_fonts_are_the_systems() -> None:
    svg = architecture_svg(stack_of(default_document()))
    assert svg.count("prefers-color-scheme:dark") == 1
    assert "system-ui" in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_the_picture_says_as_a_text_what_it_shows() -> None:
    description = Drawn(architecture_svg(stack_of(default_document()))).root.findtext(f"{SVG}desc") or ""
    assert description.split(". ") == [
        "VPC 10.0.0.0/16, in us-east-1a, us-east-1b",
        "internal: Application Load Balancer, internal, in private subnets, security groups internal",
        "public: Application Load Balancer, internet-facing, in public subnets, security groups public",
        "Internet",
        *(
            f"{name}: Lambda, {requests}, in private subnets, security groups {name}, endpoint_clients"
            for name, requests in (("inventory", "all of port 8080"), ("storefront", "/*"))
        ),
        "storefront reaches internal :8080 (8080)",
        "Internet reaches public :80 (80)",
        "internal :8080 reaches inventory (invoke)",
        "public :80 reaches storefront (invoke)",
        "inventory reaches Gateway endpoints (443)",
        "storefront reaches Gateway endpoints (443)",
        "storefront reaches Internet (443) through a NAT gateway",
        "inventory reaches Interface endpoint (443)",
        "storefront reaches Interface endpoint (443).",
    ]


def test_a_workload_says_its_hosts_before_its_paths() -> None:
    shop = {"source": "x", "exposure": "public", "hosts": ["a.com", "b.com"], "paths": ["/x", "/y/*"]}
    svg = architecture_svg(stack_of(document_of(environment_of(functions={"shop": shop}))))
    assert "shop: Lambda, a.com, b.com: /x, /y/*, in private subnets" in svg


def test_of_very_many_ways_the_first_are_said() -> None:
    environment = environment_with(public=9, protected=20)
    description = drawn(environment).root.findtext(f"{SVG}desc") or ""
    assert description.endswith(" more.")
