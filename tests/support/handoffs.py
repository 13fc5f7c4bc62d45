"""A synthesized environment, and its bundle, as the hand-off makes them."""

from __future__ import annotations

from constructs_lib.cli.synth import synthesize
from constructs_lib.environment import load_environment
from constructs_lib.handoff.bundle import read_stack
from tests.support.projects import SHOP, project


def handed_over(folder, text=SHOP, name="dev"):
    """Synthesize an environment file's text; give the environment and the stack as the hand-off reads it."""
    shop = project(folder)
    environment = load_environment(shop.write(text, name), project_root=shop.root)
    synthesize({name: environment}, project_root=shop.root, output=folder / "cdktf.out")
    return environment, read_stack(folder / "cdktf.out" / "stacks" / name)
