"""``prove``: whether Terraform JSON keeps what an environment file promises."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.aws_rules import ruling_of
from constructs_lib.cli.support.console import WRONG_INPUT, say, table, warn_lines, wrong_input_exits

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.proof import Document, Promise, Proof


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

    project_root: Path = context.obj
    [(name, environment)] = load([file], project_root=project_root).items()
    with wrong_input_exits():
        document = read(terraform) if terraform else _synthesized(name, environment, project_root)
    proof, ruling = proof_of(name, environment, document), ruling_of(name, environment, document)
    if proof.broken or ruling.broken:
        raise typer.Exit(WRONG_INPUT)
    say(
        f"{name}: proven, {len(proof.kept)} promises kept, {len(proof.uncertain)} depend on what is elsewhere"
    )


def proof_of(name: str, environment: Environment, document: Document) -> Proof:
    """Prove an environment's promises, and print those that are broken or that the document cannot answer."""
    from constructs_lib.proof import prove as prove_promises

    proof = prove_promises(environment, document)
    warn_lines(
        f"{name}: warning: cannot tell: {promise.sentence}: {promise.why}" for promise in proof.uncertain
    )
    if proof.broken:
        title = f"{name}: {len(proof.broken)} of {len(proof.promises)} promises are broken"
        table(title, ("promise", "what breaks it", "where"), _rows(proof.broken))
    return proof


def read(path: Path) -> Document:
    """Read a file or a folder of Terraform JSON.

    Raises:
        ConfigError: there is none, or it is no Terraform JSON.
    """
    from constructs_lib.proof import read_document

    return read_document(path)


def _synthesized(name: str, environment: Environment, project_root: Path) -> Document:
    from constructs_lib.cli.synth import synthesize

    with tempfile.TemporaryDirectory(prefix="prove-") as scratch:
        synthesize({name: environment}, project_root=project_root, output=Path(scratch))
        return read(Path(scratch, "stacks", name))


def _rows(promises: Sequence[Promise]) -> list[tuple[str, str, str]]:
    return [(promise.sentence, promise.why, promise.where) for promise in promises]
