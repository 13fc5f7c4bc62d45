"""Real Terraform over synthesized stacks, offline, with a stand-in for the AWS provider.

Importing this loads none of it; each name loads its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.testing.terraform.attachment import Attachment as Attachment
    from constructs_lib.testing.terraform.engine import EngineMissing as EngineMissing
    from constructs_lib.testing.terraform.engine import available_engines as available_engines
    from constructs_lib.testing.terraform.offline import OfflineTerraform as OfflineTerraform
    from constructs_lib.testing.terraform.offline import offline_terraform as offline_terraform
    from constructs_lib.testing.terraform.results import Apply as Apply
    from constructs_lib.testing.terraform.results import Call as Call
    from constructs_lib.testing.terraform.results import Plan as Plan
    from constructs_lib.testing.terraform.results import TerraformError as TerraformError
    from constructs_lib.testing.terraform.stand_in.faults import Hold as Hold
    from constructs_lib.testing.terraform.stand_in.faults import ProviderCall as ProviderCall
    from constructs_lib.testing.terraform.stand_in.live.refusal import RefusedChange as RefusedChange

_HOME = {
    "Apply": "results",
    "Attachment": "attachment",
    "Call": "results",
    "EngineMissing": "engine",
    "Hold": "stand_in.faults",
    "OfflineTerraform": "offline",
    "Plan": "results",
    "ProviderCall": "stand_in.faults",
    "RefusedChange": "stand_in.live.refusal",
    "TerraformError": "results",
    "available_engines": "engine",
    "offline_terraform": "offline",
}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
