"""The containers of ECS services."""

from __future__ import annotations

import json

import pytest

from tests.support.ruling import ask, changed

TASK, WEB = "aws_ecs_task_definition.web", "aws_ecs_service.web"
ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1"


def service(*, image="nginx", target=(), task=(), **more):
    container = {"name": "web", "image": image, "portMappings": [{"containerPort": 80}], **more}
    load_balancer = {"target_group_arn": "arn:x", "container_name": "web", "container_port": 80}
    return {
        TASK: {
            "requires_compatibilities": ["FARGATE"],
            "container_definitions": json.dumps([container]),
            **dict(task),
        },
        WEB: {
            "launch_type": "FARGATE",
            "task_definition": f"${{{TASK}.arn}}",
            "load_balancer": {**load_balancer, **dict(target)},
        },
    }


def test_containers_are_read_out_of_jsonencode_with_parts_that_are_not_known():
    encoded = 'jsonencode([{name = "web", image = "${var.image}:1", portMappings = [{containerPort = 80}]}])'
    written = changed(service(), TASK, container_definitions=f"${{{encoded}}}")
    assert ask("ecs-service-container", written)[WEB] == "kept"
    other = changed(written, WEB, load_balancer={"container_name": "web", "container_port": 8080})
    assert ask("ecs-service-container", other)[WEB].startswith("broken: names port 8080")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({}, "kept"),
        ({"container_port": "80"}, "kept"),
        (
            {"container_name": "wbe"},
            f"broken: names the container wbe, which {TASK} does not have: it has web",
        ),
        (
            {"container_port": 8080},
            f"broken: names port 8080 of web, which {TASK} does not map: it maps 80",
        ),
        (
            {"container_name": "${var.name}"},
            f"cannot tell: whether {TASK} has the container var.name on 80 is not in this document",
        ),
    ],
)
def test_a_services_target_is_a_container_of_its_task(target, said):
    assert ask("ecs-service-container", service(target=target), variable={"name": {}}) == {WEB: said}


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        ({"portMappings": []}, f"broken: names port 80 of web, which {TASK} does not map: it maps none"),
        ({"portMappings": [{"containerPort": "${var.x}"}]}, "cannot tell: on which ports web of "),
        ({"portMappings": [{"containerPortRange": "80-90"}]}, "cannot tell: on which ports web of "),
        ({"name": "${var.x}"}, "cannot tell: whether "),
    ],
)
def test_what_a_container_maps_is_read(more, begins):
    assert ask("ecs-service-container", service(**more), variable={"x": {}})[WEB].startswith(begins)


@pytest.mark.parametrize("written", ['${file("web.json")}', "${var.containers}", "no json"])
def test_containers_from_elsewhere_cannot_be_told(written):
    found = changed(service(), TASK, container_definitions=written)
    said = ask("ecs-service-container", found, variable={"containers": {}})[WEB]
    assert said.startswith("cannot tell")


def test_a_task_definition_from_elsewhere_cannot_be_told():
    found = changed(service(), WEB, task_definition="arn:aws:ecs:us-east-1:1:task-definition/web:1")
    assert ask("ecs-service-container", found)[WEB].startswith("cannot tell")


@pytest.mark.parametrize("named", ["shop", "shop:3", f"${{{TASK}.family}}:${{{TASK}.revision}}"])
def test_a_task_definition_may_be_named_by_its_family(named):
    found = changed(changed(service(), TASK, family="shop"), WEB, task_definition=named)
    assert ask("ecs-service-container", found) == {WEB: "kept"}
    assert ask("ecs-service-container", changed(found, TASK, family="till"))[WEB] == (
        "kept"
        if "$" in named
        else f"cannot tell: whether {named} has the container web on 80 is not in this document"
    )


LOGS = {"logConfiguration": {"logDriver": "awslogs"}}
SECRET = {"secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:us-east-1:1:parameter/key"}]}


@pytest.mark.parametrize(
    ("more", "needs"),
    [
        ({"image": ECR}, "its image from ECR"),
        ({"image": "${aws_ecr_repository.web.repository_url}:1"}, "its image from ECR"),
        (LOGS, "the log driver awslogs"),
        (SECRET, "its secrets"),
    ],
)
def test_what_needs_an_execution_role_has_one(more, needs):
    repository = {"aws_ecr_repository.web": {}}
    without = service(**more) | repository
    assert ask("fargate-execution-role", without) == {
        TASK: f"broken: has no execution_role_arn, which web needs for {needs}"
    }
    given = service(**more, task={"execution_role_arn": "${var.role}"}) | repository
    assert ask("fargate-execution-role", given, variable={"role": {}}) == {TASK: "kept"}


def test_a_public_image_needs_none_and_an_open_one_cannot_be_told():
    assert ask("fargate-execution-role", service()) == {TASK: "kept"}
    found = service(image="${var.image}")
    assert ask("fargate-execution-role", found, variable={"image": {}})[TASK].startswith("cannot tell")


def test_on_instances_the_instances_own_role_pulls():
    found = changed(service(image=ECR), TASK, requires_compatibilities=["EC2"])
    assert ask("fargate-execution-role", changed(found, WEB, launch_type="EC2")) == {}
