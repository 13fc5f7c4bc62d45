"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Settings = Annotated[
    Path | None,
    typer.Option(help="A TOML file with waivers and quotas; default: lint.toml beside what is read."),
]
VariableFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--var-file",
        help="A .tfvars or .tfvars.json with values of variables, as terraform has it; may be repeated.",
    ),
]
