"""``environments/NAME.py`` beside ``NAME.toml``: resources of one's own in the same stack.

The file has ``def extend(stack: EnvironmentStack) -> None``, which the stack calls when everything of the
environment file is there.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from constructs_lib.compute.packaging.python_source import NoPython, read_module
from constructs_lib.errors import ConfigError, Problem

FUNCTION = "extend"
_PACKAGE = Path(__file__).resolve().parents[1]
_WAY_OUT = f"write `def {FUNCTION}(stack): ...` into it, or move the file out of the folder"


def extension_beside(file: Path) -> Path | None:
    """The Python file beside an environment file, if there is one."""
    beside = file.with_suffix(".py")
    return beside if beside.is_file() else None


def check_extension(file: Path) -> Iterator[Problem]:
    """What is wrong with an extension as far as that shows without running it."""
    try:
        module = read_module(file)
    except OSError as error:
        yield Problem(_shown(file), file.name, f"can't be read: {error.strerror}", "make it readable")
        return
    if isinstance(module, NoPython):
        yield Problem(_shown(file), file.name, str(module), "correct it")
        return
    made = module.statement_of(FUNCTION)
    if made is None:
        if not module.may_have_more:
            yield Problem(_shown(file), file.name, f"has no function {FUNCTION}", _WAY_OUT)
    elif isinstance(made, ast.AsyncFunctionDef) or not _takes_one(made):
        rule = f"{FUNCTION} takes one argument, the stack, and isn't async"
        yield Problem(f"{_shown(file)}:{made.lineno}", FUNCTION, rule, _WAY_OUT)


def _takes_one(node: ast.stmt) -> bool:
    """Whether a call with one argument fits; what is not a plain function is left to the run."""
    if not isinstance(node, ast.FunctionDef):
        return True
    given = node.args
    positional = len(given.posonlyargs) + len(given.args)
    needed = positional - len(given.defaults)
    keywords = [default for default in given.kw_defaults if default is None]
    return needed <= 1 and not keywords and (positional >= 1 or given.vararg is not None)


def extend(stack: Any, file: Path, *, project_root: Path) -> None:
    """Let the file add its resources to the stack. It may import what lies in the project's folder.

    Raises:
        ConfigError: something in it was raised; named with the lines of the user's own files.
    """
    try:
        with _importable(project_root):
            getattr(_loaded(file), FUNCTION)(stack)
    except ConfigError as error:
        where = _frames(error, project_root) or _shown(file)
        raise ConfigError(replace(one, field=f"{where}: {one.field}") for one in error.problems) from None
    except Exception as error:
        where = _frames(error, project_root) or _shown(file)
        said = f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
        raise ConfigError([Problem(where, said, "was raised there", "correct it")]) from error


def _loaded(file: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"extension_of_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} can't be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """The project's modules come first, and nothing is compiled into its folders."""
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = kept


def _frames(error: Exception, project_root: Path) -> str:
    """The lines of the project's own files that led there, the outermost first."""
    frames = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename).resolve()
        if path.is_relative_to(project_root.resolve()) and not path.is_relative_to(_PACKAGE):
            inner = path.relative_to(project_root.resolve())
            if (
                ".venv" not in inner.parts
                and "site-packages" not in inner.parts
                and inner.parts[0] != "main.py"
            ):
                frames.append(f"{inner.as_posix()}:{frame.lineno}")
    return " -> ".join(frames)


def _shown(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"
