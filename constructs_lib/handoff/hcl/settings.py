"""The blocks beside resources: versions, state, providers, variables, outputs and local values.

What Terraform reads literally in its JSON syntax is quoted without templates.
https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.figures.nested_blocks import Nested, nested_blocks
from constructs_lib.handoff.hcl import texts
from constructs_lib.handoff.hcl.blocks import (
    Body,
    bare_lines,
    block,
    body_groups,
    condition_blocks,
    objects,
)
from constructs_lib.handoff.hcl.values import Lines, aligned, indented, value_lines

_LITERAL = ("description", "default", "sensitive", "nullable", "ephemeral", "deprecated", "alias", "version")


def versions(settings: Body) -> Lines:
    """Return the ``terraform`` block with its versions."""
    own = {name: value for name, value in settings.items() if name != "required_providers"}
    providers = [
        block("required_providers", [aligned([(name, _literal(entry)) for name, entry in found.items()])])
        for found in objects(settings.get("required_providers"))
    ]
    return block("terraform", [_pairs(own, literal=own), *providers])


def backend(settings: Body) -> Lines:
    """Return the ``terraform`` block with where the state is kept."""
    kept = [
        block(f'backend "{kind}"', body_groups(body, _objects_in(body), texts.literal))
        for kind, body in settings.get("backend", {}).items()
    ]
    kept += [
        block("cloud", body_groups(body, {"workspaces": {}}, texts.literal))
        for body in objects(settings.get("cloud"))
    ]
    return block("terraform", kept)


def providers(content: Body) -> Iterator[Lines]:
    """Yield a block for each configuration of a provider."""
    for name, bodies in content.get("provider", {}).items():
        nested = nested_blocks("provider", name)
        for body in objects(bodies):
            own = {key: value for key, value in body.items() if key not in ("alias", "version")}
            first = {key: value for key, value in body.items() if key not in own}
            known = _objects_in(body) if nested is None else nested
            yield block(f'provider "{name}"', [_pairs(first, literal=first), *body_groups(own, known)])


def variables(content: Body) -> Iterator[Lines]:
    """Yield the ``variable`` blocks."""
    for name, body in content.get("variable", {}).items():
        own = {key: value for key, value in body.items() if key != "validation"}
        yield block(f'variable "{name}"', [_pairs(own), *condition_blocks(body, ["validation"])])


def outputs(content: Body) -> Iterator[Lines]:
    """Yield the ``output`` blocks."""
    for name, body in content.get("output", {}).items():
        own = {key: value for key, value in body.items() if key != "precondition"}
        first = {key: own[key] for key in ("description",) if key in own}
        pairs = _pairs({**first, **own})
        yield block(f'output "{name}"', [pairs, *condition_blocks(body, ["precondition"])])


def moved(content: Body) -> Iterator[Lines]:
    """Yield the ``moved`` blocks: what had another address in an earlier version."""
    for body in objects(content.get("moved")):
        yield block("moved", [aligned([(name, bare_lines(value)) for name, value in body.items()])])


def locals_block(values: Body) -> Lines:
    """Return the ``locals`` block."""
    return block("locals", [aligned([(name, value_lines(value)) for name, value in values.items()])])


def _pairs(body: Body, literal: Body | tuple[str, ...] = _LITERAL) -> Lines:
    return aligned([(name, _pair(name, value, name in literal)) for name, value in body.items()])


def _pair(name: str, value: Any, literal: bool) -> Lines:
    if name == "type" and isinstance(value, str):
        return bare_lines(value)
    if name == "depends_on":
        return ["[", *indented([f"{bare_lines(item)[0]}," for item in value]), "]"] if value else ["[]"]
    return _literal(value) if literal else value_lines(value)


def _literal(value: Any) -> Lines:
    return value_lines(value, texts.literal)


def _objects_in(body: Body) -> Nested:
    """Where no schema is at hand, objects count as blocks, as most are."""
    return {
        name: {}
        for name, value in body.items()
        if isinstance(value, Mapping)
        or (isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value))
    }
