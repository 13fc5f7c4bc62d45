"""AWS's rules on Terraform JSON as other people write it: no rule is called broken for what lies elsewhere.

The shapes are those of one file of many, of a compiler to Terraform, of the module registry's VPC, and of a
root module that calls modules.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from constructs_lib.proof import read_document
from constructs_lib.rules import check_rules

FOLDER = Path(__file__).resolve().parents[1] / "foreign"
OF_THE_PROOF = ("counts", "fargate", "main_table")  # functions without code: only who reaches whom is told
SHAPES = sorted({file.name.split(".")[0] for file in FOLDER.glob("*.tf.json")} - {*OF_THE_PROOF})

ERRORS = {
    # AWS refuses a public load balancer in a VPC to which no internet gateway is attached yet
    "fargate_tutorial": {("internet-gateway-order", "aws_alb.main")},
    "instances_behind_two": {("internet-gateway-order", f"aws_lb.{name}") for name in ("alb", "nlb")},
}
"""What is wrong for sure with the files of others, by their names; nothing with those that are not here."""


@pytest.mark.parametrize("name", SHAPES)
def test_what_others_write_is_blamed_for_what_is_wrong_alone(name):
    document = json.loads((FOLDER / f"{name}.tf.json").read_text(encoding="utf-8"))
    verdicts = check_rules(read_document(document))
    errors = {(v.rule, v.address) for v in verdicts if v.verdict == "broken" and v.severity == "E"}
    assert errors == ERRORS.get(name, set())


def found(document):
    """The rules that are broken, and of those that the document cannot answer."""
    verdicts = check_rules(read_document(document))
    return tuple({v.rule for v in verdicts if v.verdict == kind} for kind in ("broken", "cannot tell"))


def test_one_file_of_a_module_is_not_blamed_for_the_others(tmp_path):
    balancer = {"internal": False, "subnets": ["${aws_subnet.a.id}", "${aws_subnet.b.id}"]}
    listener = {
        "load_balancer_arn": "${aws_lb.web.arn}",
        "port": "443",
        "protocol": "HTTPS",
        "ssl_policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
        "certificate_arn": "${aws_acm_certificate.web.arn}",
        "default_action": {"type": "forward", "target_group_arn": "${aws_lb_target_group.web.arn}"},
    }
    group = {"name": "web", "port": 5000, "protocol": "HTTP", "target_type": "ip"}
    rule = {
        "listener_arn": "${aws_lb_listener.web.arn}",
        "priority": 100,
        "condition": {"field": "path-pattern", "values": ["/*"]},
    }
    kinds = {"lb": balancer, "lb_listener": listener, "lb_target_group": group, "lb_listener_rule": rule}
    document = {"resource": {f"aws_{kind}": {"web": body} for kind, body in kinds.items()}}
    (tmp_path / "network.tf.json").write_text("{}", encoding="utf-8")
    (tmp_path / "web.tf.json").write_text(json.dumps(document), encoding="utf-8")
    assert found(tmp_path / "web.tf.json") == (
        {"target-group-replacement"},
        {
            *("reference", "alb-subnet-size", "alb-two-zones", "alb-public-subnets", "alb-web-acl"),
            "certificate-region",
        },
    )


def test_a_function_whose_network_is_written_out_as_empty_is_in_no_vpc():
    function = {
        "function_name": "get",
        "handler": "index.handler",
        "runtime": "nodejs24.x",
        "role": "${aws_iam_role.get.arn}",
        "s3_bucket": "${aws_s3_bucket.code.bucket}",
        "s3_key": "${aws_s3_object.get.key}",
        "vpc_config": {"security_group_ids": [], "subnet_ids": []},
    }
    permission = {
        "action": "lambda:InvokeFunction",
        "function_name": "${aws_lambda_function.get.function_name}",
        "principal": "apigateway.amazonaws.com",
        "source_arn": "${aws_api_gateway_rest_api.api.execution_arn}/*/GET/api",
    }
    document = {
        "provider": {"aws": [{}]},
        "resource": {
            "aws_lambda_function": {"get": function},
            "aws_lambda_permission": {"get": permission},
            "aws_iam_role": {"get": {}},
            "aws_s3_bucket": {"code": {}},
            "aws_s3_object": {"get": {}},
            "aws_api_gateway_rest_api": {"api": {}},
            "aws_iam_role_policy": {"get": {"role": "${aws_iam_role.get.name}", "policy": "{}"}},
            "aws_cloudwatch_log_group": {"get": {"name": "/aws/lambda/get", "retention_in_days": 30}},
        },
    }
    assert found(document) == ({"lambda-log-group-order"}, set())


def counted(expression, **body):
    return {"count": expression, **body}


def registry_vpc():
    """Everything by ``count``, subnets out of lists, one NAT gateway for all."""
    vpc_id = "${local.vpc_id}"
    zone = "${element(var.azs, count.index)}"
    after = ["aws_internet_gateway.this"]
    defaults = {"azs": ["us-east-1a", "us-east-1b"], "public": ["10.0.0.0/24", "10.0.1.0/24"]}
    defaults["private"] = ["10.0.2.0/24", "10.0.3.0/24"]
    subnets, ties = {}, {}
    for tier, table in (("public", 0), ("private", "var.single_nat ? 0 : count.index")):
        number = f"${{length(var.{tier})}}"
        cidr = f"${{element(var.{tier}, count.index)}}"
        subnets[tier] = counted(number, vpc_id=vpc_id, cidr_block=cidr, availability_zone=zone)
        ties[tier] = counted(
            number,
            subnet_id=f"${{element(aws_subnet.{tier}[*].id, count.index)}}",
            route_table_id=f"${{element(aws_route_table.{tier}[*].id, {table})}}",
        )
    nat = counted(
        "${local.nats}",
        allocation_id="${element(aws_eip.nat[*].id, count.index)}",
        subnet_id="${element(aws_subnet.public[*].id, var.single_nat ? 0 : count.index)}",
        depends_on=after,
    )
    everywhere = {"destination_cidr_block": "0.0.0.0/0"}
    return {
        "variable": {
            **{name: {"default": value} for name, value in defaults.items()},
            "single_nat": {"default": True},
        },
        "locals": {
            "vpc_id": "${aws_vpc.this[0].id}",
            "nats": "${var.single_nat ? 1 : length(var.azs)}",
        },
        "resource": {
            "aws_vpc": {"this": counted(1, cidr_block="10.0.0.0/16")},
            "aws_internet_gateway": {"this": counted(1, vpc_id=vpc_id)},
            "aws_subnet": subnets,
            "aws_route_table_association": ties,
            "aws_route_table": {
                "public": counted(1, vpc_id=vpc_id),
                "private": counted("${local.nats}", vpc_id=vpc_id),
            },
            "aws_route": {
                "out": counted(
                    1,
                    route_table_id="${aws_route_table.public[count.index].id}",
                    gateway_id="${aws_internet_gateway.this[0].id}",
                    **everywhere,
                ),
                "nat": counted(
                    "${local.nats}",
                    route_table_id="${element(aws_route_table.private[*].id, count.index)}",
                    nat_gateway_id="${element(aws_nat_gateway.this[*].id, count.index)}",
                    **everywhere,
                ),
            },
            "aws_eip": {"nat": counted("${local.nats}", domain="vpc", depends_on=after)},
            "aws_nat_gateway": {"this": nat},
            "aws_lb": {
                "web": {"internal": False, "subnets": "${aws_subnet.public[*].id}", "depends_on": after},
            },
        },
    }


def test_a_vpc_of_counts_and_lists_is_understood():
    assert found(registry_vpc()) == ({"alb-web-acl"}, {"nat-gateway-use"})


def test_a_slip_in_a_list_is_found_where_it_is():
    document = registry_vpc()
    document["variable"]["azs"]["default"] = ["us-east-1a", "us-east-1a"]
    document["variable"]["private"]["default"] = ["10.0.1.0/25", "10.0.3.0/24"]
    verdicts = check_rules(read_document(document))
    assert {(v.rule, v.address) for v in verdicts if v.verdict == "broken"} == {
        ("subnet-overlap", "aws_subnet.private[0]"),
        ("subnet-overlap", "aws_subnet.public[1]"),
        ("alb-two-zones", "aws_lb.web"),
        ("alb-web-acl", "aws_lb.web"),
    }


def test_what_modules_hold_is_not_known():
    function = {
        "function_name": "get",
        "filename": "get.zip",
        "handler": "index.handler",
        "runtime": "nodejs24.x",
        "replace_security_groups_on_destroy": True,
        "vpc_config": {
            "subnet_ids": "${module.vpc.private_subnets}",
            "security_group_ids": ["${module.sg.id}"],
        },
    }
    document = {
        "module": {
            "vpc": {"source": "terraform-aws-modules/vpc/aws"},
            "sg": {"source": "terraform-aws-modules/security-group/aws"},
        },
        "resource": {
            "aws_lambda_function": {"get": function},
            "aws_lb": {"web": {"internal": False, "subnets": "${module.vpc.public_subnets}"}},
        },
    }
    assert found(document) == (
        {"alb-web-acl", "lambda-log-group"},
        {"alb-subnet-size", "alb-two-zones", "alb-public-subnets", "lambda-public-subnet"},
    )
