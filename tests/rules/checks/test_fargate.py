"""AWS's rules about ECS on Fargate."""

from __future__ import annotations

import json

import pytest

from constructs_lib.figures.rule_names import RULE_NAMES
from tests.support.ruling import ask, changed, group, vpc

TASK, WEB = "aws_ecs_task_definition.web", "aws_ecs_service.web"


def service(image="public.ecr.aws/nginx/nginx:1", **more):
    container = {"name": "web", "image": image, "logConfiguration": {"logDriver": "awslogs"}}
    out = {
        "security_group_id": "${aws_security_group.own.id}",
        "cidr_ipv4": "0.0.0.0/0",
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    return (
        vpc()
        | group("own")
        | {
            TASK: {
                "requires_compatibilities": ["FARGATE"],
                "network_mode": "awsvpc",
                "cpu": "256",
                "memory": "512",
                "container_definitions": json.dumps([container]),
                "execution_role_arn": "arn:aws:iam::123456789012:role/start",
            },
            WEB: {
                "launch_type": "FARGATE",
                "task_definition": f"${{{TASK}.arn}}",
                "network_configuration": {
                    "subnets": ["${aws_subnet.private_a.id}"],
                    "security_groups": ["${aws_security_group.own.id}"],
                },
                **more,
            },
            "aws_vpc_security_group_egress_rule.out": out,
        }
    )


def test_a_service_and_its_task_are_in_order():
    rules = [name for name in RULE_NAMES if name.startswith("fargate-")]
    of_tasks = ("fargate-network-mode", "fargate-task-size", "fargate-execution-role")
    assert {rule: ask(rule, service()) for rule in rules} == {
        rule: {TASK if rule in of_tasks else WEB: "kept"} for rule in rules
    }


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"cpu": None}, "has no cpu or no memory; Fargate needs both"),
        ({"cpu": "300"}, "has 300 CPU units; Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384"),
        ({"memory": "513"}, "has 513 MiB with 256 CPU units; Fargate has 512 to 2048 in fixed steps"),
    ],
)
def test_a_task_has_one_of_awss_sizes(values, fault):
    assert ask("fargate-task-size", changed(service(), TASK, **values))[TASK] == f"broken: {fault}"


def test_a_size_may_be_written_with_its_unit():
    for cpu, memory in (("0.25 vCPU", "0.5 GB"), (".25 vcpu", "1gb"), ("1 vCPU", "2 GB")):
        sized = changed(service(), TASK, cpu=cpu, memory=memory)
        assert ask("fargate-task-size", sized)[TASK] == "kept", cpu


def test_a_task_has_an_interface_of_its_own():
    bridged = changed(service(), TASK, network_mode=None)
    assert ask("fargate-network-mode", bridged) == {
        TASK: "broken: has network_mode bridge, the default; Fargate needs awsvpc"
    }


def test_tasks_are_targets_by_address():
    target = {"target_group_arn": "${aws_lb_target_group.web.arn}", "container_port": 80}
    found = service(load_balancer=[target]) | {"aws_lb_target_group.web": {"target_type": "instance"}}
    assert ask("fargate-target-type", found)[WEB] == (
        "broken: aws_lb_target_group.web has target type instance; tasks with awsvpc need ip"
    )
    assert (
        ask("fargate-target-type", changed(found, "aws_lb_target_group.web", target_type="ip"))[WEB] == "kept"
    )


def test_a_service_needs_a_network_and_a_task_for_fargate():
    assert ask("fargate-network-configuration", changed(service(), WEB, network_configuration=None))[WEB] == (
        "broken: has no network_configuration, which awsvpc needs"
    )
    assert ask("fargate-compatibility", changed(service(), TASK, requires_compatibilities=["EC2"]))[WEB] == (
        f"broken: {TASK} does not name FARGATE in requires_compatibilities"
    )


def test_services_on_instances_are_not_asked():
    assert ask("fargate-start", service(launch_type="EC2")) == {}


def test_a_service_is_in_sixteen_subnets_with_five_groups():
    network = {
        "subnets": [f"subnet-{n}" for n in range(17)],
        "security_groups": [f"sg-{n}" for n in range(6)],
    }
    wide = changed(service(), WEB, network_configuration=network)
    assert ask("fargate-subnets", wide) == {WEB: "broken: has 17 subnets; AWS takes 16"}
    assert ask("fargate-security-groups", wide) == {WEB: "broken: has 6 security groups; AWS takes 5"}


def test_a_task_reaches_its_image_and_its_logs():
    assert ask("fargate-start", service()) == {WEB: "kept"}
    closed = changed(service(), "aws_vpc_security_group_egress_rule.out", from_port=80, to_port=80)
    said = ask("fargate-start", closed)[WEB]
    assert said.startswith("broken: cannot reach logs on 443 to start: ")
    assert "; cannot reach the internet on 443 to start: " in said


def test_an_endpoint_elsewhere_may_serve_a_task():
    there = changed(
        service("123456789012.dkr.ecr.us-east-1.amazonaws.com/web"),
        "aws_vpc_security_group_egress_rule.out",
        cidr_ipv4=None,
        referenced_security_group_id="sg-0123456789abcdef0",
    )
    said = ask("fargate-start", there)[WEB]
    assert said.startswith("cannot tell: cannot reach ecr.api on 443 to start: ")
    assert "unless an endpoint is behind sg-0123456789abcdef0" in said
    public = changed(there, TASK, container_definitions='[{"name": "web", "image": "nginx"}]')
    assert ask("fargate-start", public)[WEB].startswith("broken: cannot reach the internet")


def test_a_task_without_known_containers_is_not_judged():
    open_one = changed(service(), TASK, container_definitions="${var.nobody_knows}")
    assert ask("fargate-start", open_one)[WEB] == "cannot tell: its containers are not in this document"
