"""What the commands print: users' text is never read as markup, and only the terminal wraps lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.text import Text

from constructs_lib.errors import ConfigError, Problem

WRONG_INPUT = 2


def say(line: str | Text) -> None:
    """Print a line to standard output."""
    Console(markup=False, highlight=False, soft_wrap=True).print(line)


def warn(title: str, warnings: Iterable[Problem]) -> None:
    """Print what is legal, but costly or fragile, to standard error."""
    _report(title, warnings, "warning", "yellow")


def complain(title: str, problems: Iterable[Problem]) -> None:
    """Print what is wrong to standard error."""
    _report(title, problems, "error", "red")


@contextmanager
def wrong_input_exits() -> Iterator[None]:
    """Turn a ConfigError into its problems on standard error and exit status 2."""
    try:
        yield
    except ConfigError as error:
        complain("", error.problems)
        raise typer.Exit(WRONG_INPUT) from None


def _report(title: str, problems: Iterable[Problem], kind: str, style: str) -> None:
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    for problem in problems:
        where = f"{title}: " if title else ""
        console.print(Text.assemble(where, (kind, f"bold {style}"), ": ", str(problem)))
