"""Rules about ECS on Fargate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.figures.containers.ecs import SECURITY_GROUPS_PER_SERVICE, SUBNETS_PER_SERVICE
from constructs_lib.figures.containers.fargate_sizes import FARGATE_SIZES, with_unit
from constructs_lib.figures.internet import HTTPS
from constructs_lib.proof.model.network import Group
from constructs_lib.proof.promises.ways import needed_to_start
from constructs_lib.proof.walking.parties import aws_service, internet
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, at_most, each, judge, of_answer, open_value
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from constructs_lib.proof.model.workloads import Service
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block


def is_fargate(facts: Facts, service: Service) -> bool:
    """Tell whether a service runs on Fargate, by its own word or its strategy's."""
    block = facts.document.blocks[service.interface.address]
    providers = (part.text("capacity_provider") for part in block.blocks("capacity_provider_strategy"))
    return service.launch_type == "FARGATE" or any(str(name).startswith("FARGATE") for name in providers)


def _tasks(facts: Facts) -> list[Block]:
    blocks = facts.document.resources("aws_ecs_task_definition")
    return [block for block in blocks if "FARGATE" in block.texts("requires_compatibilities")]


def network_modes(facts: Facts) -> Iterator[Finding]:
    """``fargate-network-mode``."""
    yield from each(_tasks(facts), _mode)


def _mode(block: Block) -> Iterator[Fault]:
    mode = block.text("network_mode")
    if isinstance(mode, Unknown):
        yield open_value("network_mode", mode)
    elif mode != "awsvpc":
        yield f"has network_mode {mode or 'bridge, the default'}; Fargate needs awsvpc"


def sizes(facts: Facts) -> Iterator[Finding]:
    """``fargate-task-size``."""
    yield from each(_tasks(facts), _size)


def _size(block: Block) -> Iterator[Fault]:
    cpu, memory = (_units(block, name) for name in ("cpu", "memory"))
    if cpu is None or memory is None:
        yield "has no cpu or no memory; Fargate needs both"
    elif isinstance(cpu, Unknown) or isinstance(memory, Unknown):
        yield Doubt(f"cpu ({cpu}) or memory ({memory}) is not in this document")
    elif cpu not in FARGATE_SIZES:
        yield f"has {cpu} CPU units; Fargate has {', '.join(map(str, FARGATE_SIZES))}"
    elif memory not in FARGATE_SIZES[cpu]:
        sizes = FARGATE_SIZES[cpu]
        yield f"has {memory} MiB with {cpu} CPU units; Fargate has {sizes[0]} to {sizes[-1]} in fixed steps"


def _units(block: Block, name: str) -> int | Unknown | None:
    written = block.text(name)
    found = with_unit(name, written) if isinstance(written, str) else None
    return block.number(name) if found is None else found


def _judged(facts: Facts, faults: Callable[[Facts, Service], Iterable[Fault]]) -> Iterator[Finding]:
    """Judge every service on Fargate."""
    for service in facts.model.services.values():
        if is_fargate(facts, service):
            yield judge(service.interface.address, faults(facts, service))


def network_configurations(facts: Facts) -> Iterator[Finding]:
    """``fargate-network-configuration``."""
    return _judged(facts, _networked)


def _networked(facts: Facts, service: Service) -> Iterator[Fault]:
    block = facts.document.blocks[service.interface.address]
    if not block.blocks("network_configuration") and not block.opens_blocks("network_configuration"):
        yield "has no network_configuration, which awsvpc needs"


def subnets(facts: Facts) -> Iterator[Finding]:
    """``fargate-subnets``."""
    most = SUBNETS_PER_SERVICE
    return _judged(facts, lambda _, service: at_most(len(service.interface.subnets), most, "subnets"))


def groups(facts: Facts) -> Iterator[Finding]:
    """``fargate-security-groups``."""
    most = SECURITY_GROUPS_PER_SERVICE
    return _judged(facts, lambda _, one: at_most(len(one.interface.groups), most, "security groups"))


def target_types(facts: Facts) -> Iterator[Finding]:
    """``fargate-target-type``."""
    return _judged(facts, _by_address)


def _by_address(facts: Facts, service: Service) -> Iterator[Fault]:
    for identity, _ in service.target_groups:
        group = facts.model.target_groups.get(identity)
        if group is None or isinstance(group.kind, Unknown):
            yield Doubt(f"the target type of {identity} is not in this document")
        elif group.kind != "ip":
            yield f"{identity} has target type {group.kind}; tasks with awsvpc need ip"


def compatibilities(facts: Facts) -> Iterator[Finding]:
    """``fargate-compatibility``."""
    return _judged(facts, _compatible)


def _compatible(facts: Facts, service: Service) -> Iterator[Fault]:
    task = facts.document.blocks.get(str(service.task_definition))
    if task is not None and task.has("requires_compatibilities"):
        named = task.texts("requires_compatibilities")
        if "FARGATE" not in named and not any(isinstance(one, Unknown) for one in named):
            yield f"{task.address} does not name FARGATE in requires_compatibilities"


def starts(facts: Facts) -> Iterator[Finding]:
    """``fargate-start``."""
    return _judged(facts, _starts_here)


def _starts_here(facts: Facts, service: Service) -> Iterator[Fault]:
    """A module that was not read may hold the endpoints or the routes that a task needs."""
    own, bystanders = service.interface, facts.paths.bystanders
    around = [*own.groups, *bystanders.places(own), *([own.vpc] if own.vpc is not None else [])]
    return facts.unless_elsewhere(around, _starts(facts, service))


def _starts(facts: Facts, service: Service) -> Iterator[Fault]:
    if not service.containers:
        yield Doubt("its containers are not in this document")
    for needed in sorted(needed_to_start(service)):
        target = internet() if needed == "the internet" else aws_service(needed)
        for fault in of_answer(facts.paths.path(service.interface, target, HTTPS)):
            why = fault.why if isinstance(fault, Doubt) else fault
            sentence = f"cannot reach {needed} on {HTTPS} to start: {why}"
            elsewhere = _groups_elsewhere(facts, service) if needed != "the internet" else []
            if elsewhere and not isinstance(fault, Doubt):
                sentence += f", unless an endpoint is behind {', '.join(elsewhere)}"
            yield Doubt(sentence) if elsewhere or isinstance(fault, Doubt) else sentence


def _groups_elsewhere(facts: Facts, service: Service) -> list[str]:
    """Groups outside of the document that it is let out to: endpoints of its VPC may have them."""
    groups = (facts.model.groups.get(identity) for identity in service.interface.groups)
    rules = (rule for group in groups if group is not None for rule in group.egress.rules)
    peers = {
        rule.peer.identity
        for rule in rules
        if isinstance(rule.peer, Group)
        and isinstance(rule.ports, tuple)
        and rule.ports[0] <= HTTPS <= rule.ports[1]
    }
    return sorted(str(peer) for peer in peers if str(peer) not in facts.document.blocks)
