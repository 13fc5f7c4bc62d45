"""A function's ``requirements.txt`` as it applies in Lambda: pinned, with hashes, markers decided. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.lambda_tables import (
    AMAZON_LINUX_2_GLIBC,
    AMAZON_LINUX_2023_GLIBC,
    LAST_PYTHON_ON_AMAZON_LINUX_2,
)

if TYPE_CHECKING:
    from packaging.requirements import Requirement

NAME = "requirements.txt"
_RUNTIME = re.compile(r"python(3\.\d+)")
_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}
_OLDEST_GLIBC = 17
_HASH = re.compile(r"\s--hash[=\s]\s*(?P<hash>\w+:[0-9a-fA-F]+)")
# Where pip looks: one option and its value, without blanks and quotes, which not everybody reads alike. pip
# heeds what a file says after what its command says, so any other option could undo ours.
_INDEX = re.compile(
    r"(?P<name>-[if]|--index-url|--extra-index-url|--find-links|--trusted-host)[=\s]\s*"
    r"(?P<value>[^-\s\"'\\][^\s\"'\\]*)"
)
# What such files say and pip is told anyway, or needs not be told with a pin and a hash for each package.
_NEEDLESS = ("--require-hashes", "--only-binary :all:", "--only-binary=:all:", "--prefer-binary", "--pre")
_WITH_HASHES = "pip-compile --generate-hashes writes such a file (or: uv pip compile --generate-hashes)"


@dataclass(frozen=True)
class Target:
    """Where the packages will run. python: such as ``3.13``. machine: as Linux calls it."""

    python: str
    machine: str

    @property
    def platforms(self) -> list[str]:
        """The platform tags of wheels that run there, the newest first."""
        minor = int(self.python.partition(".")[2])
        on_amazon_linux_2 = minor <= LAST_PYTHON_ON_AMAZON_LINUX_2
        newest = AMAZON_LINUX_2_GLIBC if on_amazon_linux_2 else AMAZON_LINUX_2023_GLIBC
        tags = [f"manylinux_2_{glibc}_{self.machine}" for glibc in range(newest, _OLDEST_GLIBC - 1, -1)]
        return [*tags, f"manylinux2014_{self.machine}"]

    @property
    def markers(self) -> dict[str, str]:
        """What markers such as ``python_version < "3.12"`` are compared with.

        https://packaging.python.org/en/latest/specifications/dependency-specifiers/
        """
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "os_name": "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Linux",
            "platform_version": "",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": "linux",
        }


@dataclass(frozen=True)
class Requirements:
    """What is installed. options: where pip looks. lines: pinned, with hashes. extras: by canonical name."""

    options: list[str]
    lines: list[str]
    extras: dict[str, set[str]]


def target_of(runtime: str, architecture: str, *, field: str) -> Target:
    """The target of a Lambda runtime. Raises ConfigError: it is none of Python's."""
    match = _RUNTIME.fullmatch(runtime)
    if match is None:
        rule = f"is for Python, and the runtime is {runtime}"
        raise ConfigError([Problem(field, NAME, rule, 'remove it, or write runtime = "python3.13"')])
    return Target(python=match[1], machine=_MACHINES[architecture])


def read_requirements(file: Path, target: Target, *, field: str) -> Requirements:
    """What the file asks for on the target. Raises ConfigError with everything that is wrong with it."""
    from packaging.utils import canonicalize_name

    if not file.is_file():
        raise ConfigError([Problem(field, str(file), "is no file", "make it a readable file in UTF-8")])
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        rule, way_out = f"cannot be read ({error})", "make it a readable file in UTF-8"
        raise ConfigError([Problem(field, str(file), rule, way_out)]) from None
    found, problems = Requirements([], [], {}), list[Problem]()
    for line in _logical_lines(text):
        try:
            if line.startswith("-"):
                found.options.extend(_options(line, file.parent, field))
                continue
            pinned, hashes = _pinned(line, field)
        except ConfigError as error:
            problems += error.problems
            continue
        if pinned.marker and not pinned.marker.evaluate({**target.markers, "extra": ""}):
            continue
        name, pinned.marker = canonicalize_name(pinned.name), None
        if name in found.extras:
            problems.append(Problem(field, name, "each package comes once", "remove one of the lines"))
        found.extras[name] = pinned.extras
        found.lines.append(" ".join([str(pinned), *(f"--hash={digest}" for digest in sorted(hashes))]))
    if problems:
        raise ConfigError(problems)
    found.lines.sort()
    return found


def _logical_lines(text: str) -> Iterator[str]:
    """Lines with their continuations, without comments, as pip reads them."""
    joined = re.sub(r"\\\r?\n", " ", text)
    for line in joined.splitlines():
        stripped = re.sub(r"(^|\s)#.*$", "", line).strip()
        if stripped:
            yield stripped


def _options(line: str, folder: Path, field: str) -> list[str]:
    """What pip is told for a line that is an option; a folder of wheels is found from anywhere."""
    if line in _NEEDLESS:
        return []
    if line == "--no-index":
        return [line]
    index = _INDEX.fullmatch(line)
    if index is None:
        rule = "this file lists packages and where pip finds them: an option of pip's and its value in a line"
        raise ConfigError([Problem(field, line, rule, f"remove the line; {_WITH_HASHES}")])
    name, value = index["name"], index["value"]
    if name in ("-f", "--find-links") and (folder / value).exists():
        value = str((folder / value).resolve())
    return [f"{name} {shlex.quote(value)}"]


def _pinned(line: str, field: str) -> tuple[Requirement, list[str]]:
    """The requirement in a line, and its hashes."""
    from packaging.requirements import InvalidRequirement, Requirement

    hashes = [match["hash"] for match in _HASH.finditer(line)]
    text = _HASH.sub("", line).strip()
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        rule = "is no requirement of the form name==version"
        raise ConfigError([Problem(field, text, rule, _WITH_HASHES)]) from None
    pins = [pin for pin in requirement.specifier if pin.operator == "==" and not pin.version.endswith("*")]
    problems = []
    if requirement.url or len(pins) != 1 or len(requirement.specifier) != 1:
        rule = "a package is pinned as name==version, so that every machine packages the same"
        problems.append(Problem(field, text, rule, _WITH_HASHES))
    if not hashes:
        rule = "has no hash, by which every machine knows that it gets the same bytes"
        problems.append(Problem(field, text, rule, f"{_WITH_HASHES}, pip hash <wheel> shows one"))
    if problems:
        raise ConfigError(problems)
    return requirement, hashes
