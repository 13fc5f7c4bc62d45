"""``handoff``: the bundle with which an ops team runs an environment, without Python or Node."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.paths import shown


def handoff(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The environment file.")],
    output: Annotated[
        Path, typer.Option(help="The bundle's folder: new, empty, or an earlier bundle, which is replaced.")
    ],
    archive: Annotated[
        bool, typer.Option("--archive", help="Also OUTPUT.zip, the same bytes on every machine.")
    ] = False,
    checkov: Annotated[
        bool, typer.Option("--checkov", help="Put what checkov says into the report, with reasons.")
    ] = False,
    hcl: Annotated[
        bool, typer.Option("--hcl", help="Terraform's own syntax, to review and take over, instead of JSON.")
    ] = False,
    prices: Annotated[
        Path | None, typer.Option(help="A file of prices for cost.md instead of the built-in ones.")
    ] = None,
) -> None:
    """Write the bundle for ops: plain Terraform with inputs and tests, README, picture, report and cost."""
    from constructs_lib.cli.support.files import load
    from constructs_lib.cli.support.stacks import synthesize
    from constructs_lib.cli.support.verdicts import holds, status_of_broken
    from constructs_lib.handoff import bundle
    from constructs_lib.handoff.delivery import writing
    from constructs_lib.handoff.guards.checkov import checkov_findings, checkov_program

    project_root: Path = context.obj
    environments = load([file], project_root=project_root)
    with wrong_input_exits(), tempfile.TemporaryDirectory(prefix="handoff-") as scratch:
        writing.check_target(output, archived=archive)
        program = checkov_program(project_root) if checkov else None
        [stack] = synthesize(environments, project_root=project_root, output=Path(scratch)).values()
        if not holds(stack):
            raise typer.Exit(status_of_broken(stack))
        say(f"{stack.name}: synthesized and proven")
        findings = checkov_findings(program, stack.document.content) if program else None
        files = bundle.build_bundle(
            stack,
            prices=prices,
            checkov=findings,
            hcl=hcl,
            progress=lambda line: say(f"{stack.name}: {line}"),
        )
        kept = writing.write_bundle(files, output)
        if kept:
            say(f"{stack.name}: kept of the earlier folder: {', '.join(kept)}")
        say(f"{stack.name}: bundle in {shown(output)}; next: {shown(output / 'README.md')}")
        if archive:
            path = writing.write_archive(files, output, name=stack.intent.name_prefix)
            say(f"{stack.name}: {shown(path)}, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
