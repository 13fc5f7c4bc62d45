"""``diff``: what would change between two stacks, what that interrupts, and what AWS refuses in place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.comparison import compared, print_effects
from constructs_lib.cli.support.console import say, wrong_input_exits

_SIDE = (
    "a bundle (folder or archive), a stack folder, a file of Terraform JSON, an environment file, or what "
    "`terraform show -json` prints of a state or a plan"
)


def diff(
    context: typer.Context,
    old: Annotated[Path, typer.Argument(help=f"What there is: {_SIDE}.")],
    new: Annotated[Path, typer.Argument(help=f"What shall be: {_SIDE}.")],
) -> None:
    """Compare: + added, ~ changed in place, -/+ replaced (+/- the new one first), - removed.

    Below that, every interruption with its minutes, and what AWS refuses in place with the steps that lead
    there.
    """
    with wrong_input_exits():
        found = compared(old, new, project_root=context.obj)
    for line in found.lines():
        say(line)
    say(found.summary())
    print_effects(found)
