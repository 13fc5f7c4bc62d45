"""What a Lambda function runs: a zip of a folder, or a container image."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, get_args

from constructs_lib.bindings import Construct, zip_asset
from constructs_lib.compute.images import check_image, parse_image
from constructs_lib.compute.packaging.handler import handler_problems
from constructs_lib.compute.packaging.package import build_package, package_hash
from constructs_lib.compute.packaging.requirements import install_requirements, user_cache
from constructs_lib.figures.lambda_tables import Runtime
from constructs_lib.option_checks import chosen, is_token, refuse


@dataclass(frozen=True)
class ZipCode:
    """A folder of source code, whose bytes become a zip that is the same on any machine.

    For a Python runtime, what ``requirements.txt`` in the folder asks for is packaged with it, for the
    function's architecture and from a cache of the user; without such a file nothing touches the network.
    source: relative to the current folder. handler: what Lambda calls, for Python ``module.function``, which
    the folder has to have. runtime: Lambda's name of it.

    Raises:
        ConfigError: Lambda has no such runtime.
    """

    name_ending: ClassVar[str] = ""
    source: str | Path
    handler: str = "handler.handler"
    runtime: str = "python3.13"

    def __post_init__(self) -> None:
        refuse(chosen("runtime", self.runtime, get_args(Runtime)))

    def arguments(self, construct: Construct, *, architecture: str, field: str) -> dict[str, Any]:
        """Return the arguments of aws_lambda_function that name the code.

        Raises:
            ConfigError: the folder can't be packaged, has no such handler, or its requirements can't be
                installed.
        """
        folder, dependencies = Path(self.source), None
        refuse(
            handler_problems(
                self.handler,
                runtime=self.runtime,
                folder=folder if folder.is_dir() else None,
                source=str(self.source),
                field=field.removesuffix("source") + "handler",
            )
        )
        if self.runtime.startswith("python"):
            dependencies = install_requirements(
                folder,
                runtime=self.runtime,
                architecture=architecture,
                cache_dir=user_cache(),
                field=field,
            )
        content = build_package(folder, field=field, dependencies=dependencies)
        return {
            "package_type": "Zip",
            "filename": zip_asset(construct, _kept(content, folder.resolve().name)),
            "source_code_hash": package_hash(content),
            "handler": self.handler,
            "runtime": self.runtime,
        }


@dataclass(frozen=True)
class ImageCode:
    """A container image in a private ECR repository of the function's region, best named by its digest.

    A function can't change from a zip to an image, and its replacement, made first, needs a name of its own.

    Raises:
        ConfigError: it is no image of a private ECR repository.
    """

    name_ending: ClassVar[str] = "_image"
    image: str

    def __post_init__(self) -> None:
        if not is_token(self.image):
            parsed = parse_image(self.image)
            region = (parsed and parsed.region) or "<region>"
            refuse(check_image(self.image, field="image", region=region, runs_on="lambda"))

    def arguments(self, construct: Construct, *, architecture: str, field: str) -> dict[str, Any]:  # noqa: ARG002
        """Return the arguments of aws_lambda_function that name the image."""
        return {"package_type": "Image", "image_uri": self.image}


_packages: list[tempfile.TemporaryDirectory[str]] = []


def _kept(content: bytes, name: str) -> Path:
    """Write a zip where it lasts as long as the process: the synth copies it at its end."""
    if not _packages:
        _packages.append(tempfile.TemporaryDirectory(prefix="lambda-packages-"))
    folder = Path(_packages[0].name) / hashlib.sha256(content).hexdigest()
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.zip"
    path.write_bytes(content)
    return path
