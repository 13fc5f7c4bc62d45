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
