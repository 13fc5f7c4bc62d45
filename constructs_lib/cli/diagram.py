"""``diagram``: the picture of one environment, or of anybody's Terraform JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.paths import shown
from constructs_lib.errors import ConfigError, Problem

if TYPE_CHECKING:
    from constructs_lib.environment import Environment

STDOUT = Path("-")


def diagram(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An environment file, or Terraform JSON such as cdk.tf.json.")],
    output: Annotated[
        Path | None,
        typer.Option(help="File to write; - is standard output. Default: NAME.svg in the current folder."),
    ] = None,
) -> None:
    """Draw the architecture of an environment as SVG, with the connections that the proof finds."""
    from constructs_lib.views.diagram.svg import architecture_svg

    with wrong_input_exits():
        document, environment = read_stack(file, project_root=context.obj)
        target = output or Path(f"{_name(file)}.svg")
        picture = architecture_svg(document, environment)
        if target == STDOUT:
            sys.stdout.write(picture)
            return
        _write(target, picture)
    say(f"{_name(file)}: {shown(target)}")


def read_stack(file: Path, *, project_root: Path) -> tuple[dict[str, Any], Environment | None]:
    """Return the Terraform JSON of a file, synthesized where it is an environment's, and the environment.

    Raises:
        ConfigError: the file is no Terraform JSON, or a function's folder can't be packaged.
    """
    if file.suffix == ".json":
        return _terraform_json(file), None
    from constructs_lib.cli.support.files import load
    from constructs_lib.cli.synth import synthesize

    environments = load([file], project_root=project_root)
    with tempfile.TemporaryDirectory() as folder:
        synthesize(environments, project_root=project_root, output=Path(folder))
        written = Path(folder) / "stacks" / file.stem / "cdk.tf.json"
        return json.loads(written.read_text(encoding="utf-8")), environments[file.stem]


def _terraform_json(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ConfigError([_wrong(file, str(fault))]) from fault
    if not isinstance(document, dict):
        raise ConfigError([_wrong(file, "it is no JSON object")])
    return document


def _wrong(file: Path, fault: str) -> Problem:
    return Problem(
        "FILE", str(file), f"is no Terraform JSON: {fault}", "name an environment file or cdk.tf.json"
    )


def _name(file: Path) -> str:
    """Return what to call a file's picture; every stack's own document is called ``cdk.tf.json``."""
    return file.resolve().parent.name if file.name == "cdk.tf.json" else file.name.split(".")[0]


def _write(target: Path, picture: str) -> None:
    try:
        target.write_bytes(picture.encode())
    except OSError as fault:
        way_out = "name a file in a folder that exists and may be written to"
        raise ConfigError([Problem("--output", str(target), str(fault.strerror), way_out)]) from fault
