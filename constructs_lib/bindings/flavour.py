"""Which CDK for Terraform runs, with which bindings of the AWS provider.

HashiCorp has archived cdktf (https://github.com/hashicorp/terraform-cdk); cdktn (https://cdktn.io) goes on
with it. What is written is the same but for three lines: the versions of the library and of the provider, and
the provider's source, which names the registry. Only this module knows names and forms of either.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.errors import ConfigError, Problem

VARIABLE = "CONSTRUCTS_LIB_FLAVOUR"


@dataclass(frozen=True)
class Flavour:
    """One of the two.

    name: of the core module, in Python and for node, and of the extra with which pip installs it.
    provider: the Python package of the AWS provider; distribution: its name for pip.
    package: the npm package inside of it.
    index_line: as a JavaScript pattern, how that package's index.js loads module ``$2`` as property ``$1``.
    lazy_in_python: the provider's Python package imports its modules when they are used.
    """

    name: str
    provider: str
    distribution: str
    package: str
    index_line: str
    lazy_in_python: bool

    @property
    def assemblies(self) -> tuple[str, ...]:
        """The Python packages whose jsii assemblies are loaded, in their order."""
        return ("constructs", self.name, self.provider)

    @property
    def missing(self) -> str:
        """The first of its packages that is not installed; empty where all are."""
        return next((name for name in ("jsii", *self.assemblies) if _folder(name) is None), "")

    @property
    def install(self) -> str:
        """The command that installs it."""
        return f"pip install 'constructs-lib[{self.name}]'"

    @property
    def for_the_hook(self) -> dict[str, str]:
        """The variable that tells ``lazy.cjs`` which file of node's to load lazily."""
        return {"CONSTRUCTS_LIB_INDEX": json.dumps({"package": self.package, "line": self.index_line})}

    def provider_folder(self) -> Path:
        """Where the bindings of the AWS provider lie, found without importing them.

        Raises:
            ModuleNotFoundError: they are not installed.
        """
        folder = _folder(self.provider)
        if folder is None:
            raise ModuleNotFoundError(f"{self.provider} is not installed: {self.install}", name=self.provider)
        return folder

    def provider_version(self) -> str:
        """The version of the AWS provider that those bindings are made for.

        Raises:
            ModuleNotFoundError: they are not installed.
        """
        from importlib.metadata import metadata  # takes its time, and every command imports this module

        found = re.search(r"provider version ([\d.]+)", metadata(self.distribution)["Description"])
        if found is None:
            raise ModuleNotFoundError(f"{self.provider} does not say of which provider", name=self.provider)
        return found[1]

    def archive(self) -> Path:
        """The jsii tarball in those bindings.

        Raises:
            ModuleNotFoundError: they are not installed.
        """
        for archive in (self.provider_folder() / "_jsii").glob("provider-aws@*.jsii.tgz"):
            return archive
        raise ModuleNotFoundError(f"{self.provider} has no archive of jsii's", name=self.provider)


FLAVOURS = {
    each.name: each
    for each in (
        Flavour(
            name="cdktf",
            provider="cdktf_cdktf_provider_aws",
            distribution="cdktf-cdktf-provider-aws",
            package="@cdktf/provider-aws",
            index_line=r'^exports\.(\w+) = require\("(\./[\w-]+)"\);$',
            lazy_in_python=False,
        ),
        Flavour(
            name="cdktn",
            provider="cdktn_provider_aws",
            distribution="cdktn-provider-aws",
            package="@cdktn/provider-aws",
            index_line=r'^exports\.(\w+) = __importStar\(require\("(\./[\w-]+/index)"\)\);$',
            lazy_in_python=True,
        ),
    )
}


def flavour() -> Flavour:
    """The one that ``CONSTRUCTS_LIB_FLAVOUR`` names, else the first that is installed, else cdktf.

    Raises:
        ConfigError: the variable names something else.
    """
    named = os.environ.get(VARIABLE)
    if named and named not in FLAVOURS:
        rule = f"there is no such flavour, only {' and '.join(FLAVOURS)}"
        raise ConfigError([Problem(VARIABLE, named, rule, "name one of them, or unset the variable")])
    there = (name for name, each in FLAVOURS.items() if not each.missing)
    return FLAVOURS[named or next(there, "cdktf")]


def installed_flavour() -> Flavour:
    """``flavour``, where that is installed.

    Raises:
        ConfigError: it is not, or the variable names none.
    """
    chosen = flavour()
    if not (missing := chosen.missing):
        return chosen
    rule = "is not installed, and Terraform is written with it"
    ways = [chosen] if os.environ.get(VARIABLE) else [*FLAVOURS.values()]
    raise ConfigError([Problem(chosen.name, missing, rule, ", or ".join(way.install for way in ways))])


def _folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent
