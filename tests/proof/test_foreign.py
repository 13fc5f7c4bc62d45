"""Documents in the shapes that other people write, with what is known to be true of them.

``counts``: a VPC of counts, conditions and splats as popular modules have it, the old names ``aws_alb``,
inline rules. ``fargate``: ``for_each`` over subnets, ``aws_security_group_rule``, a weighted forward, tasks
that call each other. ``main_table``: public by the main route table, groups and lists that exist elsewhere.
``instances_behind_two``: an instance behind a network and an application load balancer. ``asg_alb``:
instances that scale. ``endpoints_private``: tasks without a way to the internet.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from constructs_lib.proof import Blocked, CannotTell, Carried, Reachability

FOLDER = Path(__file__).resolve().parents[1] / "foreign"
YES, NO, OPEN = Carried, Blocked, CannotTell

TRUTH = [
    ("counts", "internet", "public", 80, YES),
    ("counts", "internet", "public", 443, NO),
    ("counts", "internet", "private", 8080, NO),
    ("counts", "worker", "private", 8080, YES),
    ("counts", "worker", "private", 8090, NO),
    ("counts", "worker", "public", 80, YES),
    ("counts", "public", "private", 8080, NO),
    ("counts", "worker", "internet", 443, YES),
    ("counts", "worker", "s3", 443, YES),
    ("counts", "public", "internet", 443, YES),
    ("fargate", "internet", "web", 80, YES),
    ("fargate", "internet", "green", 80, NO),
    ("fargate", "internet", "web", 8080, NO),
    ("fargate", "internet", "api", 8080, NO),
    ("fargate", "web", "api", 8080, YES),
    ("fargate", "green", "api", 8080, YES),
    ("fargate", "web", "api", 8081, NO),
    ("fargate", "api", "web", 80, YES),
    ("fargate", "api", "internet", 443, YES),
    ("fargate", "api", "ecr.api", 443, YES),
    ("main_table", "internet", "site", 443, OPEN),
    ("main_table", "198.51.100.0/25", "site", 443, YES),
    ("main_table", "203.0.113.7", "site", 443, YES),
    ("main_table", "203.0.113.8", "site", 443, OPEN),
    ("main_table", "198.51.100.1", "site", 80, NO),
    ("main_table", "198.51.100.1", "stock", 80, NO),
    ("main_table", "job", "stock", 80, YES),
    ("main_table", "lost", "stock", 80, YES),
    ("main_table", "job", "logs", 443, YES),
    ("main_table", "job", "s3", 443, YES),
    ("main_table", "lost", "s3", 443, NO),
    ("main_table", "job", "internet", 443, NO),
    ("main_table", "lost", "internet", 443, NO),
    ("main_table", "sg-0123456789abcdef0", "stock", 80, OPEN),
    ("instances_behind_two", "internet", "aws_instance.forge", 443, YES),
    ("instances_behind_two", "internet", "aws_instance.forge", 22, YES),
    ("instances_behind_two", "198.51.100.1", "aws_instance.forge", 2222, YES),
    ("instances_behind_two", "203.0.113.1", "aws_instance.forge", 2222, NO),
    ("instances_behind_two", "internet", "aws_instance.forge", 80, NO),
    ("asg_alb", "internet", "aws_autoscaling_group.web", 80, YES),
    ("asg_alb", "203.0.113.7", "aws_autoscaling_group.web", 22, YES),
    ("asg_alb", "203.0.113.8", "aws_autoscaling_group.web", 22, NO),
    ("endpoints_private", "s", "ecr.api", 443, YES),
    ("endpoints_private", "s", "internet", 443, NO),
]


@cache
def reachability(name: str) -> Reachability:
    return Reachability(FOLDER / f"{name}.tf.json")


@pytest.mark.parametrize(("name", "source", "target", "port", "known"), TRUTH)
def test_what_is_known_of_documents_of_others(
    name: str, source: str, target: str, port: int, known: type
) -> None:
    answer = reachability(name).path(source, target, port)
    assert type(answer) is known, answer


@pytest.mark.parametrize(
    ("name", "exposed"),
    [
        ("counts", {("aws_alb.this", 80), ("aws_lambda_function.public", 80)}),
        ("fargate", {("aws_lb.front", 80), ("aws_ecs_service.web", 80)}),
        ("main_table", {("aws_lb.front", 443), ("aws_lambda_function.site", 443)}),
    ],
)
def test_what_is_known_to_be_exposed(name: str, exposed: set[tuple[str, int]]) -> None:
    assert {(one.target, one.port) for one in reachability(name).exposures()} == exposed


@pytest.mark.parametrize("name", ["counts", "fargate", "main_table"])
def test_every_reference_of_the_documents_is_read(name: str) -> None:
    assert reachability(name).model.document.dangling == ()


def test_a_list_of_public_addresses_that_is_let_in_may_be_anybody() -> None:
    document = json.loads((FOLDER / "main_table.tf.json").read_text(encoding="utf-8"))
    del document["resource"]["aws_vpc_security_group_ingress_rule"]["office"]
    found = Reachability(document).exposures()
    assert {(one.target, one.sources, type(one.answer)) for one in found} == {
        ("aws_lb.front", ("the prefix list of cloudfront.origin-facing",), CannotTell),
        ("aws_lambda_function.site", ("the prefix list of cloudfront.origin-facing",), CannotTell),
    }


def test_a_list_that_is_not_in_the_document_may_hold_private_addresses() -> None:
    document = json.loads((FOLDER / "main_table.tf.json").read_text(encoding="utf-8"))
    rule = document["resource"]["aws_vpc_security_group_ingress_rule"]["back"]
    del rule["referenced_security_group_id"]
    rule["prefix_list_id"] = "pl-0123456789abcdef0"
    proof = Reachability(document)
    assert isinstance(proof.path("job", "stock", 80), CannotTell)
    assert "aws_lambda_function.job" in {one.source for one in proof.who_reaches("stock")}
