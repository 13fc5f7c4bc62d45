"""The command line."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.cli.commands import app

__all__ = ["app", "main"]

_SYNTHESIZING = {"synth", "bootstrap", "handoff", "run"}
_PERHAPS_SYNTHESIZING = {"explain", "diagram", "prove"}


def main(*, project_root: Path) -> None:
    """Run the command line for the project in ``project_root``.

    Where the command will need node, node starts before anything is imported that takes time.
    """
    if will_synthesize(sys.argv[1:]):
        from constructs_lib.bindings.node import start_ahead

        start_ahead()
    from constructs_lib.cli.commands import app

    app(obj=project_root)


def will_synthesize(arguments: list[str]) -> bool:
    """Whether the command needs node unless its input is wrong: a guess, nothing but time depends on it."""
    if not arguments:
        return True
    command, *rest = arguments
    if command in _PERHAPS_SYNTHESIZING and not any(word.endswith(".toml") for word in rest):
        return False  # it reads Terraform JSON
    known = _SYNTHESIZING | _PERHAPS_SYNTHESIZING
    return command in known and not {"--help", "--terraform"} & set(rest)


def __getattr__(name: str) -> Any:
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.commands").app
