"""The command line."""

from __future__ import annotations

import gc
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.cli.commands import app

__all__ = ["app", "main", "run_here"]

_SYNTHESIZING = {"synth", "bootstrap", "handoff"}
_PERHAPS_SYNTHESIZING = {"explain", "diagram", "prove", "run"}
_OBJECTS_BETWEEN_COLLECTIONS = 2_000_000
"""What a command builds lives to its end; looking for garbage every 700 objects is half of its time."""


def run_here() -> None:
    """Run the command line for the project around the current folder, as ``constructs-lib`` does."""
    main(project_root=project_around(Path.cwd()))


def project_around(folder: Path) -> Path:
    """The nearest folder, from this one upwards, that has ``environments/``; else this one."""
    return next((each for each in (folder, *folder.parents) if (each / "environments").is_dir()), folder)


def main(*, project_root: Path) -> None:
    """Run the command line for the project in ``project_root``.

    Where the command will need node, node starts before anything is imported that takes time.
    """
    from constructs_lib.cli.support.interruption import interruptible

    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        with interruptible():
            if will_synthesize(sys.argv[1:]):
                from constructs_lib.bindings.node import start_ahead

                start_ahead()
            from constructs_lib.cli.commands import app

            app(obj=project_root)
    except ModuleNotFoundError as missing:
        package = str(missing.name).partition(".")[0]
        if package == "constructs_lib":
            raise
        sys.exit(_not_installed(package, project_root))


def _not_installed(package: str, project_root: Path) -> int:
    """Say what to do where this Python lacks a package; the exit status of wrong input."""
    own = project_root / ".venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    way = f"run it with {own}" if own.exists() else "`make synth` installs what the Pipfile names into .venv"
    print(f"{sys.executable} has no package {package}: {way}", file=sys.stderr)
    return 2


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
