"""``check``: all validation, nothing written, no node started."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Environment files; default: all of environments/.")
    ] = None,
) -> None:
    """Check environment files and say everything that is wrong with them."""
    from constructs_lib.cli.support.files import load

    for name, environment in load(files, project_root=context.obj).items():
        file = environment.extension
        beside = f"; what {file.parent.name}/{file.name} adds, only synth sees" if file else ""
        say(f"{name}: in order{beside}")
