"""Rules about what Lambda functions run: a zip, or an image from ECR."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.figures.containers import ecr
from constructs_lib.figures.lambda_tables import DEPRECATED_RUNTIMES, RETIRED_RUNTIMES
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, each, given, judge, open_value
from constructs_lib.terraform_json.values import Template, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_KIND = "aws_lambda_function"
_CODE = ("filename", "s3_bucket", "image_uri")
_ECR = re.compile(ecr.REGISTRY)


def code(facts: Facts) -> Iterator[Finding]:
    """``lambda-code``: one kind of code."""
    yield from each(facts.document.resources(_KIND), _code)


def _code(block: Block) -> Iterator[Fault]:
    there = {name: given(block, name) for name in _CODE}
    named = [name for name, is_there in there.items() if is_there]
    if None in there.values():
        yield Doubt("which code it runs is not in this document")
    elif len(named) != 1:
        yield f"has {' and '.join(named) or 'no code'}; a function takes exactly one of {', '.join(_CODE)}"
    package = block.text("package_type") or "Zip"
    if named == ["image_uri"]:
        if package == "Zip":
            yield "has an image_uri without package_type Image"
        yield from (
            f"has a {name}, which an image brings" for name in ("handler", "runtime") if given(block, name)
        )
    elif named and package == "Zip":
        yield from (
            f"has no {name}, which a zip needs"
            for name in ("handler", "runtime")
            if given(block, name) is False
        )


def retired_runtimes(facts: Facts) -> Iterator[Finding]:
    """``lambda-runtime-retired``: runtimes of which AWS makes no function any more."""
    yield from each(facts.document.resources(_KIND), _retired)


def _retired(block: Block) -> Iterator[Fault]:
    runtime = block.text("runtime")
    if isinstance(runtime, Unknown):
        yield open_value("runtime", runtime)
    elif runtime in RETIRED_RUNTIMES:
        yield f"has runtime {runtime}, of which AWS has made no function since {RETIRED_RUNTIMES[runtime]}"


def deprecated_runtimes(facts: Facts) -> Iterator[Finding]:
    """``lambda-runtime-deprecated``: runtimes without security updates; AWS still makes functions of them."""
    yield from each(facts.document.resources(_KIND), _deprecated)


def _deprecated(block: Block) -> Iterator[Fault]:
    runtime = block.text("runtime")
    if isinstance(runtime, Unknown):
        yield open_value("runtime", runtime)
    elif runtime in DEPRECATED_RUNTIMES:
        instead = DEPRECATED_RUNTIMES[runtime]
        yield f"has runtime {runtime}, which gets no security updates any more: {instead} does"


def registries(facts: Facts) -> Iterator[Finding]:
    """``lambda-image-registry``."""
    for block in facts.document.resources(_KIND):
        if given(block, "image_uri") is not False:
            yield judge(block.address, _registry(facts, block))


def _registry(facts: Facts, block: Block) -> Iterator[Fault]:
    image = block.text("image_uri")
    if not isinstance(image, str):
        yield open_value("image_uri", image)
        return
    found, here = _ECR.match(image), facts.region(block)
    if found is None:
        yield f"image_uri is {image}; Lambda takes images from a private ECR repository only"
    elif isinstance(here, str) and found["region"] != here:
        yield f"has an image of {found['region']}; a function in {here} takes one of {here} only"


def digests(facts: Facts) -> Iterator[Finding]:
    """``lambda-image-digest``."""
    for block in facts.document.resources(_KIND):
        if given(block, "image_uri") is not False:
            yield judge(block.address, _digest(block))


def _digest(block: Block) -> Iterator[Fault]:
    image = block.document.settle(block.get("image_uri"))
    end = image.parts[-1] if isinstance(image, Template) else image
    if not isinstance(end, str):
        yield Doubt("whether its image is named by digest is not in this document")
    elif "@sha256:" not in end:
        yield "names its image by tag, which may mean another image tomorrow; a digest (@sha256:...) does not"
