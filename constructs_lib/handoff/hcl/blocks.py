"""Blocks of Terraform JSON in Terraform's own syntax: which argument is a block, and what stands bare.

https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from constructs_lib.figures.nested_blocks import Nested
from constructs_lib.handoff.hcl import texts
from constructs_lib.handoff.hcl.values import Lines, aligned, indented, value_lines

Body = Mapping[str, Any]
_CONDITIONS: Nested = {"precondition": {}, "postcondition": {}}
_FIRST = ("provider", "count", "for_each")
_LAST = ("lifecycle", "depends_on")


def resource_block(head: str, body: Body, nested: Nested) -> Lines:
    """Return a resource or a data source.

    head: the type and the labels, ``resource "aws_vpc" "network"``. nested: its nested blocks.
    """
    own = {name: value for name, value in body.items() if name not in (*_FIRST, *_LAST)}
    first = {name: body[name] for name in _FIRST if name in body}
    groups = [aligned([(name, _meta(name, value)) for name, value in first.items()])]
    groups += body_groups(own, nested)
    groups += [_lifecycle(found) for found in objects(body.get("lifecycle"))]
    if body.get("depends_on"):
        groups.append(aligned([("depends_on", _addresses(body["depends_on"]))]))
    return block(head, groups)


def body_groups(body: Body, nested: Nested, text: Callable[[str], str] = texts.expression) -> list[Lines]:
    """Return a body's arguments as one group of lines, and each of its nested blocks as one."""
    arguments = {name: value for name, value in body.items() if name not in nested and name != "dynamic"}
    groups = [aligned([(name, value_lines(value, text)) for name, value in arguments.items()])]
    for name, value in body.items():
        if name in nested:
            inner = nested[name]
            groups += [block(name, body_groups(found, inner, text)) for found in objects(value)]
    for found in objects(body.get("dynamic")):
        for name, value in found.items():
            groups += [_dynamic(name, one, nested.get(name, {})) for one in objects(value)]
    return groups


def block(head: str, groups: Iterable[Lines]) -> Lines:
    """Return a block around groups of lines, an empty line between them."""
    filled = [group for group in groups if group]
    inner = [line for group in filled for line in ("", *group)][1:]
    return [f"{head} {{", *indented(inner), "}"] if inner else [f"{head} {{}}"]


def objects(value: Any) -> list[Body]:
    """Terraform JSON writes one block as an object, several as a list of objects, none as null."""
    if value is None:
        return []
    return [item for item in value if item is not None] if isinstance(value, Sequence) else [value]


def condition_blocks(body: Body, names: Iterable[str]) -> list[Lines]:
    """Return ``validation``, ``precondition`` and such blocks of a body."""
    return [block(name, body_groups(found, {})) for name in names for found in objects(body.get(name))]


def bare_lines(words: str) -> Lines:
    """Return what Terraform JSON writes as a text and means as an address or a type."""
    return [texts.bare(words[2:-1] if words.startswith("${") and words.endswith("}") else words)]


def _dynamic(name: str, body: Body, nested: Nested) -> Lines:
    own = {key: value for key, value in body.items() if key != "content"}
    pairs = [
        (key, bare_lines(value) if key == "iterator" else value_lines(value)) for key, value in own.items()
    ]
    contents = [block("content", body_groups(found, nested)) for found in objects(body.get("content"))]
    return block(f'dynamic "{name}"', [aligned(pairs), *contents])


def _meta(name: str, value: Any) -> Lines:
    return bare_lines(value) if name == "provider" else value_lines(value)


def _lifecycle(body: Body) -> Lines:
    own = {name: value for name, value in body.items() if name not in _CONDITIONS}
    pairs = [(name, _lifecycle_value(name, value)) for name, value in own.items()]
    return block("lifecycle", [aligned(pairs), *condition_blocks(body, _CONDITIONS)])


def _lifecycle_value(name: str, value: Any) -> Lines:
    if name == "ignore_changes" and value == "all":
        return ["all"]
    if name in ("ignore_changes", "replace_triggered_by"):
        return _addresses(value)
    return value_lines(value)


def _addresses(addresses: Sequence[str]) -> Lines:
    """Return a list of addresses, one a line where there are several."""
    items = [bare_lines(address)[0] for address in addresses]
    if len(items) < 2:
        return [f"[{', '.join(items)}]"]
    return ["[", *indented([f"{item}," for item in items]), "]"]
