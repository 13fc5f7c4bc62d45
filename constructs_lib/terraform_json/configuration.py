"""From what the files of modules declare to a document: instances of ``count``, ``for_each`` and modules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.block import Block, evaluate_all, too_much
from constructs_lib.terraform_json.comments import COMMENT
from constructs_lib.terraform_json.declarations import Declaration, Declarations
from constructs_lib.terraform_json.document import Document, Parts
from constructs_lib.terraform_json.language import TooMuchError, converted
from constructs_lib.terraform_json.module_instances import ModuleInstance, Scope
from constructs_lib.terraform_json.references import Content, named_in
from constructs_lib.terraform_json.values import Reference, Unknown

_WAITING = ("count", "for_each", "depends_on")
_CUT = "let one of them go"
_META = ("source", "version", "count", "for_each", "providers", "depends_on", COMMENT)
"""Arguments of a ``module`` block that are no inputs."""


@dataclass(frozen=True)
class ModuleTree:
    """A module as it is written, with those that it calls and that could be read, by the name of the call."""

    declarations: Declarations
    children: Mapping[str, ModuleTree] = field(default_factory=dict)

    @property
    def locals(self) -> dict[str, Any]:
        """The local values as they are written."""
        written = self.declarations.content.get("locals", {})
        return {name: value for name, value in written.items() if name != COMMENT}

    @property
    def outputs(self) -> dict[str, Mapping[str, Any]]:
        """The outputs as they are written."""
        return {one.label: one.body for one in self.declarations.named["output"].values()}

    @property
    def defaults(self) -> dict[str, Any]:
        """The defaults of variables, which are plain values."""
        declared = self.declarations.named["variable"].values()
        return {one.label: one.body["default"] for one in declared if "default" in one.body}

    @property
    def types(self) -> dict[str, Any]:
        """The types that variables declare, as they are written."""
        declared = self.declarations.named["variable"].values()
        return {one.label: one.body["type"] for one in declared if "type" in one.body}

    @property
    def declared(self) -> dict[str, Declaration]:
        """The resources and data sources."""
        named = self.declarations.named
        return {**named["resource"], **named["data"]}

    @property
    def calls(self) -> dict[str, Declaration]:
        """The ``module`` blocks by name."""
        return {one.label: one for one in self.declarations.named["module"].values()}


def document_of(tree: ModuleTree, variables: Mapping[str, Any], beside: tuple[str, ...] = ()) -> Document:
    """Give the document of a root module.

    variables: values of input variables, over the defaults of the document. beside: files of the module that
    were not read.

    Raises:
        ConfigError: references lead in a circle, or an expression takes more than the limits.
    """
    declared = {
        prefix + address: one if not prefix else _moved(one, prefix)
        for prefix, module in _modules(tree, "")
        for address, one in module.declared.items()
    }
    unread = {
        f"{prefix}module.{name}": call
        for prefix, module in _modules(tree, "")
        for name, call in module.calls.items()
        if name not in module.children
    }
    references: dict[str, list[Content]] = {}
    for key, content in _contents(tree, ""):
        references.setdefault(key, []).append(content)
    parts = Parts(
        kind="configuration",
        content=tree.declarations.content,
        declared=declared,
        outputs=tree.outputs,
        unread=unread,
        references=references,
        names=frozenset(_names(tree, "")),
        beside=beside,
    )
    document = Document(parts)
    if wrong := [problem for _, module in _modules(tree, "") for problem in _own_defaults(module)]:
        raise ConfigError(wrong)
    if circle := document.references.circle():
        problem = Problem(circle[0], " -> ".join(circle), "Terraform refuses references in a circle", _CUT)
        raise ConfigError([problem])
    _Expansion(document, tree, variables).run()
    return document


def _own_defaults(module: ModuleTree) -> Iterator[Problem]:
    """A default is plain: Terraform takes an expression in it for a text."""
    for name, value in module.defaults.items():
        if f"var.{name}" in named_in(value if isinstance(value, str) else ""):
            rule = "a variable that defaults to itself has no value"
            yield Problem(f"variable.{name}.default", value, rule, "write a plain value, or no default")


def _moved(one: Declaration, prefix: str) -> Declaration:
    return Declaration(prefix + one.address, one.labels, one.body, one.file)


def _modules(tree: ModuleTree, prefix: str) -> Iterator[tuple[str, ModuleTree]]:
    yield prefix, tree
    for name, child in tree.children.items():
        yield from _modules(child, f"{prefix}module.{name}.")


def _contents(tree: ModuleTree, path: str) -> Iterator[tuple[str, Content]]:
    for address, one in tree.declared.items():
        yield path + address, (one.body, path)
    for name, value in tree.locals.items():
        yield f"{path}local.{name}", (value, path)
    for name, body in tree.outputs.items():
        yield f"{path}output.{name}", (body.get("value"), path)
    for name, call in tree.calls.items():
        if name not in tree.children:
            yield f"{path}module.{name}", (call.body, path)
    for name, child in tree.children.items():
        inside, call = f"{path}module.{name}.", tree.calls[name]
        for variable, value in _inputs(call).items():
            yield f"{inside}var.{variable}", (value, path)
        yield from _contents(child, inside)
        needed = {name: call.body[name] for name in _WAITING if name in call.body}
        held = [*child.declared, *(f"module.{other}" for other in child.calls)]
        yield f"{path}module.{name}", ({"depends_on": held}, inside)
        for address in child.declared:
            yield inside + address, (needed, path)


def _names(tree: ModuleTree, path: str) -> Iterator[str]:
    yield from (path + address for address in tree.declarations.named["variable"])
    yield from (f"{path}module.{name}" for name in tree.calls)
    for name, child in tree.children.items():
        yield from _names(child, f"{path}module.{name}.")


def _inputs(call: Declaration) -> dict[str, Any]:
    return {name: value for name, value in call.body.items() if name not in _META}


class _Expansion:
    """Makes the instances of one document, each when it is first asked for."""

    def __init__(self, document: Document, tree: ModuleTree, variables: Mapping[str, Any]) -> None:
        self.document, self.tree, self.variables = document, tree, variables
        self.modules: list[_Module] = []

    def run(self) -> None:
        root = _Module(self, self.tree, "", self.variables, {}, None)
        self.document.root = root.instance
        for address in self.document.references.in_order:  # so that no local value leads through too many
            if address.startswith("local."):
                root.instance.meaning(("local", address.removeprefix("local.")))
        for module in self.modules:  # grows while it is walked
            module.expand()
        for module in self.modules:
            module.evaluate()
        found = self.document.blocks
        order = [address for module in self.modules for address in module.made()]
        self.document.blocks = {address: found[address] for address in order}

    def add(self, block: Block) -> None:
        self.document.blocks[block.address] = block


class _Module:
    """One instance of a module while it is expanded."""

    def __init__(
        self,
        expansion: _Expansion,
        tree: ModuleTree,
        prefix: str,
        variables: Mapping[str, Any],
        inputs: Mapping[str, Any],
        caller: Scope | None,
        optional: bool = False,
    ) -> None:
        self.expansion, self.tree, self.prefix, self.optional = expansion, tree, prefix, optional
        self.declared, self.calls = tree.declared, tree.calls
        self.meanings: dict[str, Any] = {}
        self.addresses: dict[str, list[str]] = {}
        self.children: dict[str, Any] = {}
        expansion.modules.append(self)
        self.instance = ModuleInstance(
            prefix,
            expansion.document.evaluate,
            locals=tree.locals,
            outputs={name: body.get("value") for name, body in tree.outputs.items()},
            values={**tree.defaults, **variables},
            types=tree.types,
            convert=converted,
            inputs=inputs,
            caller=caller,
            instances=self.meaning,
            children=self.child,
        )

    def expand(self) -> None:
        """Make everything that was not asked for yet."""
        for address in self.declared:
            self.meaning(address)
        for name in self.tree.children:
            self.child(name)

    def evaluate(self) -> None:
        """Evaluate what is more than a reference, so that what takes too much is said before anything else.

        Raises:
            ConfigError: an expression takes more than the limits.
        """
        for name in self.tree.locals:
            self.instance.meaning(("local", name))
        for name in self.tree.outputs:
            self.instance.output(name)
        for name in self.instance.inputs:
            self.instance.meaning(("var", name))
        for address in self.made():
            evaluate_all(self.expansion.document.blocks[address])

    def made(self) -> Iterator[str]:
        for address in self.declared:
            yield from self.addresses[address]

    def meaning(self, address: str) -> Any:
        """Give what the name of a block means; None for one that is not declared."""
        if address not in self.declared:
            return None
        if address not in self.meanings:
            self.meanings[address] = Unknown(self.prefix + address)  # a circle ends here
            self.addresses[address] = []
            self.meanings[address] = self._expand(address, self.declared[address])
        return self.meanings[address]

    def _expand(self, address: str, declaration: Declaration) -> Any:
        whole, body = self.prefix + address, declaration.body
        scopes = self._scopes(whole, body)
        if scopes is None:
            self._add(address, whole, body, Scope({}, self.instance), optional=True)
            return Unknown(whole)
        if isinstance(scopes, Scope):
            self._add(address, whole, body, scopes)
            return Reference(whole, "")
        names = {key: f"{whole}[{json.dumps(key)}]" for key in scopes}
        for key, scope in scopes.items():
            self._add(address, names[key], body, scope)
        refs = {key: Reference(name, "") for key, name in names.items()}
        return list(refs.values()) if "count" in body else refs

    def _add(
        self, address: str, whole: str, body: Mapping[str, Any], scope: Scope, *, optional: bool = False
    ) -> None:
        self.addresses[address].append(whole)
        kind, optional = self.declared[address].type, optional or self.optional
        self.expansion.add(Block(self.expansion.document, whole, kind, body, scope, optional))

    def _scopes(self, whole: str, body: Mapping[str, Any]) -> Scope | dict[str | int, Scope] | None:
        """Give the scope of each instance; None where ``count`` or ``for_each`` is an open value."""
        name = "count" if "count" in body else "for_each"
        try:
            return self._instances(whole, body)
        except TooMuchError as fault:
            raise too_much(whole, name, body.get(name), fault.rule) from None

    def _instances(self, whole: str, body: Mapping[str, Any]) -> Scope | dict[str | int, Scope] | None:
        if "count" in body:
            return self._counted(self._settled(whole, "count", body))
        if "for_each" not in body:
            return Scope({}, self.instance)
        each = self._settled(whole, "for_each", body)
        if isinstance(each, list) and all(isinstance(item, str) for item in each):
            each = {item: item for item in each}
        if not isinstance(each, dict):
            return None
        self.expansion.document.limits.instances(len(each))
        return {
            key: Scope({"each.key": key, "each.value": value}, self.instance) for key, value in each.items()
        }

    def _counted(self, count: Any) -> dict[str | int, Scope] | None:
        if isinstance(count, str) and count.isdecimal() and len(count) < 12:
            count = int(count)
        if isinstance(count, bool) or not isinstance(count, int):
            return None
        self.expansion.document.limits.instances(count)
        return {i: Scope({"count.index": i}, self.instance) for i in range(count)}

    def _settled(self, whole: str, name: str, body: Mapping[str, Any]) -> Any:
        document = self.expansion.document
        return document.settle(document.evaluate(body[name], Scope({}, self.instance), whole, name))

    def child(self, name: str) -> Any:
        """Give the instances of a module that this one calls; None for one that was not read."""
        if name not in self.tree.children:
            return None
        if name not in self.children:
            self.children[name] = Unknown(f"{self.prefix}module.{name}")
            self.children[name] = self._call(name, self.calls[name])
        return self.children[name]

    def _call(self, name: str, call: Declaration) -> Any:
        whole, inputs = f"{self.prefix}module.{name}", _inputs(call)
        scopes = self._scopes(whole, call.body)
        if scopes is None:
            self._made(name, f"{whole}.", inputs, Scope({}, self.instance), optional=True)
            return Unknown(whole)
        if isinstance(scopes, Scope):
            return self._made(name, f"{whole}.", inputs, scopes)
        made = {
            key: self._made(name, f"{whole}[{json.dumps(key)}].", inputs, scope)
            for key, scope in scopes.items()
        }
        return list(made.values()) if "count" in call.body else made

    def _made(
        self, name: str, prefix: str, inputs: Mapping[str, Any], scope: Scope, *, optional: bool = False
    ) -> ModuleInstance:
        optional = optional or self.optional
        return _Module(self.expansion, self.tree.children[name], prefix, {}, inputs, scope, optional).instance
