"""What leaves the VPC stands outside of it, and its line passes what carries it."""

from __future__ import annotations

from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import default_document, document_of, environment_of
from tests.support.pictures import SVG, Area, Drawn, classes
from tests.support.written_stacks import stack_of

PARTNERS = {
    "cdn": {"prefix_list_id": "pl-0123456789abcdef0", "port": 443},
    "partner": {"cidr": "203.0.113.0/24", "port": 8443},
    "database": {"security_group_id": "sg-0123456789abcdef0", "port": 5432},
    "cache": {"cidr": "10.0.9.0/24", "port": 6379},
}


def drawn(*, egress: dict[str, object], nat: str = "single") -> Drawn:
    inventory = {
        "source": "x",
        "exposure": "internal",
        "port": 8080,
        "egress": egress,
        "internet": nat != "none",
    }
    network = {"nat": nat} | ({"nat_zone": "a"} if nat == "single" else {})
    environment = environment_of(functions={"inventory": inventory}, network=network)
    return Drawn(architecture_svg(stack_of(document_of(environment), environment)))


def named(picture: Drawn, title: str) -> Area:
    """The last box with a title: what is reached stands below who comes in."""
    areas = picture.areas().items()
    return [a for box, a in areas if title in [text.text for text in box.iter(f"{SVG}text")]][-1]


def vpc(picture: Drawn) -> Area:
    return next(area for box, area in picture.areas().items() if "a-vpc" in classes(box))


def test_only_what_is_in_the_vpc_is_drawn_inside() -> None:
    picture = drawn(egress=PARTNERS)
    inside = {
        title
        for title in ("Internet", "cdn", "partner", "database", "cache", "NAT gateway")
        if vpc(picture).holds(named(picture, title))
    }
    assert inside == {"database", "cache", "NAT gateway"}


def test_a_way_to_the_internet_passes_the_nat_gateway_and_the_internet_gateway() -> None:
    picture = Drawn(architecture_svg(stack_of(default_document())))
    nat, border = named(picture, "NAT gateway"), vpc(picture).bottom
    gateways = [area for box, area in picture.areas().items() if "a-gateway" in classes(box)]
    gateway = next(area for area in gateways if area.top < border < area.bottom)
    number = next(i for i, wire in enumerate(picture.wires) if "a-out" in classes(wire))
    lines = [Area(*segment) for found, segment in picture.segments() if found == number]
    assert any(line.bottom == nat.top - 6 and nat.left < line.left < nat.right for line in lines)
    assert any(line.top == nat.bottom and gateway.left < line.left < gateway.right for line in lines)
    assert any(line.bottom == named(picture, "Internet").top - 6 for line in lines)


def test_a_way_that_nothing_here_carries_passes_no_gateway() -> None:
    picture = drawn(egress={"partner": PARTNERS["partner"]} | {"internet": PARTNERS["cdn"]}, nat="none")
    border = vpc(picture).bottom
    boxes = [area for box, area in picture.areas().items() if "a-gateway" in classes(box)]
    assert not any(area.top < border < area.bottom for area in boxes)


def test_more_targets_than_fit_are_one_box() -> None:
    group = {f"db{n}": {"security_group_id": f"sg-{n:017x}", "port": 5432} for n in range(6)}
    assert {"6 other targets", "db0, db1, db2, db3, db4, db5"} <= set(drawn(egress=group).words())


def test_an_endpoint_that_exists_already_is_called_by_its_service() -> None:
    network = {
        "cidr": "10.0.0.0/16",
        "existing": {
            "vpc_id": "vpc-0123456789abcdef0",
            "internet_gateway_id": "igw-0123456789abcdef0",
            "endpoints": {"logs": {"security_group_id": "sg-0a1b2c3d4e5f60718"}},
        },
    }
    plain = {"source": "x", "exposure": "internal", "port": 8080}
    egress = {"anything": {"security_group_id": "sg-0a1b2c3d4e5f60718", "port": 443}}
    environment = environment_of(functions={"inventory": plain | {"egress": egress}})
    document = document_of(environment)
    stack = stack_of(document, environment_of(functions={"inventory": plain}, network=network))
    words = Drawn(architecture_svg(stack)).words()
    assert {"Interface endpoint", "logs", "exists already"} <= set(words)


def test_targets_without_a_name_are_called_what_aws_calls_them() -> None:
    document = document_of(environment_of(functions={"inventory": {"source": "x", "egress": PARTNERS}}))
    words = set(Drawn(architecture_svg(stack_of(document))).words())
    assert {"Prefix list", "pl-0123456789abcdef0", "CIDR block", "203.0.113.0/24", "Security group"} <= words
