"""The map of zones and subnets."""

from __future__ import annotations

from constructs_lib.views.diagram.svg import architecture_svg
from tests.support.architecture import default_document, drop, resource
from tests.support.pictures import Drawn
from tests.support.written_stacks import stack_of


def test_the_id_of_an_elastic_ip_that_exists_already_is_whole() -> None:
    document = default_document()
    drop(document, "aws_eip.network_nat_a")
    nat = resource(document, "aws_nat_gateway.network_nat_a")
    nat["allocation_id"] = "eipalloc-0a1b2c3d4e5f60718"
    words = Drawn(architecture_svg(stack_of(document))).words()
    assert "eipalloc-0a1b2c3d4e5f60718" in words


def test_a_subnet_whose_routes_are_elsewhere_is_said_to_be_neither_public_nor_private() -> None:
    document = default_document()
    for zone in "ab":
        drop(document, f"aws_route_table_association.network_public_{zone}")
        resource(document, f"aws_subnet.network_public_{zone}")["vpc_id"] = "vpc-0123456789abcdef0"
    words = Drawn(architecture_svg(stack_of(document))).words()
    assert "251 usable · its routes are not told" in words
    assert "in public subnets" not in words


def test_a_nat_gateway_of_one_word_has_it_as_its_name() -> None:
    document = default_document()
    document["resource"]["aws_nat_gateway"]["main"] = drop(document, "aws_nat_gateway.network_nat_a")
    words = Drawn(architecture_svg(stack_of(document))).words()
    assert "NAT gateway main" in words
