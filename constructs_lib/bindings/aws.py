"""The AWS provider's classes, each imported on first use: ``aws.SqsQueue`` is that of ``sqs_queue``.

Types of those that this project uses stand in ``aws.pyi``, which ``python -m tools.binding_stubs`` writes
from the provider: type checkers read that instead of the provider itself (58 s and 3.4 GB). The others are
``Any`` to them; the class in the provider's own package has its types.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from constructs_lib.bindings.flavour import flavour
from constructs_lib.bindings.modules import MODULES
from constructs_lib.problem_words import nearest

_module_of = {name: module for module, names in MODULES.items() for name in names}

__all__ = [*_module_of]


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _module_of.get(name) or _module_that_may_have(name)
    importlib.import_module("constructs_lib.bindings.classes")  # it prepares for the provider
    whole = f"{flavour().provider}.{module}"
    found = getattr(importlib.import_module(whole), name, None)
    if found is None:
        raise AttributeError(f"module {whole} has no class {name}")
    globals()[name] = found
    return found


def _module_that_may_have(name: str) -> str:
    """The provider's module that has the class of this name: ``sqs_queue`` also that of its blocks.

    Raises:
        AttributeError: none can have it; the nearest names are said.
    """
    squashed, modules = name.lower(), _modules()
    for end in range(len(squashed), 2, -1):
        if squashed[:end] in modules:
            return modules[squashed[:end]]
    near = nearest(squashed, modules)
    meant = f"; did you mean the class of {flavour().provider}.{modules[near]}?" if near else ""
    raise AttributeError(f"the AWS provider's bindings have no class {name}{meant}")


@cache
def _modules() -> dict[str, str]:
    """Every module of the provider, by its name without underscores."""
    folders = (entry.name for entry in flavour().provider_folder().iterdir() if entry.is_dir())
    return {folder.replace("_", ""): folder for folder in folders if not folder.startswith("_")}
