"""From a file to a valid environment, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from constructs_lib.environment.checks.every import check, waived_by
from constructs_lib.environment.extension import check_extension, extension_beside
from constructs_lib.environment.reading.draft import understand
from constructs_lib.environment.reading.toml_file import read_toml
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.problem_words import field_path, path_segments, presentable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from constructs_lib.environment.tables.environment import Environment


def load_environment(path: Path, *, project_root: Path) -> Environment:
    """The environment that a TOML file describes.

    Sources are relative to ``project_root``. A Python file beside it extends its stack (``extension.py``).
    Raises ConfigError with every problem of the files, in the file's order.
    """
    written = read_toml(path)
    content = {"environment": path.stem, **written}
    draft, problems = understand(content, project_root)
    problems += [one for one in check(draft) if not waived_by(draft.environment, one)]
    if extension := extension_beside(path):
        problems += check_extension(extension)
        draft.environment._extension = extension.resolve()
    if problems:
        raise ConfigError(in_file_order((_named_by_file(problem, written) for problem in problems), content))
    return draft.environment


def _named_by_file(problem: Problem, written: dict[str, Any]) -> Problem:
    if problem.field != "environment" or "environment" in written:
        return problem
    return replace(
        problem,
        rule=f"the name of the file is the environment's name, and it {problem.rule}",
        way_out='write environment = "<name>" into the file, or rename the file',
    )


def in_file_order(problems: Iterable[Problem], content: dict[str, Any]) -> list[Problem]:
    """Each problem once, cut to a readable size, in the order of the keys in the file."""
    positions = {field: number for number, field in enumerate(_fields(content))}
    unique = {str(problem): problem for problem in map(presentable, problems)}
    return sorted(unique.values(), key=lambda problem: (_position(problem.field, positions), str(problem)))


def _position(field: str, positions: dict[str, int]) -> int:
    """The position of the key, or of the nearest table around it."""
    segments = list(path_segments(field))
    around = (field_path(*segments[:end]) for end in range(len(segments), 0, -1))
    return next((positions[table] for table in around if table in positions), -1)


def _fields(table: dict[str, Any], outer: tuple[str, ...] = ()) -> Iterator[str]:
    for key, value in table.items():
        yield field_path(*outer, key)
        if isinstance(value, dict) and len(outer) < 8:
            yield from _fields(value, (*outer, key))
