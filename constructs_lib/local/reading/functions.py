"""Lambda functions as the document defines them, with all that a process of theirs needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.lambda_tables import (
    DEFAULT_EPHEMERAL_STORAGE_MB,
    DEFAULT_MEMORY_MB,
    DEFAULT_TIMEOUT_S,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.local.reading.values import Values
    from constructs_lib.terraform_json.block import Block


@dataclass(frozen=True)
class Function:
    """One function. variables: its own environment, values as Terraform means them. package: its zip, and
    ``digest`` what tells its bytes from others.

    source: the folder that the zip was made from, where it is known. cannot_run: why this machine does not
    run it; empty where it does.
    """

    address: str
    name: str
    function_name: str
    arn: str
    handler: str
    runtime: str
    memory_mb: int
    timeout_s: int
    variables: Mapping[str, Any] = field(hash=False)
    package: Path | None = field(compare=False)
    digest: str = ""
    source: Path | None = None
    reserved_concurrency: int | None = None
    ephemeral_storage_mb: int = DEFAULT_EPHEMERAL_STORAGE_MB
    log_format: str = "Text"
    layers: tuple[str, ...] = ()
    cannot_run: str = ""


def read_functions(
    values: Values, *, folder: Path | None, sources: Mapping[str, Path]
) -> dict[str, Function]:
    """Give the functions by address. folder: where the packages' paths begin. sources: folders by name."""
    return {
        block.address: _function(block, values, folder, sources)
        for block in values.document.resources("aws_lambda_function")
    }


def _function(block: Block, values: Values, folder: Path | None, sources: Mapping[str, Path]) -> Function:
    name = block.address.split(".", 1)[1]
    package = _package(block, values, folder)
    variables: dict[str, Any] = {}
    for part in block.blocks("environment"):
        found = part.get("variables")
        variables.update(found if isinstance(found, dict) else {})
    storage = [part.number("size") for part in block.blocks("ephemeral_storage")]
    formats = [values.text(part.get("log_format") or "Text") for part in block.blocks("logging_config")]
    return Function(
        address=block.address,
        name=name,
        function_name=values.text(block.get("function_name") or name),
        arn=values.arn(block),
        handler=values.text(block.get("handler") or ""),
        runtime=values.text(block.get("runtime") or ""),
        memory_mb=_number(block.number("memory_size"), DEFAULT_MEMORY_MB),
        timeout_s=_number(block.number("timeout"), DEFAULT_TIMEOUT_S),
        variables=variables,
        package=package,
        digest=_digest(block, package),
        source=sources.get(name),
        reserved_concurrency=_reserved(block.number("reserved_concurrent_executions")),
        ephemeral_storage_mb=_number(storage[0] if storage else None, DEFAULT_EPHEMERAL_STORAGE_MB),
        log_format=formats[0] if formats else "Text",
        layers=tuple(map(str, block.texts("layers"))),
        cannot_run=_obstacle(block, package),
    )


def _number(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _reserved(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


def _package(block: Block, values: Values, folder: Path | None) -> Path | None:
    if not block.has("filename"):
        return None
    path = Path(values.text(block.get("filename")))
    return path if path.is_absolute() or folder is None else folder / path


def _digest(block: Block, package: Path | None) -> str:
    written = block.text("source_code_hash")
    if isinstance(written, str):
        return written
    if package is None or not package.is_file():
        return ""
    about = package.stat()
    return f"{about.st_size}-{about.st_mtime_ns}"


def _obstacle(block: Block, package: Path | None) -> str:
    if block.text("package_type") == "Image" or block.has("image_uri"):
        return f"{block.address} is a container image, which is not run on this machine"
    if package is None:
        return f"the code of {block.address} is not in a file beside the document"
    if not package.is_file():
        return f"{package}, the package of {block.address}, does not exist"
    return ""
