"""From a file to a valid environment, or to everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from constructs_lib.environment.checks.every import check, waived_by
from constructs_lib.environment.extension import check_extension, extension_beside
from constructs_lib.environment.reading.draft import understand
from constructs_lib.environment.reading.key_lines import key_lines
from constructs_lib.environment.reading.toml_file import read_toml
from constructs_lib.environment.reading.words_for_pydantic import UNKNOWN_KEY
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
        ordered = in_file_order(
            (_named_by_file(problem, written, path.stem) for problem in problems), content
        )
        raise ConfigError(_with_line(problem, path) for problem in ordered)
    return draft.environment


def _with_line(problem: Problem, path: Path) -> Problem:
    """An unknown key is looked for in the file."""
    if not problem.rule.startswith(UNKNOWN_KEY):
        return problem
    lines = key_lines(path.read_text(encoding="utf-8-sig"))
    return replace(problem, line=lines.get(tuple(path_segments(problem.field)), 0))


def _named_by_file(problem: Problem, written: dict[str, Any], name: str) -> Problem:
    if problem.field != "environment" or "environment" in written:
        return problem
    legal = re.sub(r"[^a-z0-9]+", "-", name.lower()).lstrip("-0123456789").rstrip("-")[:20] or "dev"
    return replace(
        problem,
        rule=f"the name of the file is the environment's name, and it {problem.rule}",
        way_out=f'rename the file to {legal}.toml, or write environment = "{legal}" into it',
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
