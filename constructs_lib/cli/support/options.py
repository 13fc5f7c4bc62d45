"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

VariableFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--var-file",
        help="A .tfvars or .tfvars.json with values of variables, as terraform has it; may be repeated.",
    ),
]
