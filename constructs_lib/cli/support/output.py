"""The folder that stacks are written into."""

from __future__ import annotations

import os
from pathlib import Path

from constructs_lib.errors import ConfigError, Problem


def make_stack_folders(output: Path, names: list[str]) -> None:
    """Make ``output`` with a folder for each stack of these names.

    Raises:
        ConfigError: the file system refuses one of them.
    """
    for folder in [output, *(output / "stacks" / name for name in names)]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            writable = os.access(folder, os.W_OK | os.X_OK)
            rule = "" if writable else "may not be written to"
        except OSError as error:
            rule = f"cannot be made: {error.strerror}"
        if rule:
            way_out = "name another folder with --output (or $CDKTF_OUTDIR)"
            raise ConfigError([Problem("output folder", str(folder), rule, way_out)])
