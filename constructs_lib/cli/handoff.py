"""``handoff``: the bundle with which an ops team runs an environment, without Python or Node."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.cli.support.exit_status import WRONG_INPUT
from constructs_lib.cli.support.options import Settings
from constructs_lib.cli.support.paths import shown
from constructs_lib.errors import ConfigError, Problem

if TYPE_CHECKING:
    from constructs_lib.terraform_json import Document
    from constructs_lib.views.written_stack import WrittenStack


def handoff(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option(help="The bundle's folder: new, empty, or an earlier bundle, which is replaced.")
    ],
    file: Annotated[Path | None, typer.Argument(help="The environment file.")] = None,
    terraform: Annotated[
        Path | None,
        typer.Option(
            help="In place of an environment file: the folder of a stack that is all Python, as "
            "cdktf.out/stacks/NAME."
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="With --terraform: what the bundle is called. Default: the folder's name."),
    ] = None,
    settings: Settings = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Also OUTPUT.zip, the same bytes on every machine.")
    ] = False,
    checkov: Annotated[
        bool, typer.Option("--checkov", help="Put what checkov says into the report, with reasons.")
    ] = False,
    hcl: Annotated[
        bool, typer.Option("--hcl", help="Terraform's own syntax, to review and take over, instead of JSON.")
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option(help="An earlier bundle, folder or archive: the README then says what changes."),
    ] = None,
    prices: Annotated[
        Path | None, typer.Option(help="A file of prices for cost.md instead of the built-in ones.")
    ] = None,
) -> None:
    """Write the bundle for ops: plain Terraform with inputs and tests, README, picture, report and cost."""
    from constructs_lib.cli.support.comparison import since_bundle
    from constructs_lib.handoff import bundle
    from constructs_lib.handoff.delivery import writing
    from constructs_lib.handoff.delivery.manifest import read_manifest
    from constructs_lib.handoff.guards.checkov import checkov_findings, checkov_program
    from constructs_lib.handoff.identity import identity_of

    project_root: Path = context.obj
    with wrong_input_exits():
        _check_one(file, terraform, {"--name": name, "--settings": settings})
        writing.check_target(output, archived=archive)
        if since:
            read_manifest(since, field="--since")
        program = checkov_program(project_root) if checkov else None
        with _held(file, terraform, name=name, settings=settings, project_root=project_root) as stack:
            findings = checkov_findings(program, stack.document.content) if program else None
            files = bundle.build_bundle(
                stack,
                prices=prices,
                checkov=findings,
                hcl=hcl,
                bucket=_state_bucket(stack),
                since=since_bundle(since, stack) if since else None,
                progress=lambda line: say(f"{stack.name}: {line}"),
            )
            kept = writing.write_bundle(files, output)
        if kept:
            say(f"{stack.name}: kept of the earlier folder: {', '.join(kept)}")
        say(f"{stack.name}: bundle in {shown(output)}; next: {shown(output / 'README.md')}")
        if archive:
            path = writing.write_archive(files, output, name=identity_of(stack).name)
            say(f"{stack.name}: {shown(path)}, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def _check_one(file: Path | None, terraform: Path | None, others: dict[str, object]) -> None:
    """
    Raises:
        ConfigError: neither an environment file nor a stack is named, or both are.
    """
    way_out = "name an environment file, or --terraform with the folder of a stack that is all Python"
    if file is None and terraform is None:
        raise ConfigError([Problem("FILE", None, "nothing to hand over is named", way_out)])
    if file is None:
        return
    named = {"--terraform": terraform, **others}
    rule = "is for a stack that is all Python, and an environment file is named, too"
    if wrong := [
        Problem(option, str(value), rule, "leave one out") for option, value in named.items() if value
    ]:
        raise ConfigError(wrong)


@contextmanager
def _held(
    file: Path | None, terraform: Path | None, *, name: str | None, settings: Path | None, project_root: Path
) -> Iterator[WrittenStack]:
    """Give the stack, which keeps what it is held to, with its folder at hand.

    Raises:
        ConfigError: there is none. Exit: it does not keep that.
    """
    from constructs_lib.cli.support.files import load
    from constructs_lib.cli.support.stacks import python_stack, synthesize
    from constructs_lib.cli.support.verdicts import holds, keeps_rules, status_of_broken

    if terraform is not None:
        stack = python_stack(terraform, name=name, settings=settings)
        if not keeps_rules(stack):
            raise typer.Exit(WRONG_INPUT)
        say(f"{stack.name}: read; no environment file says what is promised")
        yield stack
    elif file is not None:
        with tempfile.TemporaryDirectory(prefix="handoff-") as scratch:
            environments = load([file], project_root=project_root)
            [stack] = synthesize(environments, project_root=project_root, output=Path(scratch)).values()
            if not holds(stack):
                raise typer.Exit(status_of_broken(stack))
            say(f"{stack.name}: synthesized and proven")
            yield stack


def _state_bucket(stack: WrittenStack) -> Document | None:
    """The stack that makes the bucket of the state, where the environment names one."""
    from constructs_lib.cli.support.bootstrap import synthesize_bootstrap
    from constructs_lib.terraform_json import read_document

    if stack.environment is None or "s3" not in stack.document.backend:
        return None
    name = f"{stack.name}-bootstrap"
    with tempfile.TemporaryDirectory(prefix="state-") as scratch:
        synthesize_bootstrap(stack.environment, name, output=Path(scratch))
        return read_document(Path(scratch, "stacks", name, "cdk.tf.json"))
