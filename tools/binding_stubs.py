"""Writes aws.pyi, the types of the provider's classes that this project uses, from the provider's source.

Run as ``python -m tools.binding_stubs`` after a change of ``modules.MODULES`` or of the provider.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from constructs_lib.bindings.flavour import flavour
from constructs_lib.bindings.modules import MODULES

STUB = Path(__file__).parent.parent / "constructs_lib" / "bindings" / "aws.pyi"
META_ARGUMENTS = ("connection", "count", "for_each", "provisioners")
HEADER = """\
# Written by `python -m tools.binding_stubs`; do not edit.
from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import (
    ITerraformDependable,
    TerraformDataSource,
    TerraformProvider,
    TerraformResource,
    TerraformResourceLifecycle,
)
from constructs import Construct

def __getattr__(name: str) -> Any: ...
"""


def stub() -> str:
    """Return the text of aws.pyi."""
    known = {name for names in MODULES.values() for name in names}
    parts = [HEADER]
    for module, names in MODULES.items():
        for node in _classes(module):
            if node.name in names:
                parts.append("\n" + "\n".join(_class_lines(node, known)) + "\n")
    return "".join(parts)


def _classes(module: str) -> Iterator[ast.ClassDef]:
    source = flavour().provider_folder() / module / "__init__.py"
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node


def _class_lines(node: ast.ClassDef, known: set[str]) -> Iterator[str]:
    base = ast.unparse(node.bases[0]).rpartition(".")[2] if node.bases else ""
    yield f"class {node.name}({base}):" if base else f"class {node.name}:"
    for member in node.body:
        if not isinstance(member, ast.FunctionDef):
            continue
        decorators = [ast.unparse(decorator) for decorator in member.decorator_list]
        if member.name == "__init__":
            yield from _init_lines(member, known)
        elif (
            base.endswith(("Resource", "DataSource"))
            and "builtins.property" in decorators
            and member.returns
            and not _is_input(member)
        ):
            kind = _type(ast.unparse(member.returns), known)
            yield "    @property"
            yield f"    def {member.name}(self) -> {kind}: ..."
        elif base.endswith("Resource") and f"{member.name}.setter" in decorators:
            yield f"    @{member.name}.setter"
            yield _setter(member, known)
        elif base and member.name.startswith("put_") and len(member.args.args) == 2:
            yield _setter(member, known)


def _init_lines(init: ast.FunctionDef, known: set[str]) -> Iterator[str]:
    yield "    def __init__("
    yield "        self,"
    for argument in init.args.args[1:]:
        yield f"        {argument.arg}: {_annotation(argument, known)},"
    yield "        *,"
    for argument, default in zip(init.args.kwonlyargs, init.args.kw_defaults, strict=True):
        if argument.arg not in META_ARGUMENTS:
            optional = "" if default is None else " = None"
            yield f"        {argument.arg}: {_annotation(argument, known)}{optional},"
    yield "    ) -> None: ..."


def _setter(member: ast.FunctionDef, known: set[str]) -> str:
    return f"    def {member.name}(self, value: {_annotation(member.args.args[1], known)}) -> None: ..."


def _is_input(member: ast.FunctionDef) -> bool:
    return member.name.endswith("_input")


def _annotation(argument: ast.arg, known: set[str]) -> str:
    return "Any" if argument.annotation is None else _type(ast.unparse(argument.annotation), known)


def _type(annotation: str, known: set[str]) -> str:
    """Translate jsii's annotation: structures that are not listed in MODULES are mappings."""
    text = annotation.replace("'", "").replace("builtins.", "").replace("typing.", "")
    text = re.sub(r"_\w+_[0-9a-f]{8}\.", "", text).replace("jsii.Number", "float")
    if optional := re.fullmatch(r"Optional\[(.*)\]", text):
        return f"{_type(optional[1], known)} | None"
    if "IResolvable" in text and "bool" in text:
        return "bool"
    if structure := re.search(r"Union\[(\w+), Dict\[str, Any\]\]", text):
        name = (
            structure[1]
            if structure[1] in known or structure[1].startswith("Terraform")
            else "Mapping[str, Any]"
        )
        return f"Sequence[{name}]" if "Sequence[" in text else name
    text = text.replace("List[", "list[")
    plain = re.fullmatch(
        r"(?:Sequence|list)\[(?:str|float)\]|Mapping\[str, (?:str|float)\]|str|float|bool|Any", text
    )
    return (
        text if plain or text in known or text in ("Construct", "Sequence[ITerraformDependable]") else "Any"
    )


if __name__ == "__main__":
    STUB.write_text(stub(), encoding="utf-8")
