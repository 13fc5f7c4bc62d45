"""What a Lambda function runs: a zip of a folder, or a container image."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.bindings import Construct, literal, zip_asset
from constructs_lib.compute.package import build_package


@dataclass(frozen=True)
class ZipCode:
    """A folder of source code, whose bytes become a zip that is the same on any machine.

    handler: what Lambda calls, for Python ``module.function``. runtime: Lambda's name of it.
    """

    source: Path
    handler: str = "handler.handler"
    runtime: str = "python3.13"

    def arguments(self, construct: Construct, *, field: str) -> dict[str, Any]:
        """Return the arguments of aws_lambda_function that name the code.

        Raises:
            ConfigError: the folder can't be packaged.
        """
        content = build_package(self.source, field=field)
        digest = hashlib.sha256(content)
        return {
            "package_type": "Zip",
            "filename": zip_asset(construct, _kept(content, digest.hexdigest(), self.source.name)),
            "source_code_hash": base64.b64encode(digest.digest()).decode(),
            "handler": self.handler,
            "runtime": self.runtime,
        }


@dataclass(frozen=True)
class ImageCode:
    """A container image in a private ECR repository of the function's region, best named by its digest."""

    image: str

    def arguments(self, construct: Construct, *, field: str) -> dict[str, Any]:  # noqa: ARG002
        """Return the arguments of aws_lambda_function that name the image."""
        return {"package_type": "Image", "image_uri": literal(self.image)}


_packages: list[tempfile.TemporaryDirectory[str]] = []


def _kept(content: bytes, digest: str, name: str) -> Path:
    """Write a zip where it lasts as long as the process: the synth copies it at its end."""
    if not _packages:
        _packages.append(tempfile.TemporaryDirectory(prefix="lambda-packages-"))
    folder = Path(_packages[0].name) / digest
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.zip"
    path.write_bytes(content)
    return path
