"""A synthesized environment, and its bundle, as the hand-off makes them."""

from __future__ import annotations

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import load_environment
from constructs_lib.handoff.bundle import read_stack
from tests.support.projects import SHOP, project


def handed_over(folder, text=SHOP, name="dev"):
    """Synthesize an environment file's text; give the stack, and its files as the hand-off reads them."""
    shop = project(folder)
    environment = load_environment(shop.write(text, name), project_root=shop.root)
    made = synthesize({name: environment}, project_root=shop.root, output=folder / "cdktf.out")
    return made[name], read_stack(made[name].folder)
