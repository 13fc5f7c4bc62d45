"""A project folder with environment files, as a user has one, and its stacks as templates."""

from __future__ import annotations

from pathlib import Path

from constructs_lib import EnvironmentStack, load_environment
from constructs_lib.bindings import Testing as CdktfTesting
from constructs_lib.testing import Template

SHOP = """
project = "shop"
region = "eu-west-1"
[network]
cidr = "10.20.0.0/16"
nat = "single"
nat_zone = "a"
[load_balancers.public]
insecure_http = true
[functions.inventory]
source = "src/inventory"
exposure = "internal"
port = 8080
[functions.storefront]
source = "src/storefront"
exposure = "public"
paths = ["/*"]
calls = ["inventory"]
internet = true
timeout_s = 15
"""


class Project:
    """A folder with ``src/<function>`` for each name used and environment files written on demand."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, text: str, name: str = "dev") -> Path:
        folder = self.root / "environments"
        folder.mkdir(exist_ok=True)
        file = folder / f"{name}.toml"
        file.write_text(text)
        return file

    def function(self, name: str, code: str = "def handler(event, context):\n    return {}\n") -> None:
        folder = self.root / "src" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "handler.py").write_text(code)

    def template(self, text: str) -> Template:
        environment = load_environment(self.write(text), project_root=self.root)
        stack = EnvironmentStack(CdktfTesting.app(), "dev", environment=environment, project_root=self.root)
        return Template.from_stack(stack)


def project(root: Path) -> Project:
    made = Project(root)
    for name in ("inventory", "storefront", "prices"):
        made.function(name)
    return made
