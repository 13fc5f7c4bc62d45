"""What the commands print: users' text is never read as markup, and only the terminal wraps lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TextIO

import typer

from constructs_lib.cli.support.exit_status import WRONG_INPUT
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.output.faults import of_the_machine

_CLI = Path(__file__).resolve().parents[1]

_WIDEST_COLUMN = 60  # characters; what is longer moves the rest of its line
Format = Literal["text", "json", "markdown"]
"""How results are printed: for people, programs, or pull requests."""


def say(line: str) -> None:
    """Print a line to standard output."""
    print(line)


def warn(title: str, warnings: Iterable[Problem]) -> None:
    """Print what is legal, but costly or fragile, to standard error."""
    _report(title, warnings, "warning", "yellow")


def complain(title: str, problems: Iterable[Problem]) -> None:
    """Print what is wrong to standard error."""
    _report(title, problems, "error", "red")


def warn_lines(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, is_result: bool = False
) -> None:
    """Print a table; where there is no terminal, a line for each row, in columns.

    is_result: what the command was asked for goes to standard output, everything else to standard error.
    """
    stream = sys.stdout if is_result else sys.stderr
    if is_terminal(stream):
        _draw(title, headings, rows, stream)
        return
    if title:
        print(title, file=stream)
    said = _columns([headings, *rows]) if is_result else (": ".join(filter(None, row)) for row in rows)
    for line in said:
        print(line.replace("\n", "; "), file=stream)


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with their cells below each other, as far as cells are short."""
    texts = [[cell.replace("\n", "; ") for cell in row] for row in rows]
    most = [max(map(len, column)) for column in zip(*texts, strict=True)]
    widths = [min(width, _WIDEST_COLUMN) for width in most[:-1]]
    for row in texts:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip()


def _draw(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], stream: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=title or None, title_justify="left", show_lines=True)
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    Console(file=stream, markup=False, highlight=False).print(shown)


@contextmanager
def wrong_input_exits() -> Iterator[None]:
    """Turn a ConfigError into its problems on standard error and exit status 2."""
    try:
        yield
    except ConfigError as error:
        complain("", error.problems)
        raise typer.Exit(WRONG_INPUT) from None


@contextmanager
def machine_faults_exit() -> Iterator[None]:
    """Turn what the machine refuses, and every ConfigError, into words and exit status 2."""
    try:
        yield
        sys.stdout.flush()
    except ConfigError as error:
        problems = list(error.problems)
    except OSError as error:
        found = of_the_machine(error)
        if found is None:
            raise
        problems = [_of_standard_output(found) if _is_of_standard_output(error) else found]
    else:
        return
    complain("", problems)
    raise typer.Exit(WRONG_INPUT)


def _is_of_standard_output(error: OSError) -> bool:
    """Whether a command printed when it was refused: it writes files elsewhere."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    return (
        error.filename is None
        and place is not None
        and _CLI in Path(place.tb_frame.f_code.co_filename).parents
    )


def _of_standard_output(found: Problem) -> Problem:
    return Problem("standard output", "", found.rule, "send it to another place")


def _report(title: str, problems: Iterable[Problem], kind: str, style: str) -> None:
    where = f"{title}: " if title else ""
    if not is_terminal(sys.stderr):
        warn_lines(f"{where}{kind}: {problem}" for problem in problems)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    for problem in problems:
        console.print(Text.assemble(where, (kind, f"bold {style}"), ": ", str(problem)))


def is_terminal(stream: TextIO) -> bool:
    """Tell whether lines are read on a terminal; as rich says, which takes 50 ms to import:
    https://force-color.org.
    """
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))
