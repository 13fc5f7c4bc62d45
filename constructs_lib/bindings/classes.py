"""The classes of cdktf or cdktn, and constructs, that this project uses; importing this needs node."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from constructs_lib.bindings.flavour import flavour
from constructs_lib.bindings.lazy import prepared

if TYPE_CHECKING:
    from cdktf import (
        App,
        AssetType,
        CloudBackend,
        DefaultTokenResolver,
        Fn,
        LocalBackend,
        NamedCloudWorkspace,
        Postcondition,
        Precondition,
        S3Backend,
        StringConcat,
        TaggedCloudWorkspaces,
        TerraformAsset,
        TerraformElement,
        TerraformLocal,
        TerraformOutput,
        TerraformResource,
        TerraformResourceLifecycle,
        TerraformStack,
        TerraformVariable,
        Testing,
        Token,
        Tokenization,
    )
    from constructs import Construct, IConstruct

__all__ = [
    "App",
    "AssetType",
    "CloudBackend",
    "Construct",
    "DefaultTokenResolver",
    "Fn",
    "IConstruct",
    "LocalBackend",
    "NamedCloudWorkspace",
    "Postcondition",
    "Precondition",
    "S3Backend",
    "StringConcat",
    "TaggedCloudWorkspaces",
    "TerraformAsset",
    "TerraformElement",
    "TerraformLocal",
    "TerraformOutput",
    "TerraformResource",
    "TerraformResourceLifecycle",
    "TerraformStack",
    "TerraformVariable",
    "Testing",
    "Token",
    "Tokenization",
]

with prepared():
    _core, _constructs = importlib.import_module(flavour().name), importlib.import_module("constructs")

globals().update({name: getattr(_core if hasattr(_core, name) else _constructs, name) for name in __all__})
