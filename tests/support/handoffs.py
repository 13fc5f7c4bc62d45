"""A synthesized environment, and its bundle, as a hand-off makes them."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import Environment, load_environment
from constructs_lib.handoff.bundle import build_bundle
from constructs_lib.handoff.delivery.writing import write_bundle
from constructs_lib.terraform_json import read_document
from constructs_lib.views.written_stack import WrittenStack
from tests.support.projects import SHOP, project


def handed_over(folder: Path, text: str = SHOP, name: str = "dev") -> WrittenStack:
    """Synthesize an environment file's text."""
    shop = project(folder)
    environment = load_environment(shop.write(text, name), project_root=shop.root)
    return synthesize({name: environment}, project_root=shop.root, output=folder / "cdktf.out")[name]


def hand_over(environment: Environment, stack: Path, bundle: Path, *, hcl: bool = False) -> Path:
    """Write the bundle of a synthesized stack's folder into another, and give that."""
    written = WrittenStack(stack.name, read_document(stack / "cdk.tf.json"), environment, stack)
    write_bundle(build_bundle(written, hcl=hcl), bundle)
    return bundle
