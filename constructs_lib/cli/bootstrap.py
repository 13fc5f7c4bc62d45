"""``bootstrap``: the stack that makes the state bucket, and how to move an environment's state there."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.output import beside, place
from constructs_lib.cli.support.paths import shown


def bootstrap(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help='An environment file with backend = "s3" in its state table.')],
    output: Annotated[
        Path | None,
        typer.Option(help="Output folder; default: $CDKTF_OUTDIR, else cdktf.out beside main.py."),
    ] = None,
) -> None:
    """Synthesize the stack that makes the state bucket, into OUTPUT/stacks/NAME-bootstrap."""
    from constructs_lib.cli.support.bootstrap import synthesize_bootstrap
    from constructs_lib.cli.support.files import load

    project_root: Path = context.obj
    ((name, environment),) = load([file], project_root=project_root).items()
    folder = output or Path(os.environ.get("CDKTF_OUTDIR") or project_root / "cdktf.out")
    stack = folder / "stacks" / f"{name}-bootstrap"
    with wrong_input_exits(), beside(folder, [stack.name]) as fresh:
        synthesize_bootstrap(environment, stack.name, output=fresh)
        place(fresh, folder, [stack.name])
    bucket = f"{environment.state.bucket} in {environment.state.region or environment.region}"
    say(f"{stack.name}: the state bucket {bucket}, in {shown(stack / 'cdk.tf.json')}")
    say("make the bucket, once:")
    say(f"  {_terraform(stack, 'init')} && {_terraform(stack, 'apply')}")
    say(f"then move the state of {name} there, after: python main.py synth {shlex.quote(str(file))}")
    say(f"  {_terraform(folder / 'stacks' / name, 'init -migrate-state')}")


def _terraform(stack: Path, command: str) -> str:
    return f"terraform -chdir={shlex.quote(shown(stack))} {command}"
