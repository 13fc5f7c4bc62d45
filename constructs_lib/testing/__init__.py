"""What users import in their pytest: assertions on synthesized Terraform JSON.

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
    from constructs_lib.testing.local_chain import LocalAnswer as LocalAnswer
    from constructs_lib.testing.local_chain import LocalChain as LocalChain

_HOME = {
    "Capture": "assertions.match",
    "LocalAnswer": "local_chain",
    "LocalChain": "local_chain",
    "Match": "assertions.match",
    "Resource": "assertions.template",
    "Template": "assertions.template",
    "assert_exposed_only": "assertions.reachability",
    "assert_reachable": "assertions.reachability",
    "assert_unreachable": "assertions.reachability",
}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
