"""``init``: a project of one's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.paths import shown


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where; empty, or not there yet.")],
    project: Annotated[
        str | None, typer.Option("--project", "--name", help="Name of the project; default: the folder's.")
    ] = None,
    region: Annotated[str, typer.Option(help="AWS region.")] = "us-east-1",
    python: Annotated[
        bool, typer.Option("--python", help="A stack composed of constructs instead of environment files.")
    ] = False,
) -> None:
    """Make a project: an environment, two functions, tests, and the commands to synthesize and try them."""
    from constructs_lib.bindings.flavour import flavour
    from constructs_lib.starter.project import NewProject
    from constructs_lib.testing.terraform.engine import wheel_fits

    name = project if project is not None else _legal(folder.resolve().name)
    with wrong_input_exits():
        made = NewProject(name, region, composed=python, engine=wheel_fits(), flavour=flavour().name)
        made.write(folder)
    say(f"{shown(folder)}: made; next: cd {shown(folder)} && make synth")


def _legal(name: str) -> str:
    """A project's name from a folder's."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).lstrip("-0123456789").rstrip("-") or "app"
