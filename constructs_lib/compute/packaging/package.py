"""A Lambda function's folder as a zip whose bytes are the same on every machine.

Names are sorted, time and mode are fixed, nothing is compressed (deflated bytes differ between builds of
zlib), and what tools leave behind stays out. Limits:
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import stat
import unicodedata
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.compute.packaging.private_files import is_private
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.lambda_tables import PACKAGE_MB, UPLOAD_MB

if TYPE_CHECKING:
    from collections.abc import Iterator

_MB = 1024 * 1024
_READABLE = "make all of it readable"
EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
# One mode for all files, because modes do not survive every clone: readable for the user that Lambda runs as,
# and executable, which a custom runtime's `bootstrap` has to be.
MODE = stat.S_IFREG | 0o755
_UNIX = 3

# What tools leave in a folder, and what a package or image is made from and nothing reads in Lambda.
LEFT_OUT = (
    *("__pycache__", "*.pyc", "*.pyo", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".venv"),
    *(".git", ".gitignore", ".gitattributes", ".gitkeep", ".hg", ".svn", ".idea", ".vscode"),
    *(".DS_Store", "._*", "Thumbs.db", "desktop.ini", "*~", ".*.sw[a-p]", ".#*", "#*#", "*.orig", "*.rej"),
    "requirements*.txt",
    "Dockerfile",
    ".dockerignore",
)


def build_package(source: Path, *, field: str, dependencies: Path | None = None) -> bytes:
    """The zip of everything in ``source`` that runs, and of what it depends on.

    field: the setting that named the folder (``functions.inventory.source``), for the messages.
    dependencies: a folder that ``install_requirements`` has made; all of it goes into the zip.

    Raises ConfigError, with every problem at once, where the folder is missing or empty, a link leaves it, an
    entry is no file, cannot be read or has a name that is not UTF-8, a file would hide a dependency's, or
    Lambda's limits are passed.
    """
    files, problems = _package(source, field, dependencies)
    try:
        if not problems:
            return _zip({name: path.read_bytes() for name, path in sorted(files.items())})
    except OSError as error:
        problems = [Problem(field, str(source), f"cannot be read: {error}", _READABLE)]
    raise ConfigError(problems)


def package_problems(source: Path, *, field: str, dependencies: Path | None = None) -> list[Problem]:
    """Everything for which ``build_package`` raises, found without reading what is in the files."""
    return _package(source, field, dependencies)[1]


def package_hash(content: bytes) -> str:
    """Terraform's ``source_code_hash``: the SHA-256 of the zip in base64, as by ``filebase64sha256``."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _package(source: Path, field: str, dependencies: Path | None) -> tuple[dict[str, Path], list[Problem]]:
    """The files of a package by their names in it, and what is wrong with them."""
    try:
        files, problems = _collect(source, field)
        if dependencies is not None:
            problems += _add_dependencies(files, dependencies, field)
        if not problems:
            problems = _size_problems(source, field, sum(path.stat().st_size for path in files.values()))
    except OSError as error:
        return {}, [Problem(field, str(source), f"cannot be read: {error}", _READABLE)]
    return files, problems


def _collect(source: Path, field: str) -> tuple[dict[str, Path], list[Problem]]:
    if not source.is_dir():
        rule = f"the folder of a function {'is a file' if source.exists() else 'does not exist'}"
        return {}, [Problem(field, str(source), rule, "name a folder with its code")]
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted(_walk(source, source)):
        name = unicodedata.normalize("NFC", path.relative_to(source).as_posix())
        wrong = _entry_problem(path, source, name, files)
        if wrong:
            problems.append(Problem(field, name.encode(errors="replace").decode(), *wrong))
        files[name] = path
    if not files:
        rule = "nothing in this folder can be packaged"
        problems.append(Problem(field, str(source), rule, "put the code there"))
    return files, problems


def _add_dependencies(files: dict[str, Path], folder: Path, field: str) -> list[Problem]:
    """Add every file of the folder, whatever its name: a package may need one that is left out of sources."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path for path in paths}
    rule = "the function's folder and its requirements both have this file"
    problems = [
        Problem(field, name, rule, "rename yours, or take the package out of requirements.txt")
        for name in sorted(files.keys() & found.keys())
    ]
    files.update(found)
    return problems


def packaged_files(source: Path) -> Iterator[Path]:
    """Give the paths of the folder that would be packaged, whether or not they can be."""
    yield from _walk(source, source)


def private_files(source: Path) -> Iterator[Path]:
    """Give the files and folders that stay out because they may hold secrets."""
    yield from _walk(source, source, private=True)


def _walk(folder: Path, source: Path, *, private: bool = False) -> Iterator[Path]:
    """Everything below a folder that is no folder, and the folders that can't be read."""
    try:
        entries = [*folder.iterdir()]
    except PermissionError:
        if not private:
            yield folder
        return
    for path in entries:
        if any(fnmatchcase(path.name, pattern) for pattern in LEFT_OUT):
            continue
        if is_private(path, source):
            if private:
                yield path
        elif path.is_dir() and not path.is_symlink():
            yield from _walk(path, source, private=private)
        elif not private:
            yield path


def _entry_problem(path: Path, source: Path, name: str, files: dict[str, Path]) -> tuple[str, str] | None:
    """The rule that an entry breaks and the way out."""
    if not _is_utf8(name):
        return "a name in a package is UTF-8", "rename it"
    if name in files:
        return "two names are the same text in different Unicode forms", "rename one"
    if path.is_dir() and not path.is_symlink():
        return "the folder cannot be read", _READABLE
    target = Path(os.path.realpath(path))  # Path.resolve raises on a link that leads to itself
    if path.is_symlink() and not target.is_relative_to(os.path.realpath(source)):
        return f"a link must not leave the function's folder, and this one leads to {target}", "copy the file"
    if not target.exists():
        return "a link leads nowhere", "remove it"
    if path.is_symlink() and target.is_dir():
        return "a link to a folder is not the same on every machine", "copy the folder"
    if not target.is_file():
        return "a package consists of files, and this is none", "remove it"
    return None if os.access(target, os.R_OK) else ("the file cannot be read", _READABLE)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _size_problems(source: Path, field: str, size: int) -> list[Problem]:
    if size <= UPLOAD_MB * _MB:
        return []
    largest = f"an uploaded package has at most {UPLOAD_MB} MB"
    if size > PACKAGE_MB * _MB:
        largest = f"a function has at most {PACKAGE_MB} MB of code"
    rule = f"{largest}, and this folder {size / _MB:.1f} MB"
    return [Problem(field, str(source), rule, "leave out what does not run, or use a container image")]


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST_TIME)
            entry.create_system = _UNIX
            entry.external_attr = MODE << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
