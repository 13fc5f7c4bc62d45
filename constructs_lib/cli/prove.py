"""``prove``: whether Terraform JSON keeps what an environment file promises."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say, warn_lines, wrong_input_exits
from constructs_lib.cli.support.exit_status import WRONG_INPUT
from constructs_lib.cli.support.options import VariableFiles


def prove(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The environment file.")],
    terraform: Annotated[
        Path | None,
        typer.Option(
            help="Terraform JSON: a file, a folder, or terraform show -json of a plan or a state; default: "
            "what a synth would write."
        ),
    ] = None,
    var_file: VariableFiles = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Status 2 also where the document cannot tell, but for what the file names by id.",
        ),
    ] = False,
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
            stack = written(terraform, name=name, environment=environment, variable_files=var_file or ())
        is_kept = holds(stack)
    if not is_kept:
        raise typer.Exit(WRONG_INPUT)
    proof = stack.proof
    taken, depending = len(proof.taken_from_the_file), len(proof.open)
    said = [f"{stack.name}: proven, {len(proof.kept)} promises kept, {depending} depend on what is elsewhere"]
    said += [f"{taken} on what the file names by id"] if taken else []
    said += [f"read: {stack.understanding.size}{stack.understanding.in_words}"]
    if strict and depending:
        warn_lines([f"{stack.name}: --strict: {depending} promises depend on what is elsewhere"])
        raise typer.Exit(WRONG_INPUT)
    say("; ".join(said))
