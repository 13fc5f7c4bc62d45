"""What users import in their pytest: assertions on synthesized Terraform JSON.

Importing this loads none of it; each name loads its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.testing.match import Capture as Capture
    from constructs_lib.testing.match import Match as Match
    from constructs_lib.testing.reachability import assert_exposed_only as assert_exposed_only
    from constructs_lib.testing.reachability import assert_reachable as assert_reachable
    from constructs_lib.testing.reachability import assert_unreachable as assert_unreachable
    from constructs_lib.testing.template import Resource as Resource
    from constructs_lib.testing.template import Template as Template

_HOMES = {
    "Capture": "match",
    "Match": "match",
    "Resource": "template",
    "Template": "template",
    "assert_exposed_only": "reachability",
    "assert_reachable": "reachability",
    "assert_unreachable": "reachability",
}

__all__ = [
    "Capture",
    "Match",
    "Resource",
    "Template",
    "assert_exposed_only",
    "assert_reachable",
    "assert_unreachable",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
