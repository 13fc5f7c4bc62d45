"""Rules about Lambda functions: their network, their sizes and their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.figures.lambda_tables import (
    EPHEMERAL_STORAGE_MB,
    FUNCTION_NAME,
    FUNCTION_NAME_LENGTH,
    MEMORY_MB,
    SECURITY_GROUPS_PER_FUNCTION,
    SUBNETS_PER_FUNCTION,
    TIMEOUT_S,
)
from constructs_lib.proof.model.network import Route
from constructs_lib.proof.walking.addresses import EVERYWHERE
from constructs_lib.proof.walking.route_tables import route_for
from constructs_lib.rules.verdicts import (
    Doubt,
    Fault,
    Finding,
    at_most,
    each,
    judge,
    open_value,
    within_limits,
)
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_KIND = "aws_lambda_function"
_NAMES = re.compile(FUNCTION_NAME)


def in_vpc(facts: Facts) -> Iterator[Interface]:
    """Give the functions that have network interfaces in a VPC."""
    own = (function.interface for function in facts.model.functions.values())
    yield from (interface for interface in own if interface.vpc is not None)


def subnets(facts: Facts) -> Iterator[Finding]:
    """``lambda-subnets``."""
    for interface in in_vpc(facts):
        yield judge(interface.address, _subnets(interface))


def _subnets(interface: Interface) -> Iterator[Fault]:
    yield from at_most(len(interface.subnets), SUBNETS_PER_FUNCTION, "subnets")
    if not interface.subnets:
        yield "names security groups and no subnet"


def groups(facts: Facts) -> Iterator[Finding]:
    """``lambda-security-groups``."""
    for interface in in_vpc(facts):
        number = len(interface.groups)
        yield judge(interface.address, at_most(number, SECURITY_GROUPS_PER_FUNCTION, "security groups"))


def vpcs(facts: Facts) -> Iterator[Finding]:
    """``lambda-vpc``."""
    for interface in in_vpc(facts):
        faults = facts.unless_elsewhere(interface.groups, _one_vpc(facts, interface))
        yield judge(interface.address, faults)


def _one_vpc(facts: Facts, interface: Interface) -> Iterator[Fault]:
    subnets = (facts.model.subnets.get(identity) for identity in interface.subnets)
    groups = (facts.model.groups.get(identity) for identity in interface.groups)
    vpcs = {thing.vpc for thing in (*subnets, *groups) if thing is not None}
    if len(vpcs) > 1:
        several = f"its subnets and security groups are in {' and '.join(sorted(map(str, vpcs)))}"
        yield Doubt(several) if any(isinstance(vpc, Unknown) for vpc in vpcs) else several


def public_subnets(facts: Facts) -> Iterator[Finding]:
    """``lambda-public-subnet``."""
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


def memory(facts: Facts) -> Iterator[Finding]:
    """``lambda-memory``."""
    functions = facts.document.resources(_KIND)
    yield from each(functions, lambda block: within_limits(block, "memory_size", MEMORY_MB, " MB"))


def timeouts(facts: Facts) -> Iterator[Finding]:
    """``lambda-timeout``."""
    functions = facts.document.resources(_KIND)
    yield from each(functions, lambda block: within_limits(block, "timeout", TIMEOUT_S, " s"))


def storage(facts: Facts) -> Iterator[Finding]:
    """``lambda-ephemeral-storage``."""
    for block in facts.document.resources(_KIND):
        for part in block.blocks("ephemeral_storage"):
            yield judge(block.address, within_limits(part, "size", EPHEMERAL_STORAGE_MB, " MB"))


def names(facts: Facts) -> Iterator[Finding]:
    """``lambda-name``."""
    yield from each(facts.document.resources(_KIND), _name)


def _name(block: Block) -> Iterator[Fault]:
    name = block.text("function_name")
    if isinstance(name, Unknown):
        yield open_value("function_name", name)
    elif name and not name.startswith("arn:"):
        if len(name) > FUNCTION_NAME_LENGTH:
            yield f"function_name has {len(name)} characters; {FUNCTION_NAME_LENGTH} are allowed"
        if not _NAMES.fullmatch(name):
            yield f"function_name {name!r} is not letters, digits, - and _"


def destruction(facts: Facts) -> Iterator[Finding]:
    """``lambda-security-groups-on-destroy``."""
    for interface in in_vpc(facts):
        yield judge(interface.address, _destroyed(facts.document.blocks[interface.address]))


def _destroyed(block: Block) -> Iterator[Fault]:
    swift = block.flag("replace_security_groups_on_destroy", False)
    if isinstance(swift, Unknown):
        yield open_value("replace_security_groups_on_destroy", swift)
    elif not swift:
        yield "has no replace_security_groups_on_destroy: its groups cannot go for 20 to 60 minutes after it"
