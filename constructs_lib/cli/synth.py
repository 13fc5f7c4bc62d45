"""``synth``: from environment files to Terraform JSON."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.paths import shown

if TYPE_CHECKING:
    from constructs_lib.views.written_stack import WrittenStack


def synth(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Environment files; default: all of environments/.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Output folder; default: $CDKTF_OUTDIR, else cdktf.out beside main.py."),
    ] = None,
) -> None:
    """Synthesize environment files, one stack each, into OUTPUT/stacks/NAME/cdk.tf.json."""
    from constructs_lib.cli.support.files import load
    from constructs_lib.cli.support.output import beside, place
    from constructs_lib.cli.support.stacks import synthesize
    from constructs_lib.cli.support.verdicts import holds, status_of_broken

    project_root: Path = context.obj
    environments = load(files, project_root=project_root)
    folder = output or Path(os.environ.get("CDKTF_OUTDIR") or project_root / "cdktf.out")
    with wrong_input_exits(), beside(folder, environments) as fresh:
        stacks = synthesize(environments, project_root=project_root, output=fresh)
        broken = [stack for stack in stacks.values() if not holds(stack)]
        if broken:
            raise typer.Exit(min(map(status_of_broken, broken)))
        place(fresh, folder, environments)
    for stack in stacks.values():
        _say(stack, folder / "stacks" / stack.name, project_root)


def _say(stack: WrittenStack, folder: Path, project_root: Path) -> None:
    """Say what was written and proven, and what comes next."""
    count = sum(not address.startswith("data.") for address in stack.document.blocks)
    where = shown(folder / "cdk.tf.json")
    say(
        f"{stack.name}: {count} resources in {where}, proven; next: {_next(stack.name, folder, project_root)}"
    )


def _next(name: str, stack: Path, project_root: Path) -> str:
    """The command to run next; cdktf deploys the files of environments/ from its own folder."""
    cdktfs = (project_root / "cdktf.out" / "stacks" / name).resolve()
    if stack.resolve() == cdktfs and (project_root / "environments" / f"{name}.toml").is_file():
        return f"make deploy ENV={name}"
    return f"terraform -chdir={shlex.quote(shown(stack))} init"
