"""What waivers say is no secret: of an environment file, or of settings beside a stack that is Python."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from constructs_lib.environment import Environment, Waiver
from constructs_lib.environment.checks.secrets import RULE, accepted_values
from constructs_lib.environment.tables.waiver import accepting
from constructs_lib.secrets.packages import COMPILED
from constructs_lib.terraform_json import Document
from constructs_lib.views.written_stack import WrittenStack


def accepted_texts(stack: WrittenStack) -> frozenset[str]:
    """Give the values of variables and tags that are said to be no secrets."""
    if stack.environment is not None:
        return accepted_values(stack.environment)
    waivers = _waivers(stack)
    found = _variables(stack.document)
    return frozenset(value for address, value in found if accepting(waivers, RULE, address))


def _variables(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the variables of functions and the tags of the provider, by what waivers call them."""
    for label, body in document.bodies_of("aws_lambda_function").items():
        for name, value in _maps(body.get("environment"), "variables"):
            yield f"aws_lambda_function.{label}.environment.{name}", value
    for provider in document.provider_bodies("aws"):
        for name, value in _maps(provider.get("default_tags"), "tags"):
            yield f"tags.{name}", value


def _maps(found: Any, name: str) -> Iterator[tuple[str, str]]:
    for block in found if isinstance(found, list) else [found]:
        inner = block.get(name) if isinstance(block, Mapping) else None
        for key, value in inner.items() if isinstance(inner, Mapping) else ():
            if isinstance(value, str):
                yield key, value


def package_files(packages: Mapping[str, bytes], stack: WrittenStack) -> Iterator[tuple[str, str, bytes]]:
    """Give what packages hold, but files that waivers accept: field, name and content.

    A file is ``SOURCE/NAME`` to a waiver where an environment file names the source, else
    ``packages/NAME.zip/NAME``.
    """
    waivers = _waivers(stack)
    for path, content in packages.items():
        field, source = _origin(path, stack.environment)
        if not zipfile.is_zipfile(io.BytesIO(content)):
            continue
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                if not name.endswith(COMPILED) and not accepting(waivers, RULE, f"{source}/{name}"):
                    yield field, name, package.read(name)


def _origin(path: str, environment: Environment | None) -> tuple[str, str]:
    if environment is None:
        return path, path
    name = PurePosixPath(path).stem
    function = environment.functions.get(name)
    return f"functions.{name}.source", str(function.source).rstrip("/") if function else ""


def _waivers(stack: WrittenStack) -> Sequence[Waiver]:
    settings = stack.environment or stack.lint_settings
    return settings.waivers if settings else ()
