"""Asks an environment that `run` runs on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from constructs_lib.errors import ConfigError, Problem


def asked_of_running(project_root: Path, environment: str, question: dict[str, Any]) -> dict[str, Any]:
    """What the running environment answers. Raises ConfigError where none runs, or several do."""
    from constructs_lib.local.control.places import connected, running_sockets

    found = running_sockets(project_root)
    if environment:
        found = {name: path for name, path in found.items() if name == environment}
    if len(found) != 1:
        rule = f"several run: {', '.join(found)}" if found else "nothing of this project runs"
        way_out = "name one with --environment" if found else "start it with: python main.py run FILE"
        raise ConfigError([Problem("--environment", environment, rule, way_out)])
    [path] = found.values()
    with connected(path) as asking:
        asking.sendall(json.dumps(question).encode() + b"\n")
        told: dict[str, Any] = json.loads(asking.makefile().readline())
    return told
