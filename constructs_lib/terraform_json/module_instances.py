"""One instance of a module: what its names mean inside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.terraform_json.values import Reference, Unknown


@dataclass(frozen=True, eq=False)
class Scope:
    """Where an expression stands.

    names: what ``each.key``, ``each.value``, ``count.index`` and the variables of ``dynamic`` blocks mean.
    module: the instance of a module whose names it sees; None for the root.
    """

    names: Mapping[str, Any]
    module: ModuleInstance | None = None


@dataclass(eq=False)
class ModuleInstance:
    """The root module, or one instance of a ``module`` block.

    prefix: what stands in front of its addresses: ``module.net[0].``; ``""`` for the root.
    locals, outputs: expressions as they are written. values: of variables, plain. inputs: expressions of
    variables, in the caller's scope. types: of variables, as they are written; ``convert`` gives a value of
    one.
    instances: what the name of a block means: a reference, or those of its instances by key.
    children: the instances of the modules that it calls.
    """

    prefix: str
    evaluate: Callable[[Any, Scope, str, str], Any]
    locals: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    caller: Scope | None = None
    types: Mapping[str, Any] = field(default_factory=dict)
    instances: Callable[[str], Any] = lambda _: None
    children: Callable[[str], Any] = lambda _: None
    convert: Callable[[Any, Any], Any] = lambda value, _: value
    _known: dict[tuple[str, str], Any] = field(default_factory=dict)
    _open: set[tuple[str, str]] = field(default_factory=set)

    def __str__(self) -> str:
        return self.prefix.removesuffix(".")

    def meaning(self, names: tuple[str, ...]) -> Any:
        """Give what the first names of a traversal mean."""
        kind, name, key = names[0], names[1], ".".join(names)
        if kind == "var":
            return self._once(kind, name, self._variable)
        if kind == "local" and name in self.locals:
            return self._once(kind, name, lambda one: self._evaluated(self.locals[one], f"local.{one}"))
        if kind == "module":
            found = self.children(name)
            return Unknown(self.prefix + key) if found is None else found
        if kind in ("local", "each", "count", "path", "terraform", "self"):
            return Unknown(self.prefix + key)
        found = self.instances(key)
        return Reference(self.prefix + key, "") if found is None else found

    def output(self, name: str) -> Any:
        """Give what an output of this instance means."""
        if name not in self.outputs:
            return Unknown(f"{self.prefix}{name}")
        return self._once("output", name, lambda one: self._evaluated(self.outputs[one], f"output.{one}"))

    def _evaluated(self, raw: Any, where: str) -> Any:
        return self.evaluate(raw, Scope({}, self), str(self), where)

    def _variable(self, name: str) -> Any:
        if name in self.inputs and self.caller is not None:
            found = self.evaluate(self.inputs[name], self.caller, str(self), name)
            found = self.values.get(name) if found is None and name in self.values else found
        elif name in self.values:
            found = self.values[name]
        else:
            return Unknown(f"{self.prefix}var.{name}")
        return self.convert(found, self.types.get(name))

    def _once(self, kind: str, name: str, find: Callable[[str], Any]) -> Any:
        key = kind, name
        if key in self._known:
            return self._known[key]
        if key in self._open:
            return Unknown(f"{self.prefix}{kind}.{name}")
        self._open.add(key)
        try:
            self._known[key] = found = find(name)
        finally:
            self._open.discard(key)
        return found
