"""The classes of cdktf and constructs that this project uses; importing this needs node."""

from __future__ import annotations

from constructs_lib.bindings.lazy import prepared

with prepared():
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
