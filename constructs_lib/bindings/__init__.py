"""The only door to cdktf, constructs and the AWS provider.

``from constructs_lib.bindings import Construct, TerraformStack, aws``: the first class that is asked for
loads cdktf and needs node; AWS resources are attributes of ``aws``, each loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.bindings import aws
    from constructs_lib.bindings.addresses import Address, address_of, addresses_in
    from constructs_lib.bindings.assets import zip_asset
    from constructs_lib.bindings.classes import (
        App,
        CloudBackend,
        Construct,
        Fn,
        LocalBackend,
        NamedCloudWorkspace,
        Postcondition,
        Precondition,
        S3Backend,
        TaggedCloudWorkspaces,
        TerraformElement,
        TerraformLocal,
        TerraformOutput,
        TerraformResource,
        TerraformResourceLifecycle,
        TerraformStack,
        TerraformVariable,
        Testing,
        Token,
    )
    from constructs_lib.bindings.lazy import LazyBindingsWarning
    from constructs_lib.bindings.literals import has_token, json_text, literal, operand
    from constructs_lib.bindings.tokens import resolved

__all__ = [
    "Address",
    "App",
    "CloudBackend",
    "Construct",
    "Fn",
    "LazyBindingsWarning",
    "LocalBackend",
    "NamedCloudWorkspace",
    "Postcondition",
    "Precondition",
    "S3Backend",
    "TaggedCloudWorkspaces",
    "TerraformElement",
    "TerraformLocal",
    "TerraformOutput",
    "TerraformResource",
    "TerraformResourceLifecycle",
    "TerraformStack",
    "TerraformVariable",
    "Testing",
    "Token",
    "address_of",
    "addresses_in",
    "aws",
    "has_token",
    "json_text",
    "literal",
    "operand",
    "resolved",
    "zip_asset",
]

_HOME = {
    "Address": "addresses",
    "LazyBindingsWarning": "lazy",
    "address_of": "addresses",
    "addresses_in": "addresses",
    "has_token": "literals",
    "json_text": "literals",
    "literal": "literals",
    "operand": "literals",
    "resolved": "tokens",
    "zip_asset": "assets",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "aws":
        return importlib.import_module(f"{__name__}.aws")
    found = getattr(importlib.import_module(f"{__name__}.{_HOME.get(name, 'classes')}"), name)
    globals()[name] = found
    return found
