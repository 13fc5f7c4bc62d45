"""AWS's rules about ECS on Fargate."""

from __future__ import annotations

import json

import pytest

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


def test_33_a_service_and_its_task_are_in_order():
    assert ask(33, service()) == {TASK: "kept", WEB: "kept"}


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"network_mode": None}, "has network_mode bridge, the default; Fargate needs awsvpc"),
        ({"cpu": None}, "has no cpu or no memory; Fargate needs both"),
        ({"cpu": "300"}, "has 300 CPU units; Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384"),
        ({"memory": "513"}, "has 513 MiB with 256 CPU units; Fargate has 512 to 2048 in fixed steps"),
    ],
)
def test_33_a_task_has_one_of_awss_sizes(values, fault):
    assert ask(33, changed(service(), TASK, **values))[TASK] == f"broken: {fault}"


def test_33_tasks_are_targets_by_address():
    target = {"target_group_arn": "${aws_lb_target_group.web.arn}", "container_port": 80}
    found = service(load_balancer=[target]) | {"aws_lb_target_group.web": {"target_type": "instance"}}
    assert ask(33, found)[WEB] == (
        "broken: aws_lb_target_group.web has target type instance; tasks with awsvpc need ip"
    )
    assert ask(33, changed(found, "aws_lb_target_group.web", target_type="ip"))[WEB] == "kept"


def test_33_a_service_needs_a_network_and_a_task_for_fargate():
    assert ask(33, changed(service(), WEB, network_configuration=None))[WEB] == (
        "broken: has no network_configuration, which awsvpc needs"
    )
    assert ask(33, changed(service(), TASK, requires_compatibilities=["EC2"]))[WEB] == (
        f"broken: {TASK} does not name FARGATE in requires_compatibilities"
    )


def test_33_services_on_instances_are_not_asked():
    assert WEB not in ask(33, service(launch_type="EC2"))


def test_34_a_task_reaches_its_image_and_its_logs():
    assert ask(34, service()) == {WEB: "kept"}
    closed = changed(service(), "aws_vpc_security_group_egress_rule.out", from_port=80, to_port=80)
    said = ask(34, closed)[WEB]
    assert said.startswith("broken: cannot reach logs on 443 to start: ")
    assert "; cannot reach the internet on 443 to start: " in said


def test_34_an_endpoint_elsewhere_may_serve_a_task():
    there = changed(
        service("123456789012.dkr.ecr.us-east-1.amazonaws.com/web"),
        "aws_vpc_security_group_egress_rule.out",
        cidr_ipv4=None,
        referenced_security_group_id="sg-0123456789abcdef0",
    )
    said = ask(34, there)[WEB]
    assert said.startswith("cannot tell: cannot reach ecr.api on 443 to start: ")
    assert "unless an endpoint is behind sg-0123456789abcdef0" in said
    public = changed(there, TASK, container_definitions='[{"name": "web", "image": "nginx"}]')
    assert ask(34, public)[WEB].startswith("broken: cannot reach the internet")


def test_34_a_task_without_known_containers_is_not_judged():
    open_one = changed(service(), TASK, container_definitions="${var.nobody_knows}")
    assert ask(34, open_one)[WEB] == "cannot tell: its containers are not in this document"
