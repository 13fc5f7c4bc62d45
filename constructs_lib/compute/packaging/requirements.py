"""A function's dependencies in a folder: for its runtime and architecture, the same bytes on every machine.

Nothing here runs, and no network is touched, for a function without a ``requirements.txt``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.compute.packaging.requirements_file import (
    NAME,
    Requirements,
    Target,
    read_requirements,
    target_of,
)
from constructs_lib.errors import ConfigError, Problem

if TYPE_CHECKING:
    from importlib.metadata import Distribution

    from packaging.requirements import Requirement

_LAYOUT = "1"  # counts up when the same requirements give another folder, so that no cache is stale
# What pip writes about itself and this machine. https://packaging.python.org/en/latest/specifications/recording-installed-packages/
_TRACES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
# Settings of the user's pip that would install somewhere else or something else.
_FOREIGN_SETTINGS = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_NO_BINARY", "PIP_REQUIRE_VIRTUALENV")


def install_requirements(
    source: Path, *, runtime: str, architecture: str, cache_dir: Path, field: str = "source"
) -> Path | None:
    """The folder with what ``source/requirements.txt`` asks for; None where there is no such file.

    runtime: Lambda's name, such as ``python3.13``. architecture: ``arm64`` or ``x86_64``. cache_dir: where
    folders are kept, by a hash of requirements, runtime and architecture. field: what named the function's
    folder, for messages. pip's own settings (index, certificates, proxy) apply.

    Raises ConfigError: the file has no hashes or is wrong otherwise, a package has no wheel for the target, a
    package that another one needs is not listed, or pip fails.
    """
    wanted = _wanted(source, runtime, architecture, cache_dir, field)
    if wanted is None:
        return None
    requirements, target, folder = wanted
    if not folder.is_dir():
        _install(requirements, target, folder, field=f"{field} ({NAME})")
    return folder


def installed_requirements(
    source: Path, *, runtime: str, architecture: str, cache_dir: Path, field: str = "source"
) -> Path | None:
    """The folder that ``install_requirements`` has made before; None where it has not, or has nothing to do.

    Raises ConfigError: the file has no hashes or is wrong otherwise.
    """
    wanted = _wanted(source, runtime, architecture, cache_dir, field)
    return wanted[2] if wanted and wanted[2].is_dir() else None


def _wanted(
    source: Path, runtime: str, architecture: str, cache_dir: Path, field: str
) -> tuple[Requirements, Target, Path] | None:
    """What is to be installed, for what, and where; None where there is nothing."""
    file = source / NAME
    if not os.path.lexists(file):
        return None
    target = target_of(runtime, architecture, field=field)
    requirements = read_requirements(file, target, field=f"{field} ({NAME})")
    if not requirements.lines:
        return None
    return requirements, target, cache_dir / f"{runtime}-{architecture}-{_key(requirements)}"


def user_cache() -> Path:
    """Where installed requirements are kept between runs."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "constructs-lib" / "requirements"


def _key(requirements: Requirements) -> str:
    text = "\n".join((_LAYOUT, *requirements.lines))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _install(requirements: Requirements, target: Target, folder: Path, *, field: str) -> None:
    """Install beside the folder, then move: a run that is killed leaves no half a folder under its name."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".installing-") as working:
        file, made = Path(working) / NAME, Path(working) / "made"
        file.write_text("\n".join((*requirements.options, *requirements.lines)) + "\n", encoding="utf-8")
        _run_pip(file, made, target, field)
        _check_complete(requirements, made, target, field)
        _remove_traces(made)
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was faster, with the same bytes
                raise


def _run_pip(file: Path, made: Path, target: Target, field: str) -> None:
    platforms = [argument for tag in target.platforms for argument in ("--platform", tag)]
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--no-deps", "--no-compile", "--require-hashes", "--only-binary=:all:"),
        *("--implementation", "cp", "--python-version", target.python, *platforms),
        *("--target", str(made), "--requirement", str(file)),
    ]
    settings = {key: value for key, value in os.environ.items() if key not in _FOREIGN_SETTINGS}
    settings |= {"PIP_USER": "0", "PIP_CONSTRAINT": "", "PIP_NO_COLOR": "1"}
    result = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode:
        raise ConfigError([_pip_problem(result.stderr, target, field)])


def _pip_problem(said: str, target: Target, field: str) -> Problem:
    """What pip's complaint means."""
    errors = [line.removeprefix("ERROR:").strip() for line in said.splitlines() if line.startswith("ERROR:")]
    value = " ".join(errors or said.split())[-300:]
    if missing := re.search(r"No matching distribution found for (\S+)", said):
        rule = f"there is no wheel of it for Python {target.python} on {target.machine} where pip looks"
        way_out = "choose a version or an architecture that has one (sources are not built), or use an image"
        return Problem(field, missing[1], rule, way_out)
    if "DO NOT MATCH THE HASHES" in said:
        rule = "pip found other bytes than the hashes say"
        return Problem(field, value, rule, "make the file again, and find out what has changed")
    if "No module named pip" in said:
        return Problem(field, sys.executable, "has no pip", f"run {sys.executable} -m ensurepip")
    return Problem(
        field, value, "pip could not install it", "check the network and pip's settings (pip config list)"
    )


def _check_complete(requirements: Requirements, made: Path, target: Target, field: str) -> None:
    """Raise ConfigError where a package needs another one that is not listed."""
    from importlib.metadata import distributions

    from packaging.utils import canonicalize_name

    found = {canonicalize_name(each.metadata["Name"]): each for each in distributions(path=[str(made)])}
    problems = [
        Problem(
            field, str(needed), f"{name} needs it, and it is not listed", "list it, pinned and with its hash"
        )
        for name, distribution in sorted(found.items())
        for needed in _needs(distribution, requirements.extras.get(name, set()), target)
        if canonicalize_name(needed.name) not in found
    ]
    if problems:
        raise ConfigError(problems)


def _needs(distribution: Distribution, extras: set[str], target: Target) -> Iterator[Requirement]:
    from packaging.requirements import Requirement

    for text in distribution.requires or []:
        requirement = Requirement(text)
        marker = requirement.marker
        wanted = marker is None or any(
            marker.evaluate({**target.markers, "extra": extra}) for extra in ("", *sorted(extras))
        )
        if wanted:
            yield requirement


def _remove_traces(made: Path) -> None:
    """Remove what differs from machine to machine: scripts that name this Python, and pip's own records."""
    shutil.rmtree(made / "bin", ignore_errors=True)
    for cache in sorted(made.rglob("__pycache__")):
        shutil.rmtree(cache)
    for metadata in made.glob("*.dist-info"):
        for name in _TRACES:
            (metadata / name).unlink(missing_ok=True)
