"""``synth``: from environment files to Terraform JSON."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.console import OUR_FAULT, say, wrong_input_exits
from constructs_lib.cli.support.output import make_stack_folders
from constructs_lib.cli.support.paths import shown

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.proof import Document


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

    project_root: Path = context.obj
    environments = load(files, project_root=project_root)
    folder = output or Path(os.environ.get("CDKTF_OUTDIR") or project_root / "cdktf.out")
    with wrong_input_exits():
        synthesize(environments, project_root=project_root, output=folder)
    statuses = {
        _proven(name, environment, folder / "stacks" / name, project_root)
        for name, environment in environments.items()
    }
    if statuses != {0}:
        raise typer.Exit(min(statuses - {0}))


def synthesize(environments: dict[str, Environment], *, project_root: Path, output: Path) -> None:
    """Write the Terraform JSON of the environments, by stack name, below ``output``.

    Raises:
        ConfigError: a function's folder can't be packaged, or the output folder can't be written to; no
            Terraform JSON is written then.
    """
    from constructs_lib.bindings import App
    from constructs_lib.stack import EnvironmentStack

    make_stack_folders(output, [])
    app = App(outdir=str(output))
    for name, environment in environments.items():
        EnvironmentStack(app, name, environment=environment, project_root=project_root)
    make_stack_folders(output, list(environments))
    for name in environments:
        _clear(output / "stacks" / name)
    app.synth()


def _clear(stack: Path) -> None:
    """Remove what an earlier synth left; Terraform's own files stay."""
    shutil.rmtree(stack / "assets", ignore_errors=True)
    for file in ("cdk.tf", "cdk.tf.json"):
        (stack / file).unlink(missing_ok=True)


def status_of(name: str, environment: Environment, document: Document) -> int:
    """Prove what was written and ask AWS's rules, print what is broken, and give the exit status."""
    from constructs_lib.cli.prove import proof_of
    from constructs_lib.cli.support.aws_rules import ruling_of

    proof, ruling = proof_of(name, environment, document), ruling_of(name, environment, document)
    return OUR_FAULT if proof.broken or ruling.broken else 0


def _proven(name: str, environment: Environment, stack: Path, project_root: Path) -> int:
    """Prove what was written, say what it is and what comes next, and give the exit status."""
    from constructs_lib.cli.prove import read

    document = read(stack)
    status = status_of(name, environment, document)
    if status == 0:
        count = sum(not address.startswith("data.") for address in document.blocks)
        where = shown(stack / "cdk.tf.json")
        say(f"{name}: {count} resources in {where}, proven; next: {_next(name, stack, project_root)}")
    return status


def _next(name: str, stack: Path, project_root: Path) -> str:
    """The command to run next; cdktf deploys the files of environments/ from its own folder."""
    cdktfs = (project_root / "cdktf.out" / "stacks" / name).resolve()
    if stack.resolve() == cdktfs and (project_root / "environments" / f"{name}.toml").is_file():
        return f"make deploy ENV={name}"
    return f"terraform -chdir={shlex.quote(shown(stack))} init"
