"""Rules about the containers of ECS services."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.figures.containers import ecr
from constructs_lib.rules.checks.fargate import is_fargate
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.workloads import Container, Service
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_ECR = re.compile(rf"{ecr.REGISTRY}|aws_ecr_repository\.[^}}]*repository_url")


def targets(facts: Facts) -> Iterator[Finding]:
    """``ecs-service-container``."""
    for service in facts.model.services.values():
        block = facts.document.blocks[service.interface.address]
        parts = block.blocks("load_balancer")
        if parts and service.task_definition is not None:
            yield judge(block.address, (fault for part in parts for fault in _target(service, part)))


def _target(service: Service, part: Block) -> Iterator[Fault]:
    task, name, port = service.task_definition, part.text("container_name"), part.number("container_port")
    names = [container.name for container in service.containers]
    if not names or isinstance(name, Unknown) or isinstance(port, Unknown):
        yield Doubt(f"whether {task} has the container {name} on {port} is not in this document")
        return
    meant = next((one for one in service.containers if one.name == name), None)
    if meant is not None:
        if port is not None and port not in meant.ports:
            yield from _port(task, meant, port)
    elif any(isinstance(one, Unknown) for one in names):
        yield Doubt(f"whether {task} has the container {name} is not in this document")
    else:
        yield f"names the container {name}, which {task} does not have: it has {', '.join(map(str, names))}"


def _port(task: object, container: Container, port: int) -> Iterator[Fault]:
    if any(isinstance(one, Unknown) for one in container.ports):
        yield Doubt(f"on which ports {container.name} of {task} listens is not in this document")
    else:
        maps = f"maps {', '.join(map(str, container.ports))}" if container.ports else "maps none"
        yield f"names port {port} of {container.name}, which {task} does not map: it {maps}"


def execution_roles(facts: Facts) -> Iterator[Finding]:
    """``fargate-execution-role``."""
    for address, (block, service) in _fargate_tasks(facts).items():
        yield judge(address, _role(block, service))


def _fargate_tasks(facts: Facts) -> dict[str, tuple[Block, Service]]:
    found: dict[str, tuple[Block, Service]] = {}
    for service in facts.model.services.values():
        block = facts.document.blocks.get(str(service.task_definition))
        if block is not None and (
            is_fargate(facts, service) or "FARGATE" in block.texts("requires_compatibilities")
        ):
            found.setdefault(block.address, (block, service))
    return found


def _role(block: Block, service: Service) -> Iterator[Fault]:
    if block.has("execution_role_arn"):
        return
    if not service.containers:
        yield Doubt("has no execution_role_arn, and whether its containers need one is not in this document")
    for container in service.containers:
        image = container.image.text if isinstance(container.image, Unknown) else container.image
        needs = "its image from ECR" if _ECR.search(image) else ""
        needs = needs or ("its secrets" if container.secrets else "")
        needs = needs or ("the log driver awslogs" if container.log_driver == "awslogs" else "")
        if needs:
            yield f"has no execution_role_arn, which {container.name} needs for {needs}"
        elif isinstance(container.image, Unknown):
            yield Doubt(f"has no execution_role_arn, and whether {image} is in ECR is not in this document")
