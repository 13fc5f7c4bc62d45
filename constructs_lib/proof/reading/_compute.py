"""Reads what runs: Lambda functions with their aliases and permissions, ECS services, and VPC endpoints."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from constructs_lib.proof.model.workloads import (
    Container,
    Function,
    FunctionUrl,
    Interface,
    Kind,
    Permission,
    Service,
)
from constructs_lib.proof.reading._groups import default_group
from constructs_lib.terraform_json.addresses import short_name, type_of
from constructs_lib.terraform_json.block import Block
from constructs_lib.terraform_json.values import Identity, JsonTemplate, Reference, Template, Unknown, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constructs_lib.proof.model.network import SecurityGroup, Subnet
    from constructs_lib.proof.reading._function_references import FunctionReferences
    from constructs_lib.terraform_json.document import Document


_TASK_DEFINITION = "aws_ecs_task_definition"


@dataclass(frozen=True, slots=True)
class Placement:
    """What places an interface: the subnets and groups of the document."""

    subnets: Mapping[Identity, Subnet]
    groups: Mapping[Identity, SecurityGroup]

    def interface(
        self, block: Block, kind: Kind, subnets: Iterable[Identity], groups: Iterable[Identity]
    ) -> Interface:
        """Make the interface of a thing; one that names no group carries its VPC's own."""
        own, carried = tuple(dict.fromkeys(subnets)), tuple(dict.fromkeys(groups))
        vpc = self.vpc(own, carried, block)
        return Interface(
            address=block.address,
            name=short_name(block.address) if kind in ("function", "service") else block.address,
            kind=kind,
            vpc=vpc,
            subnets=own,
            groups=carried or (default_group(vpc),),
        )

    def vpc(self, subnets: tuple[Identity, ...], groups: tuple[Identity, ...], block: Block) -> Identity:
        """Give the VPC of the first subnet or group that tells it."""
        found = [self.subnets[s].vpc for s in subnets if s in self.subnets]
        found += [self.groups[g].vpc for g in groups if g in self.groups and self.groups[g].complete]
        return found[0] if found else Unknown(f"the VPC of {block.address}")


def read_functions(document: Document, place: Placement) -> dict[str, Function]:
    """Read Lambda functions; one without ``vpc_config`` is in no VPC."""
    functions: dict[str, Function] = {}
    for block in document.resources("aws_lambda_function"):
        config = next(iter(block.blocks("vpc_config")), None)
        if config is not None and (config.refs("subnet_ids") or config.refs("security_group_ids")):
            interface = place.interface(
                block, "function", config.refs("subnet_ids"), config.refs("security_group_ids")
            )
        elif block.opens_blocks("vpc_config"):
            unknown = Unknown(f"{block.address}.vpc_config")
            interface = place.interface(block, "function", [unknown], [unknown])
        else:
            interface = Interface(block.address, short_name(block.address), "function", None, (), ())
        functions[block.address] = Function(interface, block.text("function_name"), block.number("timeout"))
    return functions


def read_aliases(document: Document, references: FunctionReferences) -> dict[str, Identity]:
    """Read the function of each alias, by the alias' address."""
    return {
        block.address: references.of(block, "function_name")[0]
        for block in document.resources("aws_lambda_alias")
    }


def read_permissions(
    document: Document, references: FunctionReferences
) -> dict[Identity, tuple[Permission, ...]]:
    """Read the statements of functions' resource policies, by function."""
    found: dict[Identity, list[Permission]] = {}
    for block in document.resources("aws_lambda_permission"):
        function, qualifier = references.of(block, "function_name")
        if block.has("qualifier"):
            qualifier = block.text("qualifier")
        permission = Permission(
            address=block.address,
            function=function,
            qualifier=qualifier,
            action=block.text("action"),
            principal=block.text("principal"),
            source_arn=block.ref("source_arn"),
            source_account=block.text("source_account"),
        )
        found.setdefault(function, []).append(permission)
    return {function: tuple(permissions) for function, permissions in found.items()}


def read_function_urls(document: Document, references: FunctionReferences) -> tuple[FunctionUrl, ...]:
    """Read the function URLs."""
    return tuple(
        FunctionUrl(block.address, references.of(block, "function_name")[0], block.text("authorization_type"))
        for block in document.resources("aws_lambda_function_url")
    )


def read_services(document: Document, place: Placement) -> dict[str, Service]:
    """Read ECS services with the containers of their task definitions."""
    services: dict[str, Service] = {}
    for block in document.resources("aws_ecs_service"):
        config = next(iter(block.blocks("network_configuration")), None)
        unknown = Unknown(f"{block.address}.network_configuration")
        subnets = config.refs("subnets") if config else (unknown,)
        groups = config.refs("security_groups") if config else (unknown,)
        interface = place.interface(block, "service", subnets, groups)
        public = config.flag("assign_public_ip", False) if config else unknown
        task = _task_definition(document, block)
        services[block.address] = Service(
            interface=replace(interface, public_address=public),
            launch_type=block.text("launch_type"),
            task_definition=task,
            target_groups=tuple(
                (
                    part.ref("target_group_arn") or Unknown(f"{block.address}.load_balancer"),
                    part.number("container_port"),
                )
                for part in block.blocks("load_balancer")
            ),
            containers=_containers(document.blocks.get(task) if isinstance(task, str) else None),
        )
    return services


def _task_definition(document: Document, service: Block) -> Identity | None:
    """Give the task definition, also where it is named by its family, with a revision or without."""
    value, named = service.get("task_definition"), service.ref("task_definition")
    for part in value.parts if isinstance(value, Template) else ():
        if isinstance(part, Reference) and type_of(part.address) == _TASK_DEFINITION:
            return part.address
    if isinstance(named, str) and named not in document.blocks:
        family = named.partition(":")[0]
        own = [one for one in document.resources(_TASK_DEFINITION) if one.text("family") == family]
        return own[0].address if len(own) == 1 else named
    return named


def _containers(task: Block | None) -> tuple[Container, ...]:
    """Read the containers of a task definition, also of a ``jsonencode`` with parts that are not known."""
    raw = task.body.get("container_definitions") if task else None
    if task is None or not isinstance(raw, str):
        return ()
    found = _parsed(raw) if raw.lstrip().startswith("[") else _encoded(task)
    items = found if isinstance(found, list) else []
    return tuple(_container(task.inside("container", item)) for item in items if isinstance(item, dict))


def _encoded(task: Block) -> Any:
    value = task.evaluated(task.body.get("container_definitions"))
    if isinstance(value, JsonTemplate):
        return escaped(value.value)
    return escaped(_parsed(value)) if isinstance(value, str) else None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _container(block: Block) -> Container:
    driver = [part.text("logDriver") for part in block.blocks("logConfiguration")]
    return Container(
        name=block.text("name") or Unknown(f"{block.address}.name"),
        image=block.text("image") or Unknown(f"{block.address}.image"),
        log_driver=next((str(one) for one in driver if one is not None), None),
        secrets=tuple(str(part.text("valueFrom") or "") for part in block.blocks("secrets")),
        ports=tuple(_mapped_port(part) for part in block.blocks("portMappings")),
    )


def _mapped_port(mapping: Block) -> int | Unknown:
    found = mapping.number("containerPort")
    return Unknown(f"{mapping.address}.containerPortRange") if found is None else found
