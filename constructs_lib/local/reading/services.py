"""ECS services as the document defines them: what their containers are told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from constructs_lib.terraform_json.block import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.local.reading.values import Values
    from constructs_lib.proof.model.network import Model


@dataclass(frozen=True)
class Service:
    """One service. variables: of its containers, values as Terraform means them. secrets: names that ECS
    would fill.
    """

    address: str
    name: str
    variables: Mapping[str, Any] = field(hash=False)
    secrets: tuple[str, ...] = ()


def read_services(model: Model, values: Values) -> dict[str, Service]:
    """Give the services by address."""
    found = {}
    for address, service in model.services.items():
        variables: dict[str, Any] = {}
        secrets: list[str] = []
        for container in _containers(values, str(service.task_definition)):
            for one in container.get("environment") or []:
                if isinstance(one, dict) and "name" in one:
                    variables[str(one["name"])] = one.get("value")
            secrets += [str(one.get("name")) for one in container.get("secrets") or []]
        name = address.split(".", 1)[1]
        found[address] = Service(address, name, variables, tuple(secrets))
    return found


def _containers(values: Values, task: str) -> list[Block]:
    block = values.document.blocks.get(task)
    raw = block.body.get("container_definitions") if block else None
    if block is None or not isinstance(raw, str):
        return []
    text = raw if raw.lstrip().startswith("[") else block.text("container_definitions")
    try:
        items = json.loads(text) if isinstance(text, str) else []
    except ValueError:
        return []
    return [Block(block.document, task, "container", item, block.scope) for item in items]
