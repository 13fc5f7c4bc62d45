"""``diff``: what a newer bundle would add, change, replace and remove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier bundle, a folder or an archive.")],
    new: Annotated[Path, typer.Argument(help="The newer bundle, a folder or an archive.")],
) -> None:
    """Compare two bundles: + added, ~ changed in place, -/+ replaced, - removed."""
    from constructs_lib.handoff.delivery.compare import compare
    from constructs_lib.handoff.delivery.manifest import read_manifest

    with wrong_input_exits():
        found = compare(read_manifest(old, field="OLD"), read_manifest(new, field="NEW"))
    for line in found.lines():
        say(line)
    say(found.summary())
