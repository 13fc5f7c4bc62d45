"""One Terraform root module, read as blocks with their expressions resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from constructs_lib.terraform_json.addresses import within_module
from constructs_lib.terraform_json.block import Block, too_much
from constructs_lib.terraform_json.declarations import Declaration
from constructs_lib.terraform_json.language import Limits, TooMuchError
from constructs_lib.terraform_json.module_instances import ModuleInstance, Scope
from constructs_lib.terraform_json.references import Content, References
from constructs_lib.terraform_json.values import Reference

_RENAMED = {"aws_default_vpc": "aws_vpc", "aws_default_subnet": "aws_subnet"}

Kind = Literal["configuration", "plan", "state"]


@dataclass(frozen=True)
class Parts:
    """What a document is made of.

    content: everything as it is written, in the one shape that cdktf writes; empty for a plan or a state.
    declared: resources and data sources. outputs: those of the root. unread: module calls that were not read.
    references: what is written under each address without keys. names: declared variables and module calls.
    beside: the files of the same module that were not read.
    """

    kind: Kind
    content: Mapping[str, Any]
    declared: Mapping[str, Declaration]
    outputs: Mapping[str, Mapping[str, Any]]
    unread: Mapping[str, Declaration]
    references: Mapping[str, list[Content]]
    names: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()


class Document:
    """One root module.

    kind: whether it is a ``configuration``, or what Terraform shows of a ``plan`` or a ``state``.
    content: everything as it is written, comments included, in the one shape that cdktf writes: sections by
        name, ``{"resource": {type: {label: body}}, "provider": {name: [body, ...]}, ...}``. Nobody changes
        it. Empty for a plan and a state.
    declared: the resources and data sources as they are written, by address, those of modules that are read
        included, in the document's order; of a plan or a state their instances.
    module_calls: the ``module`` blocks by address (``module.network``) that were not followed.
    blocks: the instances that ``count`` and ``for_each`` make of what is declared, by address.
    references: what refers to what.
    beside: the names of other files of the same module, where one file of several was read.
    """

    def __init__(self, parts: Parts) -> None:
        self.kind: Kind = parts.kind
        self.content: Mapping[str, Any] = parts.content
        self.declared = parts.declared
        self.module_calls = parts.unread
        self.outputs = parts.outputs
        self.references = References(parts.references, parts.names)
        self.beside = parts.beside
        self.limits = Limits()
        self.root = ModuleInstance("", self.evaluate)
        self.blocks: dict[str, Block] = {}

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
        data = sum(within_module(address).startswith("data.") for address in self.declared)
        return Size(len(self.declared) - data, data, len(self.module_calls))

    def resources(self, kind: str) -> list[Block]:
        """Every instance of a resource type, or of a data source as ``data.aws_x``, in the document's
        order.
        """
        return self._by_type.get(kind, [])

    @cached_property
    def _by_type(self) -> Mapping[str, list[Block]]:
        found: dict[str, list[Block]] = {}
        for block in self.blocks.values():
            kind = (
                block.kind.replace("aws_alb", "aws_lb", 1) if block.kind.startswith("aws_alb") else block.kind
            )
            found.setdefault(_RENAMED.get(kind, kind), []).append(block)
        return found

    def evaluate(
        self, raw: Any, scope: Scope | None = None, where: str = "", name: str = "the expression"
    ) -> Any:
        """Give what something written means in a scope; ``where`` and ``name`` are for messages."""
        found = Block(self, where, "", {name: raw}, scope).get(name)
        try:
            return self.limits.weigh(found)
        except TooMuchError as fault:
            raise too_much(where, name, raw, fault.rule) from None

    def head(self, names: tuple[str, ...], scope: Scope | None = None) -> Any:
        """Give what the first names of a traversal mean."""
        key = ".".join(names)
        if scope is not None and key in scope.names:
            return scope.names[key]
        module = self.root if scope is None or scope.module is None else scope.module
        return module.meaning(names)

    def settle(self, value: Any) -> Any:
        """Replace a reference to an attribute that the document writes out by that value."""
        if isinstance(value, list):
            return type(value)(self.settle(item) for item in value)  # a set stays one
        for _ in range(8):
            block = self.blocks.get(value.address) if isinstance(value, Reference) else None
            if block is None or value.attribute not in block.body:
                break
            value = block.get(value.attribute)
        return value

    @property
    def bodies(self) -> Mapping[str, Any]:
        """What is written for every resource, data source and local value, by address without keys."""
        return {
            address: contents[0][0] if len(contents) == 1 else [raw for raw, _ in contents]
            for address, contents in self.references.contents.items()
        }

    @cached_property
    def providers(self) -> tuple[Block, ...]:
        """The configurations of the AWS provider."""
        return tuple(Block(self, "provider.aws", "provider", body) for body in self.provider_bodies("aws"))

    @cached_property
    def dangling(self) -> tuple[tuple[str, str], ...]:
        """Give (address, missing address) for every reference to a resource, a variable, a local value or a
        module call that the document does not hold.
        """
        found = self.references.dangling() if self.kind == "configuration" else ()
        return tuple(sorted(found))


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
