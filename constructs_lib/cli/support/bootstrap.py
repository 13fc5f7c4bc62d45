"""The stack of the state bucket, as a folder of Terraform JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.environment import Environment


def synthesize_bootstrap(environment: Environment, name: str, *, output: Path) -> None:
    """Write the Terraform JSON of the bootstrap stack into an empty folder.

    Raises:
        ConfigError: the environment keeps its state elsewhere, the folder can't be written to, or node can't
            run.
    """
    from constructs_lib.bindings import App
    from constructs_lib.bindings.faults import in_node
    from constructs_lib.state.bootstrap import BootstrapStack, state_bucket_of

    state_bucket_of(environment)  # before anything is written
    with in_node(where=str(output)):
        app = App(outdir=str(output.resolve()))
        BootstrapStack(app, name, environment=environment)
        app.synth()
