"""The AWS provider's classes, each imported on first use: ``aws.SqsQueue`` is that of ``sqs_queue``.

Types of those that this project uses stand in ``aws.pyi``, which ``python -m tools.binding_stubs`` writes
from the provider: type checkers read that instead of the provider itself (58 s and 3.4 GB). The others are
``Any`` to them; ``from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue`` has its types.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from constructs_lib.bindings.modules import MODULES
from constructs_lib.problem_words import nearest

_PROVIDER = "cdktf_cdktf_provider_aws"
_module_of = {name: module for module, names in MODULES.items() for name in names}

__all__ = [*_module_of]


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _module_of.get(name) or _module_that_may_have(name)
    importlib.import_module("constructs_lib.bindings.classes")  # it prepares for the provider
    found = getattr(importlib.import_module(f"{_PROVIDER}.{module}"), name, None)
    if found is None:
        raise AttributeError(f"module {_PROVIDER}.{module} has no class {name}")
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
    meant = f"; did you mean the class of {_PROVIDER}.{modules[near]}?" if near else ""
    raise AttributeError(f"the AWS provider's bindings have no class {name}{meant}")


@cache
def _modules() -> dict[str, str]:
    """Every module of the provider, by its name without underscores."""
    package = importlib.util.find_spec(_PROVIDER)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"No module named {_PROVIDER!r}", name=_PROVIDER)
    folders = (entry.name for entry in Path(package.origin).parent.iterdir() if entry.is_dir())
    return {folder.replace("_", ""): folder for folder in folders if not folder.startswith("_")}
