"""Arguments are checked for form as the AWS provider does."""

from __future__ import annotations

import json

import pytest

from constructs_lib.testing.terraform.stand_in.validation import findings
from constructs_lib.testing.terraform.stand_in.values import UNKNOWN
from tests.support.terraform.hand_written import POLICY, TRUST

RULE = {"security_group_id": "sg-1", "ip_protocol": "tcp"}


def refused(type_name, **arguments):
    return [finding.attribute for finding in findings(type_name, arguments)]


@pytest.mark.parametrize(
    ("type_name", "argument", "bad", "good"),
    [
        ("aws_vpc", "cidr_block", "10.0.0.1/16", "10.0.0.0/16"),
        ("aws_vpc", "cidr_block", "10.0.0.0", "10.0.0.0/8"),
        (
            "aws_lb_target_group_attachment",
            "target_group_arn",
            "web",
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:t/w",
        ),
        ("aws_lambda_permission", "source_account", "12345", "123456789012"),
        ("aws_lambda_permission", "source_arn", "arn:aws:s3:bucket", "arn:aws:s3:::bucket"),
        (
            "aws_lambda_permission",
            "source_arn",
            "arn:aws:sns:eu-west-1:1234:topic",
            "arn:aws:sns:eu-west-1:123456789012:t",
        ),
        ("aws_iam_role", "assume_role_policy", "{", TRUST),
        ("aws_iam_role", "assume_role_policy", '{"Version": "2012-10-17"}', TRUST),
        ("aws_iam_role_policy", "policy", TRUST.replace("Allow", "Permit"), POLICY),
        ("aws_iam_role_policy", "policy", '{"Statement": {"Effect": "Allow"}}', POLICY),
        ("aws_iam_role", "name", "a" * 65, "a" * 64),
        ("aws_security_group", "name", "sg-web", "web"),
        ("aws_cloudwatch_log_group", "retention_in_days", 31, 30),
        ("aws_lb_listener", "port", 0, 80),
        ("aws_lb_listener_rule", "priority", 50001, 50000),
        ("aws_lb_target_group", "name", "a" * 33, "a" * 32),
        ("aws_lb_target_group", "name", "web-", "web"),
        ("aws_lb_target_group", "name", "web_1", "web-1"),
        ("aws_lb_target_group", "target_type", "function", "lambda"),
        ("aws_ecs_task_definition", "container_definitions", "{}", "[]"),
        ("aws_lambda_alias", "function_version", "latest", "$LATEST"),
    ],
)
def test_a_malformed_value_is_refused_and_a_good_one_is_not(type_name, argument, bad, good):
    assert refused(type_name, **{argument: bad}) == [argument]
    assert refused(type_name, **{argument: good}) == []


@pytest.mark.parametrize(
    ("argument", "bad", "good"),
    [("memory_size", 127, 128), ("memory_size", 10241, 10240), ("timeout", 0, 1), ("timeout", 901, 900)],
)
def test_a_functions_sizes_are_checked(argument, bad, good):
    assert refused("aws_lambda_function", filename="code.zip", **{argument: bad}) == [argument]
    assert refused("aws_lambda_function", filename="code.zip", **{argument: good}) == []


@pytest.mark.parametrize(
    ("name", "problem"), [("internal-shop", "cannot begin with"), ("a" * 33, "longer than 32")]
)
def test_a_load_balancers_name_is_checked(name, problem):
    (finding,) = findings("aws_lb", {"name": name, "subnets": ["subnet-1"]})
    assert problem in finding.detail


def test_unknown_values_pass():
    assert refused("aws_lb_target_group_attachment", target_group_arn=UNKNOWN) == []


def test_values_in_nested_blocks_are_checked_with_their_place():
    health_check = [{"interval": 4, "timeout": 5, "path": "health"}]
    assert refused("aws_lb_target_group", health_check=health_check) == [
        "health_check.0.interval",
        "health_check.0.path",
    ]


def test_the_keys_of_tags_and_environments_are_the_users_own():
    variables = [{"variables": {"topic_arn": "see wiki"}}]
    assert refused("aws_lambda_function", image_uri="x", tags={"my_arn": "-"}, environment=variables) == []


def test_an_image_lifecycle_policy_is_no_iam_policy():
    assert refused("aws_ecr_lifecycle_policy", policy=json.dumps({"rules": []})) == []


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ({}, ["cidr_ipv4"]),
        ({"cidr_ipv4": "10.0.0.0/8"}, []),
        ({"prefix_list_id": UNKNOWN}, []),
        ({"cidr_ipv4": "10.0.0.0/8", "prefix_list_id": "pl-1"}, ["cidr_ipv4"]),
    ],
)
def test_a_security_group_rule_has_exactly_one_source(sources, found):
    assert refused("aws_vpc_security_group_egress_rule", **RULE, **sources) == found


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"subnet_id": "subnet-1", "allocation_id": "eipalloc-1"}, []),
        ({"subnet_id": UNKNOWN, "availability_mode": UNKNOWN}, []),
        ({"allocation_id": "eipalloc-1"}, ["subnet_id"]),
        ({"subnet_id": "subnet-1", "availability_zone_address": [{}]}, ["availability_zone_address"]),
        ({"availability_mode": "regional", "vpc_id": UNKNOWN, "availability_zone_address": [{}]}, []),
        ({"availability_mode": "regional", "subnet_id": "subnet-1"}, ["vpc_id", "subnet_id"]),
        (
            {"availability_mode": "regional", "vpc_id": "vpc-1", "allocation_id": "eipalloc-1"},
            ["allocation_id"],
        ),
        ({"availability_mode": "everywhere", "subnet_id": "subnet-1"}, ["availability_mode"]),
    ],
)
def test_a_nat_gateway_is_in_a_subnet_or_in_a_vpc(arguments, found):
    assert refused("aws_nat_gateway", **arguments) == found


def test_a_function_has_exactly_one_package():
    assert refused("aws_lambda_function", filename="a.zip", image_uri="x") == ["filename"]


def test_a_name_and_a_name_prefix_exclude_each_other():
    assert refused("aws_security_group", name="web", name_prefix="web-") == ["name"]
