"""The code that functions are made of: folders, or images."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from constructs_lib.compute.images import check_image
from constructs_lib.environment.checks.source_secrets import check_source_secrets
from constructs_lib.environment.project_paths import Words, path_words
from constructs_lib.errors import Problem
from constructs_lib.problem_words import MISSING, did_you_mean, field_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.workloads import Function

_PYTHON_HANDLER = re.compile(r"[A-Za-z_]\w*(?:[./][A-Za-z_]\w*)*\.[A-Za-z_]\w*\Z")
_RELATIVE = "a source is a folder inside the project, relative to the folder of main.py"


def check_source(draft: Draft) -> Iterator[Problem]:
    """Every source is a folder with something in it, inside the project, and holds the handler's file."""
    root = Path(os.path.realpath(draft.project_root))
    known: dict[str, Words | None] = {}
    for name, function in draft.environment.functions.items():
        if draft.any_unknown(("functions", name), "source", "image"):
            continue
        if (function.source is None) == (function.image is None):
            yield _one_of_two(name, function)
        if function.source is None:
            yield from _image_problems(draft, name, function)
            continue
        field = field_path("functions", name, "source")
        if function.source not in known:
            known[function.source] = _source_words(root, function.source)
            if known[function.source] is None:
                yield from check_source_secrets(root / function.source, function.source, field)
        words = known[function.source]
        if words:
            yield Problem(field, function.source, *words)
        if not draft.any_unknown(("functions", name), "handler", "runtime"):
            yield from _handler_problems(name, function, None if words else root / function.source)


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
    wrong = path_words(root, source, rule=_RELATIVE, example=example, what="folder", words=words)
    empty = ("is an empty folder", "put the function's code there")
    return wrong or (None if _has_files(root / source) else empty)


def _has_files(folder: Path) -> bool:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        if any(not file.endswith(".pyc") for file in files) and Path(parent).is_dir():
            return True
    return False


def _handler_problems(name: str, function: Function, folder: Path | None) -> Iterator[Problem]:
    """The handler's form, and its file where the folder is known."""
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
    module, _, called = function.handler.rpartition(".")
    path = module.replace(".", "/")
    if (folder / f"{path}.py").is_file() or (folder / path / "__init__.py").is_file():
        return
    modules = sorted(file.stem for file in folder.glob("*.py"))
    hint = did_you_mean(module, modules) or (f'write "{modules[0]}.{called}"? ' if len(modules) == 1 else "")
    rule = f"there is no {path}.py in {function.source}"
    yield Problem(field, function.handler, rule, f"{hint}name a module of that folder and a function in it")
