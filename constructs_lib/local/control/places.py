"""Where the sockets of running environments lie: one for each project and environment."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import sys
import tempfile
from pathlib import Path

from constructs_lib.local.runtime.package import cache_folder

_LONGEST = 104  # bytes of a socket's path that every system takes
_NAME = 40
NOT_HERE = "Python has no Unix sockets on Windows"


def socket_path(project_root: Path, name: str) -> Path:
    """The socket of an environment of a project."""
    return _folder() / f"{_key(project_root)}-{name[:_NAME]}.sock"


def free_name(project_root: Path, name: str) -> str:
    """Give the name, with a number behind it where an environment of that name runs already."""
    taken = running_sockets(project_root)
    names = [name[:_NAME], *(f"{name[: _NAME - 4]}-{number}" for number in range(2, 100))]
    return next((one for one in names if one not in taken), name)


def running_sockets(project_root: Path) -> dict[str, Path]:
    """The environments of a project that run, with their sockets; what a killed one left is removed."""
    begin = f"{_key(project_root)}-"
    found = {}
    for path in sorted(_folder().glob(f"{begin}*.sock")):
        if _answers(path):
            found[path.name.removeprefix(begin).removesuffix(".sock")] = path
        else:
            with contextlib.suppress(OSError):
                path.unlink()
    return found


def _folder() -> Path:
    if sys.platform == "win32":
        raise OSError(NOT_HERE)
    folder = cache_folder() / "sockets"
    if len(str(folder)) + len(_key(folder)) + _NAME + 8 > _LONGEST:
        folder = Path(tempfile.gettempdir()) / f"constructs-lib-{os.getuid()}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _key(project_root: Path) -> str:
    return hashlib.sha256(os.path.realpath(project_root).encode()).hexdigest()[:12]


def connected(path: Path, *, patience_s: float | None = None) -> socket.socket:
    """A connection to what listens there. Raises OSError where nothing does, and on Windows."""
    if sys.platform == "win32":
        raise OSError(NOT_HERE)
    asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    asking.settimeout(patience_s)
    try:
        asking.connect(str(path))
    except OSError:
        asking.close()
        raise
    return asking


def _answers(path: Path) -> bool:
    try:
        connected(path, patience_s=1).close()
    except OSError:
        return False
    return True
