"""Paths in the file: relative to the folder of main.py, inside the project, the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from constructs_lib.problem_words import did_you_mean

Words = tuple[str, str]


def path_words(
    root: Path, path: str, *, rule: str, example: str, what: str, words: Callable[[Path], Words | None]
) -> Words | None:
    """What is wrong with a path in the project, if anything: a rule and a way out.

    root: the project's real path. rule: what a path of this kind is, with an ``example``. what: ``folder`` or
    ``file``. words: what is wrong with the thing itself, which exists.
    """
    found = root / path
    try:
        if form := _form_words(path, rule=rule, example=example, what=what):
            return form
        if not found.exists():
            return _missing_words(root, found, what)
        return words(found) or _link_words(root, found, what)
    except (OSError, ValueError) as error:  # a name that no file system takes
        said = getattr(error, "strerror", None) or error
        return f"is no usable path ({said})", f"write the path of a {what}"


def _form_words(path: str, *, rule: str, example: str, what: str) -> Words | None:
    """What is wrong with the text alone."""
    if path != path.strip():
        return "has blanks around it", f'write "{path.strip()}"'
    if "\0" in path:
        return "is no usable path (it holds a NUL)", f"write the path of a {what}"
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).anchor or path.startswith("~"):
        return rule, f'write it like "{example}", so that it holds on every machine'
    if "\\" in path:
        return "is written with backslashes", f'write "{path.replace(chr(92), "/")}"'
    if ".." in PurePosixPath(path).parts:
        return f"{rule}, without ..", f"move the {what} into the project"
    return None


def _link_words(root: Path, path: Path, what: str) -> Words | None:
    """Whether links lead out of the project, whose real path is ``root``."""
    real = Path(os.path.realpath(path))
    if real == root or root in real.parents:
        return None
    return f"is a link that leads out of the project, to {real}", f"move the {what} into the project"


def _missing_words(root: Path, path: Path, what: str) -> Words:
    """The words for a path that does not exist, with the name beside it that was probably meant."""
    parent = path.parent
    beside = (
        sorted(entry.name for entry in os.scandir(parent) if entry.is_dir() == (what == "folder"))
        if parent.is_dir()
        else []
    )
    return (
        f"there is no such {what} in {root}",
        f"{did_you_mean(path.name, beside)}make it, or correct the path",
    )
