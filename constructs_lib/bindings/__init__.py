"""The only door to cdktf, constructs and the AWS provider; importing it starts node.

``from constructs_lib.bindings import Construct, TerraformStack, aws``: AWS resources are attributes of
``aws``, each loaded when it is first used.
"""

from __future__ import annotations

from constructs_lib.bindings.lazy import LazyBindingsWarning, prepared

with prepared():
    from cdktf import (
        App,
        CloudBackend,
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
    from constructs import Construct

from constructs_lib.bindings import aws
from constructs_lib.bindings.addresses import Address, address_of
from constructs_lib.bindings.assets import zip_asset
from constructs_lib.bindings.literals import has_token, literal, operand
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
    "aws",
    "has_token",
    "literal",
    "operand",
    "resolved",
    "zip_asset",
]
