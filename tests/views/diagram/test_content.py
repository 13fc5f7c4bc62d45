"""What of a document is in the picture's scene."""

from __future__ import annotations

from constructs_lib.views.diagram.content import scene_of
from constructs_lib.views.diagram.scene import Vpc
from tests.support.architecture import default_document, drop, environment_of, resource
from tests.support.written_stacks import stack_of

EXISTING = {
    "cidr": "10.0.0.0/16",
    "occupied": ["10.0.64.0/20"],
    "existing": {"vpc_id": "vpc-0123456789abcdef0", "internet_gateway_id": "igw-0123456789abcdef0"},
}


def test_a_vpc_of_the_document_is_called_by_its_block() -> None:
    assert scene_of(stack_of(default_document())).vpc == Vpc("VPC 10.0.0.0/16")


def test_a_vpc_that_exists_already_is_marked_and_has_the_blocks_of_others() -> None:
    document = default_document()
    drop(document, "aws_vpc.network")
    for name in document["resource"]["aws_subnet"]:
        resource(document, f"aws_subnet.{name}")["vpc_id"] = "vpc-0123456789abcdef0"
    scene = scene_of(stack_of(document, environment_of(network=EXISTING)))
    assert scene.vpc == Vpc("VPC vpc-0123456789abcdef0, 10.0.0.0/16", True, ("10.0.64.0/20",))
    assert scene_of(stack_of(document)).vpc == Vpc("VPC vpc-0123456789abcdef0", True)


def test_load_balancers_and_workloads_have_the_words_of_aws() -> None:
    scene = scene_of(stack_of(default_document()))
    assert {balancer.title: balancer.lines for balancer in scene.balancers} == {
        "public": ("Application Load Balancer", "internet-facing"),
        "internal": ("Application Load Balancer", "internal"),
    }
