"""``preview``: what a deployment would interrupt or meet, compared with what is live."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.comparison import compared, print_effects
from constructs_lib.cli.support.console import say, wrong_input_exits

PATIENCE_S = 120


def preview(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The environment file.")],
    stacks: Annotated[Path, typer.Option(help="The folder of the stacks that were deployed.")] = Path(
        "cdktf.out/stacks"
    ),
) -> None:
    """Compare an environment file with its live state: interruptions with minutes, refusals with steps.

    The state is that of the stack's folder, read with `terraform show -json` ($TERRAFORM_BINARY_NAME). Where
    there is none, it says so and compares nothing.
    """
    folder = (context.obj / stacks if not stacks.is_absolute() else stacks) / file.stem
    with tempfile.TemporaryDirectory(prefix="preview-") as scratch:
        state = Path(scratch) / "state.json"
        if why := _show(folder, state):
            say(f"{file.stem}: not compared with what is live: {why}")
            return
        with wrong_input_exits():
            found = compared(state, file, project_root=context.obj)
    say(f"{file.stem}: compared with what is live: {found.summary()}")
    print_effects(found)


def _show(folder: Path, state: Path) -> str:
    """Write the state of a stack folder as JSON; the reason where there is none."""
    terraform = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    if not (folder / ".terraform").is_dir():
        return f"{folder} was not deployed from here"
    if shutil.which(terraform) is None:
        return f"there is no {terraform} on PATH"
    command = [terraform, "show", "-json", "-no-color"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"`terraform show` took longer than {PATIENCE_S} s"
    if done.returncode:
        return f"`terraform show` failed: {(done.stderr.strip() or 'no reason given').splitlines()[0]}"
    if '"resources"' not in done.stdout:
        return "the state holds nothing yet"
    state.write_text(done.stdout, encoding="utf-8")
    return ""
