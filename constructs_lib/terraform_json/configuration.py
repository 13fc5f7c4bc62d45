"""From what the files of modules declare to a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.declarations import Declaration
from constructs_lib.terraform_json.document import Document, Parts
from constructs_lib.terraform_json.expansion import expand
from constructs_lib.terraform_json.module_contents import ModuleTree, inputs_of
from constructs_lib.terraform_json.references import Content, named_in

_WAITING = ("count", "for_each", "depends_on")
_CUT = "let one of them go"


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
    expand(document, tree, variables)
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
        for variable, value in inputs_of(call).items():
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
