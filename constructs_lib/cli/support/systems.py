"""Commands that not every system can run."""

from __future__ import annotations

import sys

from constructs_lib.errors import ConfigError, Problem


def check_system(command: str) -> None:
    """Raise ConfigError on Windows, where Python has no Unix sockets and an event loop hears no signals."""
    if sys.platform == "win32":
        rule = "it needs Unix sockets and signals, which Python has not on Windows"
        way_out = "run it in WSL (docs/platforms.md)"
        raise ConfigError([Problem(command, sys.platform, rule, way_out)])
