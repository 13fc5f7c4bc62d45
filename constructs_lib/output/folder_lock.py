"""One run at a time in a folder. The system lets go of the lock however a run ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOCK = ".lock"  # where a folder itself can't be locked
_WAIT_S = 0.2


@contextmanager
def locked(folder: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of a folder that exists. waiting: called once if another run holds it.

    Raises:
        OSError: the folder can't be opened, or lies where nothing can be locked.
    """
    if sys.platform == "win32":
        with _locked_by_a_file(folder / _LOCK, waiting):
            yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _locked_by_a_file(file: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """The same by a file that exists while the lock is held: nobody can remove it while it is open there."""
    told = False
    while True:
        with suppress(PermissionError):  # it is open in another run
            file.unlink(missing_ok=True)
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR)
            break
        if not told:
            waiting()
            told = True
        time.sleep(_WAIT_S)
    try:
        yield
    finally:
        os.close(descriptor)
        with suppress(OSError):
            file.unlink()
