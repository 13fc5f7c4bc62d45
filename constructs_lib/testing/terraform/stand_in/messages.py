"""The messages of the plugin protocol that carry schemas, values and errors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from constructs_lib.testing.terraform.schema import Block, NestedBlock
from constructs_lib.testing.terraform.stand_in.protocol import MESSAGES
from constructs_lib.testing.terraform.stand_in.validation import Finding
from constructs_lib.testing.terraform.stand_in.values import decode

_ERROR = 1
_NESTING = {"single": 1, "list": 2, "set": 3, "map": 4}


def value_of(message: Any) -> Any:
    """A value from the wire, in either of its forms."""
    return json.loads(message.json) if message.json else decode(message.msgpack)


def schema_message(block: Block) -> Any:
    """The schema of a resource, a data source or the provider."""
    return MESSAGES["Schema"](version=0, block=_block_message(block))


def _block_message(block: Block) -> Any:
    message = MESSAGES["Schema.Block"](version=0)
    for name, attribute in block.attributes.items():
        message.attributes.add(
            name=name,
            type=json.dumps(attribute.type).encode(),
            required=attribute.required,
            optional=attribute.optional,
            computed=attribute.computed,
        )
    for name, nested in block.blocks.items():
        message.block_types.append(_nested_message(name, nested))
    return message


def _nested_message(name: str, nested: NestedBlock) -> Any:
    return MESSAGES["Schema.NestedBlock"](
        type_name=name,
        nesting=_NESTING[nested.nesting],
        min_items=nested.min_items,
        max_items=nested.max_items,
        block=_block_message(nested.block),
    )


def error_message(summary: str, detail: str = "", attribute: str = "") -> Any:
    """An error of the provider; ``attribute`` is a dotted path."""
    message = MESSAGES["Diagnostic"](severity=_ERROR, summary=summary, detail=detail)
    if attribute:
        message.attribute.CopyFrom(path_message(attribute))
    return message


def finding_message(finding: Finding) -> Any:
    """An error about an argument."""
    return error_message(finding.summary, finding.detail, finding.attribute)


def path_message(dotted: str) -> Any:
    """``default_action.0.type`` as the protocol's path."""
    path = MESSAGES["AttributePath"]()
    for step in dotted.split("."):
        if step.isdigit():
            path.steps.add(element_key_int=int(step))
        else:
            path.steps.add(attribute_name=step)
    return path


def conformed(block: Block, state: Any) -> Any:
    """The state with exactly the attributes of this schema, whatever version of the bindings wrote it."""
    return _conform_type(block.type, state)


def _conform_type(kind: Any, value: Any) -> Any:
    if value is None or isinstance(kind, str):
        return value
    container, inner = kind
    if container == "object":
        return {name: _conform_type(item, value.get(name)) for name, item in inner.items()}
    if container == "map":
        return {key: _conform_type(inner, item) for key, item in value.items()}
    items: Iterable[Any] = value
    return [_conform_type(inner, item) for item in items]
