"""``prove``: whether Terraform JSON keeps what an environment file promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import WRONG_INPUT, say, wrong_input_exits


def prove(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The environment file.")],
    terraform: Annotated[
        Path | None,
        typer.Option(
            help="A file of Terraform JSON, or a folder of them; default: what a synth would write."
        ),
    ] = None,
) -> None:
    """Prove that everything declared gets through and that nothing else does; status 2 where it does not."""
    from constructs_lib.cli.support.files import load
    from constructs_lib.cli.support.stacks import in_memory, written
    from constructs_lib.cli.support.verdicts import holds

    project_root: Path = context.obj
    environments = load([file], project_root=project_root)
    with wrong_input_exits():
        if terraform is None:
            stack = in_memory(environments, project_root=project_root)
        else:
            [(name, environment)] = environments.items()
            stack = replace(written(terraform), name=name, environment=environment)
    if not holds(stack):
        raise typer.Exit(WRONG_INPUT)
    kept, uncertain = len(stack.proof.kept), len(stack.proof.uncertain)
    say(f"{stack.name}: proven, {kept} promises kept, {uncertain} depend on what is elsewhere")
