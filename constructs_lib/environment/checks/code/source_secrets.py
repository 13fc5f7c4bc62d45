"""Secrets in the folders of functions: a package is kept by Lambda, by the state's owners and by a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.compute.packaging.package import packaged_files
from constructs_lib.environment.checks.secrets import RULE
from constructs_lib.errors import Problem
from constructs_lib.problem_words import Excerpt
from constructs_lib.secrets.packages import COMPILED, secret_in_file, secrets_in_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LIBRARIES = ("node_modules", "site-packages", "vendor", "dist-packages")
_MOST = 5


def check_source_secrets(folder: Path, source: str, field: str) -> Iterator[Problem]:
    """Every file of a function's folder that would be packaged. source: the folder as the file writes it."""
    try:
        installed = {path.name.partition("-")[0].lower() for path in folder.glob("*.dist-info")}
        files = sorted(
            path for path in packaged_files(folder) if path.is_file() and path.suffix not in COMPILED
        )
    except OSError:
        return  # packaging says what cannot be read
    for path in files:
        inside = path.relative_to(folder).as_posix()
        parts = inside.split("/")
        library = (
            any(part in _LIBRARIES for part in parts) or parts[0].lower().removesuffix(".py") in installed
        )
        for place, kind in list(_look(path, inside, library=library))[:_MOST]:
            at = f"{source.rstrip('/')}/{inside}"
            rule = f"this file would be packaged, and holds what looks like {kind}"
            waived = f'if it is none, waive the rule "{RULE}" at "{at}" with the reason'
            way_out = f"keep it in Secrets Manager and name its ARN in secrets of the function; {waived}"
            yield Problem(field, Excerpt(f"{inside}{place}"), rule, way_out, RULE, (at,))


def _look(path: Path, name: str, *, library: bool) -> Iterator[tuple[str, str]]:
    try:
        content = path.read_bytes()
    except OSError:
        return
    if library or ".dist-info/" in name:
        if kind := secret_in_file(content):
            yield "", kind
        return
    for line, kind in secrets_in_source(name, content):
        yield f", line {line}", kind
