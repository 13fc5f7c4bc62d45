"""The code that functions are made of: folders, or images."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from constructs_lib.compute.images import check_image
from constructs_lib.compute.packaging.handler import handler_problems
from constructs_lib.compute.packaging.package import package_problems
from constructs_lib.compute.packaging.requirements import installed_requirements, user_cache
from constructs_lib.environment.checks.code.source_secrets import check_source_secrets
from constructs_lib.environment.project_paths import Words, path_words
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.problem_words import MISSING, field_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Function

_SOURCE = "source"
_RELATIVE = "a source is a folder inside the project, relative to the folder of main.py"


def check_source(draft: Draft) -> Iterator[Problem]:
    """Every source is a folder inside the project that can be packaged, and holds the handler's file."""
    folders = _Folders(Path(os.path.realpath(draft.project_root)))
    for name, function in draft.environment.functions.items():
        if draft.any_unknown(("functions", name), "source", "image"):
            continue
        if (function.source is None) == (function.image is None):
            yield _one_of_two(name, function)
        if function.source is None:
            yield from _image_problems(draft, name, function)
            continue
        found = folders.problems(name, function, draft)
        yield from found
        is_usable = all(one.value != function.source for one in found)
        if not draft.any_unknown(("functions", name), "handler", "runtime"):
            yield from handler_problems(
                function.handler,
                runtime=function.runtime,
                folder=folders.root / function.source if is_usable else None,
                source=str(function.source),
                field=field_path("functions", name, "handler"),
            )


class _Folders:
    """The folders of a project, each looked at once however many functions come from it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._words: dict[str, Words | None] = {}
        self._packages: dict[tuple[str, ...], list[Problem]] = {}

    def problems(self, name: str, function: Function, draft: Draft) -> list[Problem]:
        """What is wrong with a function's source; of the folder as a whole, the value is the source."""
        source, field = str(function.source), field_path("functions", name, _SOURCE)
        secrets: list[Problem] = []
        if source not in self._words:
            self._words[source] = _source_words(self.root, source)
            if self._words[source] is None:
                secrets = [*check_source_secrets(self.root / source, source, field)]
        if words := self._words[source]:
            return [Problem(field, source, *words)]
        if draft.any_unknown(("functions", name), "runtime", "architecture"):
            return secrets
        key = (source, function.runtime, function.architecture)
        if key not in self._packages:
            self._packages[key] = [*_package_problems(function, self.root / source)]
        found = [replace(one, field=one.field.replace(_SOURCE, field, 1)) for one in self._packages[key]]
        return secrets + found


def _one_of_two(name: str, function: Function) -> Problem:
    field = field_path("functions", name, "source")
    if function.source is None:
        rule, way_out = "needs its code: a source or an image", f'write source = "lambda_src/{name}"'
        return Problem(field, MISSING, f"a function {rule}", way_out)
    rule = "a function has a source or an image, and this one has both"
    return Problem(field, function.source, rule, "keep one of the two")


def _image_problems(draft: Draft, name: str, function: Function) -> Iterator[Problem]:
    """The image's form and region; an image brings its own runtime and handler."""
    if function.image is None:
        return
    field = field_path("functions", name, "image")
    region = draft.environment.region
    if not draft.unknown("region"):
        yield from check_image(function.image, field=field, region=region, runs_on="lambda")
    for key in ("handler", "runtime", "layers"):
        if key in function.model_fields_set:
            rule = f"belongs to a source: an image brings its own {key}"
            way_out = "build them into the image" if key == "layers" else "remove it"
            yield Problem(field_path("functions", name, key), getattr(function, key), rule, way_out)


def _source_words(root: Path, source: str) -> Words | None:
    def words(folder: Path) -> Words | None:
        if not folder.is_dir():
            return "is a file", f'write the folder that it lies in: "{PurePosixPath(source).parent}"'
        if Path(os.path.realpath(folder)) == root:
            return "is the whole project", "give each function a folder of its own"
        return None

    example = "lambda_src/inventory"
    return path_words(root, source, rule=_RELATIVE, example=example, what="folder", words=words)


def _package_problems(function: Function, folder: Path) -> Iterator[Problem]:
    """What a package can't be made of, as a synth will find it; only what pip installs is not known yet."""
    dependencies = None
    if function.runtime.startswith("python"):
        try:
            dependencies = installed_requirements(
                folder,
                runtime=function.runtime,
                architecture=function.architecture,
                cache_dir=user_cache(),
                field=_SOURCE,
            )
        except ConfigError as error:
            yield from error.problems
    for problem in package_problems(folder, field=_SOURCE, dependencies=dependencies):
        yield replace(problem, value=function.source) if problem.value == str(folder) else problem
