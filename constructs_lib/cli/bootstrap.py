"""``bootstrap``: the stack that makes the state bucket, and how to move an environment's state there."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.output import beside, place
from constructs_lib.cli.support.paths import shown

if TYPE_CHECKING:
    from constructs_lib.environment import Environment


def bootstrap(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help='An environment file with backend = "s3" in its state table.')],
    output: Annotated[
        Path | None,
        typer.Option(help="Output folder; default: $CDKTF_OUTDIR, else cdktf.out beside main.py."),
    ] = None,
) -> None:
    """Synthesize the stack that makes the state bucket, into OUTPUT/stacks/NAME-bootstrap."""
    from constructs_lib.cli.support.files import load

    project_root: Path = context.obj
    ((name, environment),) = load([file], project_root=project_root).items()
    folder = output or Path(os.environ.get("CDKTF_OUTDIR") or project_root / "cdktf.out")
    stack = folder / "stacks" / f"{name}-bootstrap"
    with wrong_input_exits(), beside(folder, [stack.name]) as fresh:
        synthesize(environment, stack.name, output=fresh)
        place(fresh, folder, [stack.name])
    bucket = f"{environment.state.bucket} in {environment.state.region or environment.region}"
    say(f"{stack.name}: the state bucket {bucket}, in {shown(stack / 'cdk.tf.json')}")
    say("make the bucket, once:")
    say(f"  {_terraform(stack, 'init')} && {_terraform(stack, 'apply')}")
    say(f"then move the state of {name} there, after: python main.py synth {shlex.quote(str(file))}")
    say(f"  {_terraform(folder / 'stacks' / name, 'init -migrate-state')}")


def synthesize(environment: Environment, name: str, *, output: Path) -> None:
    """Write the Terraform JSON of the bootstrap stack into an empty folder.

    Raises:
        ConfigError: the environment keeps its state elsewhere, the folder can't be written to, or node can't
            run.
    """
    from constructs_lib.bindings import App
    from constructs_lib.bindings.faults import in_node
    from constructs_lib.state.bootstrap import BootstrapStack, state_bucket_of

    state_bucket_of(environment)  # before anything is written
    with in_node(where=str(output)):
        app = App(outdir=str(output.resolve()))
        BootstrapStack(app, name, environment=environment)
        app.synth()


def _terraform(stack: Path, command: str) -> str:
    return f"terraform -chdir={shlex.quote(shown(stack))} {command}"
