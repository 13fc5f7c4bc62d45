"""What a Python file shows without being run: whether it is Python, and which names it has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# https://docs.python.org/3/whatsnew/3.12.html and 3.14.html, "New features" of the syntax
_NEWER = re.compile(
    r"""\b[rRfFtT]{1,2}['"]|^\s*type\s+\w|^\s*(async\s+)?(def|class)\s+\w+\[|^\s*except\b.*,"""
)
_DYNAMIC = {"globals", "exec", "setattr", "vars", "locals"}


@dataclass(frozen=True)
class NoPython:
    """A file that this Python can't read: what it says, in which line (0: it does not say), and the line."""

    said: str
    line: int
    text: str = ""

    @property
    def may_be_newer(self) -> bool:
        """Whether the line has what only a newer Python reads: f-strings without limits and type parameters
        (3.12), template strings and except without parentheses (3.14)."""
        return bool(_NEWER.search(self.text))

    def __str__(self) -> str:
        return f"is no Python{f' in line {self.line}' if self.line else ''}: {self.said}"


@dataclass(frozen=True)
class Module:
    """A file that is Python."""

    tree: ast.Module

    def statement_of(self, name: str) -> ast.stmt | None:
        """The last statement that gives the module a thing of this name; None: none that can be seen does."""
        return next((node for node in reversed([*_statements(self.tree.body)]) if name in _bound(node)), None)

    @property
    def may_have_more(self) -> bool:
        """Whether names may be there that can't be seen: a star import, ``globals()``, ``__getattr__``."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
                return True
            if isinstance(node, ast.Name) and node.id in _DYNAMIC:
                return True
        return self.statement_of("__getattr__") is not None


def read_module(file: Path) -> Module | NoPython:
    """Read a file. Raises OSError."""
    try:
        return Module(ast.parse(file.read_bytes(), filename=file.name))
    except SyntaxError as error:
        return NoPython(error.msg, error.lineno or 0, error.text or "")
    except (ValueError, RecursionError, MemoryError) as error:  # a NUL byte, or nesting without end
        return NoPython(str(error) or "it is nested too deep", 0)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when the module is imported, those in if, try, with and loops too."""
    for node in body:
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for part in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(node, part, []))
        for inner in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
            yield from _statements(inner.body)


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement itself gives a value."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.For, ast.With)):
        stored = (each for each in ast.walk(node) if isinstance(each, ast.Name))
        return {each.id for each in stored if isinstance(each.ctx, ast.Store)}
    return set()
