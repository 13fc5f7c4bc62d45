"""What users import in their tests: assertions on synthesized Terraform JSON, Terraform offline, a local run.

Importing this loads none of it; each name loads its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.testing.assertions.match import Capture as Capture
    from constructs_lib.testing.assertions.match import Match as Match
    from constructs_lib.testing.assertions.reachability import assert_exposed_only as assert_exposed_only
    from constructs_lib.testing.assertions.reachability import assert_reachable as assert_reachable
    from constructs_lib.testing.assertions.reachability import assert_unreachable as assert_unreachable
    from constructs_lib.testing.assertions.template import Resource as Resource
    from constructs_lib.testing.assertions.template import Template as Template
    from constructs_lib.testing.chain import LocalAnswer as LocalAnswer
    from constructs_lib.testing.chain import LocalChain as LocalChain
    from constructs_lib.testing.chain import local_chain as local_chain
    from constructs_lib.testing.pytest_plugin import StartChain as StartChain
    from constructs_lib.testing.pytest_plugin import StartTerraform as StartTerraform
    from constructs_lib.testing.terraform.offline import OfflineTerraform as OfflineTerraform
    from constructs_lib.testing.terraform.offline import offline_terraform as offline_terraform

_HOME = {
    "Capture": "assertions.match",
    "LocalAnswer": "chain",
    "LocalChain": "chain",
    "Match": "assertions.match",
    "OfflineTerraform": "terraform.offline",
    "Resource": "assertions.template",
    "StartChain": "pytest_plugin",
    "StartTerraform": "pytest_plugin",
    "Template": "assertions.template",
    "assert_exposed_only": "assertions.reachability",
    "assert_reachable": "assertions.reachability",
    "assert_unreachable": "assertions.reachability",
    "local_chain": "chain",
    "offline_terraform": "terraform.offline",
}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
