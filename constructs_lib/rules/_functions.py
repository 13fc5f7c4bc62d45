"""Rules about Lambda functions: their network, their sizes, their code and their logs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import Route
from constructs_lib.proof.walking.addresses import EVERYWHERE
from constructs_lib.proof.walking.routing import route_for
from constructs_lib.rules._verdicts import (
    Doubt,
    Fault,
    Finding,
    at_most,
    each,
    given,
    judge,
    open_value,
    within_limits,
)
from constructs_lib.terraform_json.values import Template, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.rules._facts import Facts
    from constructs_lib.terraform_json.block import Block

SUBNETS, GROUPS = 16, 5
MEMORY_MB, TIMEOUT_S, STORAGE_MB = (128, 10240), (1, 900), (512, 10240)
NAME_LIMIT = 64
_KIND = "aws_lambda_function"
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_CODE = ("filename", "s3_bucket", "image_uri")
_ECR = re.compile(r"\d{12}\.dkr\.ecr(?:-fips)?\.([\w-]+)\.(?:amazonaws\.com|on\.aws)")


def in_vpc(facts: Facts) -> Iterator[Interface]:
    """Give the functions that have network interfaces in a VPC."""
    own = (function.interface for function in facts.model.functions.values())
    yield from (interface for interface in own if interface.vpc is not None)


def networks(facts: Facts) -> Iterator[Finding]:
    """Rule 24."""
    for interface in in_vpc(facts):
        yield judge(interface.address, _network(facts, interface))


def _network(facts: Facts, interface: Interface) -> Iterator[Fault]:
    yield from at_most(len(interface.subnets), SUBNETS, "subnets")
    yield from at_most(len(interface.groups), GROUPS, "security groups")
    if not interface.subnets:
        yield "names security groups and no subnet"
    subnets = (facts.model.subnets.get(identity) for identity in interface.subnets)
    groups = (facts.model.groups.get(identity) for identity in interface.groups)
    vpcs = {thing.vpc for thing in (*subnets, *groups) if thing is not None}
    if len(vpcs) > 1:
        several = f"its subnets and security groups are in {' and '.join(sorted(map(str, vpcs)))}"
        yield Doubt(several) if any(isinstance(vpc, Unknown) for vpc in vpcs) else several


def public_subnets(facts: Facts) -> Iterator[Finding]:
    """Rule 25."""
    for interface in in_vpc(facts):
        yield judge(interface.address, _in_public(facts, interface))


def _in_public(facts: Facts, interface: Interface) -> Iterator[Fault]:
    for identity in interface.subnets:
        subnet = facts.model.subnets.get(identity)
        route = route_for(facts.model, subnet, EVERYWHERE) if subnet else None
        if route is None:
            yield Doubt(f"the routes of {identity} are not in this document")
        elif isinstance(route, Route) and route.via == "internet gateway":
            yield f"is in {identity}, which leads to an internet gateway: a function has no public address"


def settings(facts: Facts) -> Iterator[Finding]:
    """Rule 26."""
    yield from each(facts.document.resources(_KIND), _settings)


def _settings(block: Block) -> Iterator[Fault]:
    yield from within_limits(block, "memory_size", *MEMORY_MB, unit=" MB")
    yield from within_limits(block, "timeout", *TIMEOUT_S, unit=" s")
    for storage in block.blocks("ephemeral_storage"):
        yield from within_limits(storage, "size", *STORAGE_MB, unit=" MB")
    name = block.text("function_name")
    if isinstance(name, Unknown):
        yield open_value("function_name", name)
    elif name and not name.startswith("arn:"):
        if len(name) > NAME_LIMIT:
            yield f"function_name has {len(name)} characters; {NAME_LIMIT} are allowed"
        if not _NAME.fullmatch(name):
            yield f"function_name {name!r} is not letters, digits, - and _"


def code(facts: Facts) -> Iterator[Finding]:
    """Rule 28: one kind of code."""
    yield from each(facts.document.resources(_KIND), lambda block: _code(facts, block))


def _code(facts: Facts, block: Block) -> Iterator[Fault]:
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
        yield from _registry(facts, block)
    elif named and package == "Zip":
        yield from (
            f"has no {name}, which a zip needs"
            for name in ("handler", "runtime")
            if given(block, name) is False
        )


def _registry(facts: Facts, block: Block) -> Iterator[Fault]:
    image = block.text("image_uri")
    if not isinstance(image, str):
        return
    found, here = _ECR.match(image), facts.region(block)
    if found is None:
        yield f"image_uri is {image}; Lambda takes images from a private ECR repository only"
    elif isinstance(here, str) and found[1] != here:
        yield f"has an image of {found[1]}; a function in {here} takes one of {here} only"


def digests(facts: Facts) -> Iterator[Finding]:
    """Rule 28: an image by its digest."""
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


def logs(facts: Facts) -> Iterator[Finding]:
    """Rule 29."""
    groups: dict[object, Block] = {}
    for block in facts.document.resources("aws_cloudwatch_log_group"):
        groups[str(block.text("name"))] = block
        groups[block.address] = block
    yield from each(facts.document.resources(_KIND), lambda block: _logged(facts, block, groups))


def _logged(facts: Facts, block: Block, groups: dict[object, Block]) -> Iterator[Fault]:
    config = next(iter(block.blocks("logging_config")), None)
    named = config.ref("log_group") if config is not None else None
    name = str(named) if named is not None else f"/aws/lambda/{block.text('function_name')}"
    group = groups.get(name)
    if group is None and (named is not None or isinstance(block.text("function_name"), Unknown)):
        yield Doubt(f"the log group {name} is not in this document")
    elif group is None:
        yield f"has no log group {name}, so Lambda makes one that keeps everything and stays behind"
    elif given(group, "retention_in_days") is False:
        yield f"writes to {group.address}, which keeps everything: it has no retention_in_days"
    elif not facts.order.is_after(block.address, group.address):
        yield f"is not made after {group.address}, so Lambda may make that log group first"


def destruction(facts: Facts) -> Iterator[Finding]:
    """Rule 36."""
    for interface in in_vpc(facts):
        yield judge(interface.address, _destroyed(facts.document.blocks[interface.address]))


def _destroyed(block: Block) -> Iterator[Fault]:
    swift = block.flag("replace_security_groups_on_destroy", False)
    if isinstance(swift, Unknown):
        yield open_value("replace_security_groups_on_destroy", swift)
    elif not swift:
        yield "has no replace_security_groups_on_destroy: its groups cannot go for 20 to 60 minutes after it"
