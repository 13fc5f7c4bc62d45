"""The handler of a function: its form, and whether the folder has what it names. Pure; nothing is run."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from constructs_lib.compute.packaging.python_source import NoPython, read_module
from constructs_lib.errors import Problem
from constructs_lib.problem_words import did_you_mean, listed

_PYTHON_HANDLER = re.compile(r"[A-Za-z_]\w*(?:[./][A-Za-z_]\w*)*\.[A-Za-z_]\w*\Z")


def handler_problems(
    handler: str, *, runtime: str, folder: Path | None, source: str, field: str
) -> Iterator[Problem]:
    """What is wrong with a handler.

    folder: where its module lies; None where that is not known. source: what the user calls the folder.
    field: what the user wrote the handler under.
    """
    if not handler or re.search(r"\s", handler):
        rule = "a handler is not empty and has no blanks in it"
        yield Problem(field, handler, rule, 'write it like "handler.handler"')
    elif runtime.startswith("python"):
        if not _PYTHON_HANDLER.match(handler):
            rule = 'a Python handler is "<module>.<function>"'
            yield Problem(field, handler, rule, 'write it like "handler.handler", without .py')
        elif folder:
            yield from _module_problems(handler, runtime, folder, source, field)


def _module_problems(handler: str, runtime: str, folder: Path, source: str, field: str) -> Iterator[Problem]:
    name, _, called = handler.rpartition(".")
    path = name.replace(".", "/")
    files = (folder / f"{path}.py", folder / path / "__init__.py")
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        modules = sorted(file.stem for file in folder.glob("*.py"))
        only = f'write "{modules[0]}.{called}"? ' if len(modules) == 1 else ""
        hint = did_you_mean(name, modules) or only
        rule = f"there is no {path}.py in {source}"
        yield Problem(field, handler, rule, f"{hint}name a module of that folder and a function in it")
        return
    where = f"{source}/{file.relative_to(folder).as_posix()}"
    try:
        module = read_module(file)
    except OSError:
        return  # the package says that
    if isinstance(module, NoPython):
        if not (module.may_be_newer and _is_newer(runtime)):
            yield Problem(field, handler, f"{where} {module}", "correct the file")
    elif module.statement_of(called) is None and not module.may_have_more:
        functions = [node.name for node in module.tree.body if isinstance(node, ast.FunctionDef)]
        near = did_you_mean(called, functions) or (
            f"it has {listed(functions, most=8)}; " if functions else ""
        )
        rule = f"there is no {called} in {where}"
        yield Problem(field, handler, rule, f"{near}name a function of that file")


def _is_newer(runtime: str) -> bool:
    """Whether the runtime may know syntax that this Python does not."""
    major, _, minor = runtime.removeprefix("python").partition(".")
    return (int(major), int(minor)) > sys.version_info[:2]
