"""A function's ``requirements.txt`` as it applies in Lambda: pinned, with hashes, markers decided. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.errors import ConfigError, Problem

if TYPE_CHECKING:
    from packaging.requirements import Requirement

NAME = "requirements.txt"
_RUNTIME = re.compile(r"python(3\.\d+)")
_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}
# glibc of the runtimes' systems: Amazon Linux 2 up to Python 3.11, Amazon Linux 2023 since.
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
_AMAZON_LINUX_2_UP_TO, _GLIBC_2, _GLIBC_2023, _OLDEST_GLIBC = 11, 26, 34, 17
_HASH = re.compile(r"\s--hash[=\s]\s*(?P<hash>\w+:[0-9a-fA-F]+)")
# Where pip looks; what else an option may say is decided here.
_INDEX_OPTIONS = (
    "-i",
    "--index-url",
    "--extra-index-url",
    "-f",
    "--find-links",
    "--trusted-host",
    "--no-index",
)
_IGNORED_OPTIONS = ("--require-hashes", "--only-binary", "--prefer-binary", "--pre")
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
        newest = _GLIBC_2 if minor <= _AMAZON_LINUX_2_UP_TO else _GLIBC_2023
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
    """What is installed: lines for pip, and the parsed requirements. options: where pip looks for them."""

    options: tuple[str, ...]
    lines: tuple[str, ...]
    parsed: tuple[Requirement, ...]


def target_of(runtime: str, architecture: str, *, field: str) -> Target:
    """The target of a Lambda runtime. Raises ConfigError: it is none of Python's."""
    match = _RUNTIME.fullmatch(runtime)
    if match is None:
        rule = f"is for Python, and the runtime is {runtime}"
        raise ConfigError([Problem(field, NAME, rule, 'remove it, or write runtime = "python3.13"')])
    return Target(python=match[1], machine=_MACHINES[architecture])


def read_requirements(file: Path, target: Target, *, field: str) -> Requirements:
    """What the file asks for on the target. Raises ConfigError with everything that is wrong with it."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        rule, way_out = f"cannot be read ({error})", "make it a readable file in UTF-8"
        raise ConfigError([Problem(field, str(file), rule, way_out)]) from None
    options: list[str] = []
    lines: list[str] = []
    parsed: list[Requirement] = []
    problems: list[Problem] = []
    for line in _logical_lines(text):
        if line.startswith("-"):
            problems += _take_option(line, options, file, field)
            continue
        requirement, hashes, wrong = _understood(line, field)
        problems += wrong
        if requirement and not wrong and _applies(requirement, target):
            requirement.marker = None
            lines.append(" ".join([str(requirement), *(f"--hash={digest}" for digest in sorted(hashes))]))
            parsed.append(requirement)
    problems += _twice(parsed, field)
    if problems:
        raise ConfigError(problems)
    return Requirements(tuple(options), tuple(sorted(lines)), tuple(parsed))


def _logical_lines(text: str) -> Iterator[str]:
    """Lines with their continuations, without comments, as pip reads them."""
    joined = re.sub(r"\\\r?\n", " ", text)
    for line in joined.splitlines():
        stripped = re.sub(r"(^|\s)#.*$", "", line).strip()
        if stripped:
            yield stripped


def _take_option(line: str, options: list[str], file: Path, field: str) -> Iterator[Problem]:
    name, value, *_ = [*re.split(r"[=\s]+", line, maxsplit=1), ""]
    if name in _IGNORED_OPTIONS:
        return
    if name not in _INDEX_OPTIONS:
        rule, way_out = "this file lists packages and where pip finds them, nothing else", "remove the line"
        yield Problem(field, line, rule, f"{way_out}; {_WITH_HASHES}")
        return
    if name in ("-f", "--find-links") and (file.parent / value).exists():
        value = str((file.parent / value).resolve())
    options.append(f"{name} {value}".strip())


def _understood(line: str, field: str) -> tuple[Requirement | None, list[str], list[Problem]]:
    """The requirement in a line, its hashes, and what is wrong with it."""
    from packaging.requirements import InvalidRequirement, Requirement

    hashes = [match["hash"] for match in _HASH.finditer(line)]
    text = _HASH.sub("", line).strip()
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        rule = "is no requirement of the form name==version"
        return None, hashes, [Problem(field, text, rule, _WITH_HASHES)]
    pins = [pin for pin in requirement.specifier if pin.operator == "==" and not pin.version.endswith("*")]
    problems = []
    if requirement.url or len(pins) != 1 or len(requirement.specifier) != 1:
        rule = "a package is pinned as name==version, so that every machine packages the same"
        problems.append(Problem(field, text, rule, _WITH_HASHES))
    if not hashes:
        rule = "has no hash, by which every machine knows that it gets the same bytes"
        problems.append(Problem(field, text, rule, f"{_WITH_HASHES}, pip hash <wheel> shows one"))
    return requirement, hashes, problems


def _applies(requirement: Requirement, target: Target) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({**target.markers, "extra": ""})


def _twice(parsed: Iterable[Requirement], field: str) -> Iterator[Problem]:
    from packaging.utils import canonicalize_name

    seen: set[str] = set()
    for requirement in parsed:
        name = canonicalize_name(requirement.name)
        if name in seen:
            yield Problem(field, requirement.name, "each package comes once", "remove one of the lines")
        seen.add(name)
