"""A synthesized environment, as a hand-off takes it."""

from __future__ import annotations

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import load_environment
from tests.support.projects import SHOP, project


def handed_over(folder, text=SHOP, name="dev"):
    """Synthesize an environment file's text."""
    shop = project(folder)
    environment = load_environment(shop.write(text, name), project_root=shop.root)
    return synthesize({name: environment}, project_root=shop.root, output=folder / "cdktf.out")[name]
