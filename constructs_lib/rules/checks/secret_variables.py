"""The rule about secrets in the variables of functions and containers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from constructs_lib.rules.verdicts import Finding
from constructs_lib.secrets import secret_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block


def secret_variables(facts: Facts) -> Iterator[Finding]:
    """``secret-variable``: each variable has an address of its own, so that one alone is waived."""
    for block in facts.document.resources("aws_lambda_function"):
        yield from _findings(block, _of_function(facts, block))
    for block in facts.document.resources("aws_ecs_task_definition"):
        yield from _findings(block, _of_containers(block))
    for provider in facts.document.providers:
        for part in provider.blocks("default_tags"):
            tags = part.get("tags")
            for name, value in tags.items() if isinstance(tags, dict) else ():
                if isinstance(value, str) and (kind := secret_in(name, value)):
                    yield Finding(f"tags.{name}", "broken", f"its value looks like {kind}")


def _findings(block: Block, variables: Iterator[tuple[str, Any]]) -> Iterator[Finding]:
    found = [
        Finding(f"{block.address}.environment.{name}", "broken", f"its value looks like {kind}")
        for name, value in variables
        if isinstance(value, str) and (kind := secret_in(name, value))
    ]
    yield from found or [Finding(block.address, "kept")]


def _of_function(facts: Facts, block: Block) -> Iterator[tuple[str, Any]]:
    for part in block.blocks("environment"):
        variables = facts.document.settle(part.get("variables"))
        if isinstance(variables, dict):
            yield from variables.items()


def _of_containers(block: Block) -> Iterator[tuple[str, Any]]:
    """What is written out; a definition of which parts are open is read as far as it is JSON."""
    raw = block.body.get("container_definitions")
    try:
        containers = json.loads(raw) if isinstance(raw, str) else []
    except ValueError:
        containers = []
    for container in containers if isinstance(containers, list) else []:
        for pair in container.get("environment") or () if isinstance(container, dict) else ():
            yield str(pair.get("name")), pair.get("value")
