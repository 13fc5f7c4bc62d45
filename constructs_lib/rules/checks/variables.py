"""Rules about the environment variables of functions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.lambda_tables import ENVIRONMENT_BYTES, RESERVED_VARIABLES
from constructs_lib.figures.load_balancer import longest_dns_name
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Reference, Template, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_LONGEST_REGION = "ap-northeast-1"
_BALANCERS = ("aws_lb", "aws_alb")


def reserved(facts: Facts) -> Iterator[Finding]:
    """``lambda-reserved-variables``."""
    for block, variables in _all(facts):
        yield judge(block.address, _reserved(variables))


def _all(facts: Facts) -> Iterator[tuple[Block, Mapping[str, Any] | Unknown]]:
    for block in facts.document.resources("aws_lambda_function"):
        for part in block.blocks("environment"):
            found = facts.document.settle(part.get("variables"))
            if found is not None:
                yield block, found if isinstance(found, dict) else Unknown("environment.variables")


def _reserved(variables: Mapping[str, Any] | Unknown) -> Iterator[Fault]:
    if isinstance(variables, Unknown):
        yield Doubt("which environment variables it has is not in this document")
        return
    for name in variables:
        if name in RESERVED_VARIABLES:
            yield f"sets {name}, which Lambda sets itself"


def sizes(facts: Facts) -> Iterator[Finding]:
    """``lambda-environment-size``."""
    for block, variables in _all(facts):
        yield judge(block.address, _size(facts, block, variables))


def _size(facts: Facts, block: Block, variables: Mapping[str, Any] | Unknown) -> Iterator[Fault]:
    """Values that only an apply knows count as empty, names of load balancers as long as they can become."""
    if isinstance(variables, Unknown):
        yield Doubt("how long its environment variables are is not in this document")
        return
    region = facts.region(block)
    longest = region if isinstance(region, str) else _LONGEST_REGION
    written = {name: _longest(facts.document.settle(value), longest) for name, value in variables.items()}
    size = len(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode())
    if size > ENVIRONMENT_BYTES:
        allowed = f"{ENVIRONMENT_BYTES} are allowed"
        yield f"has {size} bytes of variables, names of load balancers included; {allowed}"


def _longest(value: Any, region: str) -> str:
    if isinstance(value, Template):
        return "".join(_longest(part, region) for part in value.parts)
    if (
        isinstance(value, Reference)
        and value.attribute == "dns_name"
        and type_of(value.address) in _BALANCERS
    ):
        return longest_dns_name(region)
    return "" if isinstance(value, Reference | Unknown) else str(value)
