"""What Lambda calls in a function's code: its form, and whether the file has it."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

from constructs_lib.environment.python_source import NoPython, read_module
from constructs_lib.errors import Problem
from constructs_lib.problem_words import did_you_mean, field_path, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from constructs_lib.environment.tables.workloads import Function

_PYTHON_HANDLER = re.compile(r"[A-Za-z_]\w*(?:[./][A-Za-z_]\w*)*\.[A-Za-z_]\w*\Z")


def check_handler(name: str, function: Function, folder: Path | None) -> Iterator[Problem]:
    """The handler's form, and what it names where the folder is known (None: it is not)."""
    field, handler = field_path("functions", name, "handler"), function.handler
    if not handler or re.search(r"\s", handler):
        yield Problem(
            field,
            handler,
            "a handler is not empty and has no blanks in it",
            'write it like "handler.handler"',
        )
    elif function.runtime.startswith("python"):
        if not _PYTHON_HANDLER.match(handler):
            rule = 'a Python handler is "<module>.<function>"'
            yield Problem(field, handler, rule, 'write it like "handler.handler", without .py')
        elif folder:
            yield from _module_problems(field, function, folder)


def _module_problems(field: str, function: Function, folder: Path) -> Iterator[Problem]:
    name, _, called = function.handler.rpartition(".")
    path = name.replace(".", "/")
    files = (folder / f"{path}.py", folder / path / "__init__.py")
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        modules = sorted(file.stem for file in folder.glob("*.py"))
        only = f'write "{modules[0]}.{called}"? ' if len(modules) == 1 else ""
        hint = did_you_mean(name, modules) or only
        rule = f"there is no {path}.py in {function.source}"
        way_out = f"{hint}name a module of that folder and a function in it"
        yield Problem(field, function.handler, rule, way_out)
        return
    where = f"{function.source}/{file.relative_to(folder).as_posix()}"
    try:
        module = read_module(file)
    except OSError:
        return  # the package says that
    if isinstance(module, NoPython):
        if not (module.may_be_newer and _is_newer(function.runtime)):
            yield Problem(field, function.handler, f"{where} {module}", "correct the file")
    elif module.statement_of(called) is None and not module.may_have_more:
        functions = [node.name for node in module.tree.body if isinstance(node, ast.FunctionDef)]
        near = did_you_mean(called, functions) or (
            f"it has {listed(functions, most=8)}; " if functions else ""
        )
        rule = f"there is no {called} in {where}"
        yield Problem(field, function.handler, rule, f"{near}name a function of that file")


def _is_newer(runtime: str) -> bool:
    """Whether the runtime may know syntax that this Python does not."""
    major, _, minor = runtime.removeprefix("python").partition(".")
    return (int(major), int(minor)) > sys.version_info[:2]
