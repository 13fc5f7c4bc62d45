"""One Terraform root module in its JSON syntax, read as blocks with their expressions resolved.

Accepts what CDKTF synthesizes (``cdk.tf.json``), hand-written ``*.tf.json`` and several files of one folder
(https://developer.hashicorp.com/terraform/language/syntax/json).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.block import Block, Scope
from constructs_lib.terraform_json.comments import COMMENT
from constructs_lib.terraform_json.declarations import Declaration, Declarations
from constructs_lib.terraform_json.sources import Source, parts_of
from constructs_lib.terraform_json.strict_json import WAY_OUT
from constructs_lib.terraform_json.values import Reference, Unknown

_RENAMED = {"aws_alb": "aws_lb", "aws_default_vpc": "aws_vpc", "aws_default_subnet": "aws_subnet"}


class Document:
    """One root module.

    content: everything as it is written, comments included, in the one shape that cdktf writes: sections by
        name, ``{"resource": {type: {label: body}}, "provider": {name: [body, ...]}, ...}``. Nobody changes
        it.
    declared: the resources and data sources as they are written, by address, in the document's order.
    module_calls: the ``module`` blocks by address (``module.network``); what they hold is not read.
    blocks: the instances that ``count`` and ``for_each`` make of what is declared, by address.
    """

    def __init__(self, declarations: Declarations, *, variables: Mapping[str, Any] | None = None) -> None:
        named = declarations.named
        self.content: Mapping[str, Any] = declarations.content
        self.declared: Mapping[str, Declaration] = {**named["resource"], **named["data"]}
        self.module_calls: Mapping[str, Declaration] = named["module"]
        self._outputs = named["output"]
        self._locals = _without_comment(self.content.get("locals", {}))
        self._variables = {
            one.label: one.body["default"] for one in named["variable"].values() if "default" in one.body
        }
        self._variables.update(variables or {})
        self._open_locals: set[str] = set()
        self._instances: dict[str, Any] = {}
        self.blocks: dict[str, Block] = {}
        self._by_type: dict[str, list[Block]] = {}
        for address, declaration in self.declared.items():
            self._expand(address, declaration.type, declaration.body)

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, Declaration]]:
        found: dict[str, dict[str, Declaration]] = {}
        for declaration in self.declared.values():
            found.setdefault(declaration.type, {})[declaration.label] = declaration
        return found

    def bodies_of(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """Give what is written for every resource of a type, by label; ``data.aws_x`` for data sources."""
        return {label: declaration.body for label, declaration in self._labels.get(kind, {}).items()}

    @property
    def outputs(self) -> dict[str, Mapping[str, Any]]:
        """The outputs by name, as they are written."""
        return {one.label: one.body for one in self._outputs.values()}

    @property
    def settings(self) -> Mapping[str, Any]:
        """The ``terraform`` blocks as one: ``required_providers``, ``required_version``, ``backend``, ..."""
        found: Mapping[str, Any] = self.content.get("terraform", {})
        return found

    @property
    def backend(self) -> dict[str, Any]:
        """Where the state is kept: ``{"s3": {...}}``, ``{"cloud": {...}}``; empty when nothing is said."""
        cloud = {"cloud": self.settings["cloud"]} if "cloud" in self.settings else {}
        return {**self.settings.get("backend", {}), **cloud}

    def provider_bodies(self, name: str) -> list[Mapping[str, Any]]:
        """Give the configurations of a provider as they are written, those with an alias too."""
        return list(self.content.get("provider", {}).get(name, ()))

    @property
    def size(self) -> Size:
        """How much was read."""
        data = sum(address.startswith("data.") for address in self.declared)
        return Size(len(self.declared) - data, data, len(self.module_calls))

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
        return {
            **{address: declaration.body for address, declaration in self.declared.items()},
            **{f"local.{name}": value for name, value in self._locals.items()},
        }

    @cached_property
    def providers(self) -> tuple[Block, ...]:
        """The configurations of the AWS provider."""
        return tuple(Block(self, "provider.aws", "provider", body) for body in self.provider_bodies("aws"))

    @cached_property
    def dangling(self) -> tuple[tuple[str, str], ...]:
        """Give (address, missing address) for every reference to a resource that the document does not
        hold.
        """
        from constructs_lib.terraform_json.references import dangling_references

        declared = {address: declaration.body for address, declaration in self.declared.items()}
        beside = {
            **{f"local.{name}": value for name, value in self._locals.items()},
            **{address: output.body.get("value") for address, output in self._outputs.items()},
        }
        return tuple(sorted(dangling_references(declared, beside)))


@dataclass(frozen=True)
class Size:
    """How much of a document was read; ``module_calls`` are not followed."""

    resources: int
    data_sources: int
    module_calls: int

    def __str__(self) -> str:
        return (
            f"{self.resources} resources, {self.data_sources} data sources, "
            f"{self.module_calls} module calls not followed"
        )

    def __bool__(self) -> bool:
        return bool(self.resources or self.data_sources or self.module_calls)


def read_document(
    *sources: Source, variables: Mapping[str, Any] | None = None, may_be_empty: bool = False
) -> Document:
    """Read one root module from mappings, JSON texts, files or folders (their ``*.tf.json``), merged.

    variables: values of input variables, over the defaults of the document.
    may_be_empty: whether a document without a resource, a data source and a module call is one.

    Raises:
        ConfigError: a source cannot be read, is no Terraform JSON, declares a name twice, or all of them hold
            nothing that could be judged.
    """
    parts = [part for source in sources for part in parts_of(source)]
    document = Document(Declarations.of(parts), variables=variables)
    if not document.size and not may_be_empty:
        names = ", ".join(part.name for part in parts)
        rule = "holds no resource, no data source and no module call, so there is nothing to judge"
        raise ConfigError([Problem("path", names, rule, WAY_OUT)])
    return document


def _without_comment(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != COMMENT}
