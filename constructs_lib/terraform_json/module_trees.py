"""The modules that a module calls and that lie beside it as Terraform JSON."""

from __future__ import annotations

import os.path
from collections.abc import Iterable
from pathlib import Path

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.declarations import Declaration, Declarations
from constructs_lib.terraform_json.module_contents import ModuleTree
from constructs_lib.terraform_json.sources import Part, parts_of


def module_tree(parts: Iterable[Part]) -> ModuleTree:
    """Give a root module with what it calls by a path; other calls are not followed.

    Raises:
        ConfigError: a module that is followed is no Terraform JSON, or calls itself.
    """
    return _tree(parts, ())


def _tree(parts: Iterable[Part], around: tuple[Path, ...]) -> ModuleTree:
    declarations = Declarations.of(parts)
    children = {
        call.label: _tree(parts_of(folder), (*around, folder.resolve()))
        for call in declarations.named["module"].values()
        if (folder := _folder(call, around)) is not None
    }
    return ModuleTree(declarations, children)


def _folder(call: Declaration, around: tuple[Path, ...]) -> Path | None:
    """Give the folder of a call; None where it is elsewhere, or holds HCL that only a plan can tell of."""
    source, file = call.body.get("source"), Path(call.file)
    if not isinstance(source, str) or not source.startswith(("./", "../")) or not file.is_file():
        return None
    folder = Path(os.path.normpath(file.parent / source))
    if folder.resolve() in (*around, file.parent.resolve()):
        rule = "calls itself, which has no end"
        raise ConfigError([Problem(f"{file}: {call.address}", source, rule, "call another module")])
    is_json = any(folder.glob("*.tf.json")) and not any(folder.glob("*.tf"))
    return folder if is_json else None
