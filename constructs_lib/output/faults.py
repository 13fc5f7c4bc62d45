"""Faults of the machine in the user's words: what could not be done, where, and the way out."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.problem_words import Excerpt

_FULL = ("ENOSPC", "EDQUOT")
_WAYS_OUT = {
    **dict.fromkeys(_FULL, "free some space there, or name another place"),
    **dict.fromkeys(("EMFILE", "ENFILE"), "close other programs, or raise the limit of open files"),
    "ENOMEM": "close other programs, or use a machine with more memory",
    "EIO": "see what the system's log says of the disk, or name another place",
}
_OF_THE_MACHINE = {
    getattr(errno, name): name
    for name in (*_WAYS_OUT, "EROFS", "EACCES", "EPERM", "EFBIG", "ENAMETOOLONG", "ENOLCK")
    if hasattr(errno, name)
}
_NO_SPACE = "no folder for temporary files can be written to"


def of_the_machine(error: OSError) -> Problem | None:
    """What an error of the system says of the machine; None where it may as well be a bug of ours."""
    if error.errno == errno.ENOENT and error.filename is None and "temporary directory" in str(error):
        tried = os.environ.get("TMPDIR") or Path("/tmp")  # noqa: S108
        return Problem("$TMPDIR", str(tried), _NO_SPACE, "free some space, or set TMPDIR to another folder")
    name = _OF_THE_MACHINE.get(error.errno or 0)
    if name is None:
        return None
    where = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
    return said(name, where, error.strerror or "")


def said(name: str, where: str, sentence: str) -> Problem:
    """An error of the system by its name, like "ENOSPC", the path that it is about, and its sentence."""
    way_out = _WAYS_OUT.get(name, "see that it may be written to, or name another place")
    return Problem("file system", where or Excerpt("(a file)"), sentence.lower(), way_out)


def not_written(field: str, path: Path, error: OSError, way_out: str) -> ConfigError:
    """The error for a place of the user's that can't be written to. field: the option that names it."""
    at = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, (str, bytes)) else ""
    rule = f"can't be written: {error.strerror or error}{at}"
    return ConfigError([Problem(field, str(path), rule, way_out)])
