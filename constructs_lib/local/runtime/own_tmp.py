"""A ``/tmp`` of a process' own, by that name, where this system lets a user make one.

https://man7.org/linux/man-pages/man7/user_namespaces.7.html
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

TMP = "/tmp"  # noqa: S108


@functools.cache
def possible() -> bool:
    """Tell whether a process can have a mount of its own here."""
    program = shutil.which("unshare")
    if sys.platform != "linux" or program is None:
        return False
    try:
        tried = subprocess.run(  # noqa: S603
            [program, *_OPTIONS, "true"], capture_output=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


_OPTIONS = ("--user", "--map-root-user", "--mount", "--")


def with_own_tmp(command: list[str], folder: Path, needed: Iterable[str]) -> list[str] | None:
    """Give the command with ``folder`` as its ``/tmp``; None where something needed lies in the real one."""
    if not possible() or any(_inside(path) for path in needed):
        return None
    program = shutil.which("unshare") or "unshare"
    return [program, *_OPTIONS, "sh", "-c", f'mount --bind "$0" {TMP} && exec "$@"', str(folder), *command]


def _inside(path: str) -> bool:
    return Path(path).resolve().is_relative_to(Path(TMP).resolve())
