"""One Terraform root module in its JSON syntax, read as blocks with their expressions resolved.

Accepts what CDKTF synthesizes (``cdk.tf.json``), hand-written ``*.tf.json`` and several files of one folder
(https://developer.hashicorp.com/terraform/language/syntax/json).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from constructs_lib.terraform_json.block import Block, Scope
from constructs_lib.terraform_json.values import Reference, Unknown

Source = Mapping[str, Any] | str | Path
_RENAMED = {"aws_alb": "aws_lb", "aws_default_vpc": "aws_vpc", "aws_default_subnet": "aws_subnet"}


class Document:
    """The blocks of one root module. ``variables`` overrides the defaults that the document declares."""

    def __init__(self, *parts: Mapping[str, Any], variables: Mapping[str, Any] | None = None) -> None:
        self._locals: dict[str, Any] = {}
        self._variables: dict[str, Any] = {}
        self._declared: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self._open_locals: set[str] = set()
        self._providers: list[Mapping[str, Any]] = []
        self._beside: dict[str, Any] = {}
        for part in parts:
            self._read(part)
        self._variables.update(variables or {})
        self._instances: dict[str, Any] = {}
        self.blocks: dict[str, Block] = {}
        self._by_type: dict[str, list[Block]] = {}
        for address, (kind, body) in self._declared.items():
            self._expand(address, kind, body)

    def _read(self, part: Mapping[str, Any]) -> None:
        for _, body in _labelled(part.get("locals", {}), 0):
            self._locals.update(body)
            self._beside.update({f"local.{name}": value for name, value in body.items()})
        for (name,), body in _labelled(part.get("output", {}), 1):
            self._beside[f"output.{name}"] = body.get("value")
        for (name,), body in _labelled(part.get("variable", {}), 1):
            if "default" in body:
                self._variables[name] = body["default"]
        self._providers += [body for (name,), body in _labelled(part.get("provider", {}), 1) if name == "aws"]
        for section, prefix in (("resource", ""), ("data", "data.")):
            for (kind, name), body in _labelled(part.get(section, {}), 2):
                self._declared[f"{prefix}{kind}.{name}"] = (prefix + kind, body)

    def _expand(self, address: str, kind: str, body: Mapping[str, Any]) -> None:
        """Make the instances of a block: one, or those of a ``count`` or ``for_each`` that can be read."""
        scopes = self._scopes(body)
        if scopes is None:
            self._instances[address] = Unknown(address)
            self._add(Block(self, address, kind, body, optional=True))
        elif isinstance(scopes, Scope):
            self._instances[address] = Reference(address, "")
            self._add(Block(self, address, kind, body))
        else:
            names = {key: f"{address}[{json.dumps(key)}]" for key in scopes}
            for key, scope in scopes.items():
                self._add(Block(self, names[key], kind, body, scope=scope))
            refs = {key: Reference(name, "") for key, name in names.items()}
            self._instances[address] = list(refs.values()) if "count" in body else refs

    def _scopes(self, body: Mapping[str, Any]) -> Scope | dict[str | int, Scope] | None:
        if "count" in body:
            count = self.settle(Block(self, "", "", body).get("count"))
            count = int(count) if isinstance(count, str) and count.isdigit() else count
            return {i: Scope({"count.index": i}) for i in range(count)} if isinstance(count, int) else None
        if "for_each" not in body:
            return Scope({})
        each = self.settle(Block(self, "", "", body).get("for_each"))
        if isinstance(each, list) and all(isinstance(item, str) for item in each):
            each = {item: item for item in each}
        if not isinstance(each, dict):
            return None
        return {key: Scope({"each.key": key, "each.value": value}) for key, value in each.items()}

    def _add(self, block: Block) -> None:
        self.blocks[block.address] = block
        kind = block.kind.replace("aws_alb", "aws_lb", 1) if block.kind.startswith("aws_alb") else block.kind
        self._by_type.setdefault(_RENAMED.get(kind, kind), []).append(block)

    def resources(self, kind: str) -> list[Block]:
        """Every instance of a resource type, or of a data source as ``data.aws_x``, in the document's
        order.
        """
        return self._by_type.get(kind, [])

    def head(self, names: tuple[str, ...], scope: Scope | None = None) -> Any:
        """Give what the first names of a traversal mean."""
        key = ".".join(names)
        if names[0] == "var" and names[1] in self._variables:
            return Block(self, "", "", self._variables).get(names[1])
        if names[0] == "local" and names[1] in self._locals and names[1] not in self._open_locals:
            self._open_locals.add(names[1])
            try:
                return Block(self, "", "", self._locals).get(names[1])
            finally:
                self._open_locals.discard(names[1])
        if scope is not None and key in scope.names:
            return scope.names[key]
        if names[0] in ("var", "local", "each", "count", "module", "path", "terraform", "self"):
            return Unknown(key)
        return self._instances[key] if key in self._instances else Reference(key, "")

    def settle(self, value: Any) -> Any:
        """Replace a reference to an attribute that the document writes out by that value."""
        if isinstance(value, list):
            return [self.settle(item) for item in value]
        for _ in range(8):
            block = self.blocks.get(value.address) if isinstance(value, Reference) else None
            if block is None or value.attribute not in block.body:
                break
            value = block.get(value.attribute)
        return value

    @property
    def bodies(self) -> Mapping[str, Any]:
        """What is written for every resource, data source and local value, by address (``local.x``)."""
        declared = {address: body for address, (_, body) in self._declared.items()}
        return {**declared, **{f"local.{name}": value for name, value in self._locals.items()}}

    @cached_property
    def providers(self) -> tuple[Block, ...]:
        """The configurations of the AWS provider."""
        return tuple(Block(self, "provider.aws", "provider", body) for body in self._providers)

    @cached_property
    def dangling(self) -> tuple[tuple[str, str], ...]:
        """Give (address, missing address) for every reference to a resource that the document does not
        hold.
        """
        from constructs_lib.terraform_json.references import dangling_references

        declared = {address: body for address, (_, body) in self._declared.items()}
        return tuple(sorted(dangling_references(declared, self._beside)))


def _labelled(value: Any, depth: int) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Walk blocks with ``depth`` labels; at every level one object or a list of objects is allowed."""
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, Mapping):
            continue
        if depth == 0:
            yield (), item
            continue
        for label, inner in item.items():
            if label != "//":
                yield from (((label, *labels), body) for labels, body in _labelled(inner, depth - 1))


def read_document(*sources: Source, variables: Mapping[str, Any] | None = None) -> Document:
    """Read one root module from JSON objects, JSON texts, files, or folders (their ``*.tf.json``), merged.

    variables: values of input variables, over the defaults of the document.
    Raises OSError for a file that cannot be read and ValueError for one that is not a JSON object.
    """
    return Document(*(part for source in sources for part in _parts(source)), variables=variables)


def _parts(source: Source) -> Iterable[Mapping[str, Any]]:
    if isinstance(source, Mapping):
        return [source]
    if isinstance(source, Path):
        files = sorted(source.glob("*.tf.json")) if source.is_dir() else [source]
        return [_parse(file.read_text(encoding="utf-8"), str(file)) for file in files]
    return [_parse(source, "the document")]


def _parse(text: str, name: str) -> Mapping[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as fault:
        raise ValueError(f"{name} is not JSON: {fault}") from fault
    if not isinstance(document, dict):
        raise ValueError(f"{name} is not a JSON object, so it is no Terraform configuration")
    return document
