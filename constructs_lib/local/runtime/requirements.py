"""What a function's ``requirements.txt`` asks for, for the interpreter that runs it on this machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.local.runtime.interpreters import Interpreter

NAME = "requirements.txt"
_FOREIGN_SETTINGS = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_NO_BINARY", "PIP_REQUIRE_VIRTUALENV")


class RequirementsError(Exception):
    """The requirements cannot be installed for this machine, and why."""


def installed(source: Path | None, interpreter: Interpreter, cache: Path) -> Path | None:
    """Give the folder with the requirements of a function's folder; None where it has none.

    Raises RequirementsError: no wheel for this machine has one of the file's hashes, or pip fails otherwise.
    """
    file = source / NAME if source else None
    if file is None or not file.is_file() or interpreter.language != "python":
        return None
    content = file.read_bytes()
    key = hashlib.sha256(content + f"{interpreter.version} {sys.platform}".encode()).hexdigest()[:32]
    folder = cache / "requirements" / key
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".installing-") as working:
        made = Path(working) / "made"
        made.mkdir()
        _run_pip(file, made, interpreter)
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was faster
                raise
    return folder


def _run_pip(file: Path, made: Path, interpreter: Interpreter) -> None:
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--no-deps", "--no-compile", "--require-hashes", "--only-binary=:all:"),
        *("--python-version", interpreter.version, "--target", str(made), "--requirement", str(file)),
    ]
    settings = {key: value for key, value in os.environ.items() if key not in _FOREIGN_SETTINGS}
    settings |= {"PIP_USER": "0", "PIP_NO_COLOR": "1"}
    result = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode:
        errors = [line.removeprefix("ERROR:").strip() for line in result.stderr.splitlines()]
        said = " ".join(line for line in errors if line)[-400:]
        hint = ""
        if "DO NOT MATCH THE HASHES" in result.stderr or "No matching distribution" in result.stderr:
            hint = "; the file needs a hash of this platform's wheel too (pip-compile --generate-hashes)"
        raise RequirementsError(f"{file}: not for Python {interpreter.version} on this machine{hint}: {said}")
