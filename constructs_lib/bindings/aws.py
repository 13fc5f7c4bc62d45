"""The AWS provider's classes that this project uses, each imported on first use.

Their types stand in ``aws.pyi``, which ``python -m tools.binding_stubs`` writes from the provider:
type checkers read that instead of the provider itself (58 s and 3.4 GB).
"""

from __future__ import annotations

import importlib
from typing import Any

from constructs_lib.bindings.modules import MODULES

_module_of = {name: module for module, names in MODULES.items() for name in names}

__all__ = [*_module_of]


def __getattr__(name: str) -> Any:
    if name not in _module_of:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    importlib.import_module("constructs_lib.bindings.classes")  # it prepares for the provider
    module = importlib.import_module(f"cdktf_cdktf_provider_aws.{_module_of[name]}")
    found = getattr(module, name)
    globals()[name] = found
    return found
