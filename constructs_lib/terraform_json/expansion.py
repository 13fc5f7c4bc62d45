"""The instances that ``count``, ``for_each`` and module calls make of what is declared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.terraform_json.block import Block, evaluate_all, too_much
from constructs_lib.terraform_json.declarations import Declaration
from constructs_lib.terraform_json.document import Document
from constructs_lib.terraform_json.language import TooMuchError, converted
from constructs_lib.terraform_json.module_contents import ModuleTree, inputs_of
from constructs_lib.terraform_json.module_instances import ModuleInstance, Scope
from constructs_lib.terraform_json.values import Reference, Unknown


def expand(document: Document, tree: ModuleTree, variables: Mapping[str, Any]) -> None:
    """Make the blocks of a document, and evaluate what is written in them.

    Raises:
        ConfigError: an expression takes more than the limits.
    """
    _Expansion(document, tree, variables).run()


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
        whole, inputs = f"{self.prefix}module.{name}", inputs_of(call)
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
