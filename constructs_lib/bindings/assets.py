"""Files that a stack carries beside its JSON."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.bindings.classes import AssetType, Construct, TerraformAsset


def zip_asset(scope: Construct, path: Path) -> str:
    """Copy the file into the stack's folder at synth, and return its path relative to that folder."""
    return TerraformAsset(scope, "package", path=str(path), type=AssetType.FILE).path
