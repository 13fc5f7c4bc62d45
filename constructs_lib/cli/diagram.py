"""``diagram``: the picture of one environment, or of anybody's Terraform JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.options import VariableFiles
from constructs_lib.cli.support.paths import shown
from constructs_lib.output.faults import not_written
from constructs_lib.output.placing import write_whole

STDOUT = Path("-")


def diagram(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="An environment file, or Terraform JSON: cdk.tf.json, or its folder.")
    ],
    var_file: VariableFiles = None,
    output: Annotated[
        Path | None,
        typer.Option(help="File to write; - is standard output. Default: NAME.svg in the current folder."),
    ] = None,
) -> None:
    """Draw the architecture of an environment as SVG, with the connections that the proof finds."""
    from constructs_lib.cli.support.stacks import stack_of
    from constructs_lib.views.diagram.svg import architecture_svg

    with wrong_input_exits():
        stack = stack_of(file, project_root=context.obj, variable_files=var_file or ())
        target = output or Path(f"{stack.name}.svg")
        picture = architecture_svg(stack)
        if target == STDOUT:
            sys.stdout.write(picture)
            return
        _write(target, picture)
    say(f"{stack.name}: {shown(target)}")


def _write(target: Path, picture: str) -> None:
    try:
        write_whole(target, picture.encode())
    except OSError as fault:
        way_out = "name a file in a folder that exists and may be written to"
        raise not_written("--output", target, fault, way_out) from fault
