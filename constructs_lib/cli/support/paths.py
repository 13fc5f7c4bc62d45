"""How paths are shown: relative to the current folder where they lie in it."""

from __future__ import annotations

import os
from pathlib import Path


def shown(path: Path) -> str:
    """Return the path as a user in the current folder would write it."""
    try:
        return str(Path(os.path.realpath(path)).relative_to(Path.cwd()))
    except ValueError:
        return str(path)
