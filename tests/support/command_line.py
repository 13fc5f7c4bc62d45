"""The command line over a project: in this process, or as a process where the process is what is tested."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess, run
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from constructs_lib.cli import app
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.projects import Project

UNSET = ("CDKTF_OUTDIR", "ENVIRONMENTS")
"""Variables that would lead a command elsewhere; a test sets them itself."""


def command(project: Project, *arguments: object, **environment: str) -> CompletedProcess[str]:
    """Run a command in the project's folder, in this process; an exception of ours is the test's."""
    variables = {**dict.fromkeys(UNSET), **environment}
    with contextlib.chdir(project.root):
        result = CliRunner().invoke(
            app, [*map(str, arguments)], obj=project.root, env=variables, catch_exceptions=False
        )
    return CompletedProcess([*map(str, arguments)], result.exit_code, result.stdout, result.stderr)


def process(project: Project, *arguments: object, **environment: str) -> CompletedProcess[str]:
    """Run ``python main.py`` in the project's folder, as a user does."""
    shutil.copy(ROOT / "main.py", project.root)
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return run(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=project.root,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path there."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
