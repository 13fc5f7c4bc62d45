"""Rules about security groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.figures import vpc
from constructs_lib.proof.model.network import Cidr, PrefixList, Rule
from constructs_lib.rules.verdicts import (
    Doubt,
    Fault,
    Finding,
    at_most,
    each,
    given,
    is_first_made,
    judge,
    open_value,
)
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.proof.model.network import SecurityGroup
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_LEGAL = re.compile(vpc.SECURITY_GROUP_TEXT)
_AROUND = ("vpc_config", "network_configuration")


def carried(facts: Facts) -> Iterator[Finding]:
    """``security-groups-per-interface``."""
    for interface in facts.model.interfaces.values():
        if interface.vpc is not None:
            most = facts.quotas.security_groups_per_interface
            faults = at_most(len(interface.groups), most, "security groups")
            yield judge(interface.address, (*faults, *_open_list(facts.document.blocks[interface.address])))


def _open_list(block: Block) -> Iterator[Fault]:
    """Say so where the whole list of groups is one open value, which counts as one group."""
    parts = (part for name in _AROUND for part in block.blocks(name))
    for part in (block, *parts):
        for name in ("security_groups", "security_group_ids"):
            if isinstance(part.body.get(name), str) and isinstance(part.settled(name), Unknown):
                yield open_value(name, part.settled(name))


def rules(facts: Facts) -> Iterator[Finding]:
    """``security-group-rules``."""
    for block, group in _groups(facts):
        yield judge(block.address, _sizes(facts, group))


def inline_rules(facts: Facts) -> Iterator[Finding]:
    """``security-group-inline-rules``."""
    standalone = _standalone(facts)
    for block, _ in _groups(facts):
        yield judge(block.address, _mixed(block, standalone))


def _groups(facts: Facts) -> Iterator[tuple[Block, SecurityGroup]]:
    """Give every group that the document makes, once whatever names it has."""
    for identity, group in {group.identity: group for group in facts.model.groups.values()}.items():
        block = facts.document.blocks.get(str(identity))
        if block is not None and block.kind.endswith("security_group"):
            yield block, group


def _sizes(facts: Facts, group: SecurityGroup) -> Iterator[Fault]:
    for name, found in (("ingress", group.ingress.rules), ("egress", group.egress.rules)):
        for version in (4, 6):
            number = sum(_weight(facts, rule, version) for rule in found)
            yield from at_most(number, facts.quotas.security_group_rules, f"{name} rules for IPv{version}")
    if not group.complete:
        yield Doubt("not all of its rules are in this document")


def _weight(facts: Facts, rule: Rule, version: int) -> int:
    if isinstance(rule.peer, Cidr):
        return int(rule.peer.network.version == version)
    if isinstance(rule.peer, PrefixList):
        block = facts.document.blocks.get(str(rule.peer.identity))
        entries = block.number("max_entries") if block else None
        known = vpc.PREFIX_LIST_WEIGHTS.get(rule.peer.service or "", 1)
        return entries if isinstance(entries, int) else known
    return 1


def _standalone(facts: Facts) -> dict[tuple[Identity | None, str], list[str]]:
    """Give the rules that stand beside the groups, by group and direction."""
    found: dict[tuple[Identity | None, str], list[str]] = {}
    for direction in ("ingress", "egress"):
        for block in facts.document.resources(f"aws_vpc_security_group_{direction}_rule"):
            found.setdefault((block.ref("security_group_id"), direction), []).append(block.address)
    for block in facts.document.resources("aws_security_group_rule"):
        found.setdefault((block.ref("security_group_id"), str(block.text("type"))), []).append(block.address)
    return found


def _mixed(block: Block, standalone: dict[tuple[Identity | None, str], list[str]]) -> Iterator[Fault]:
    for direction in ("ingress", "egress"):
        beside = standalone.get((block.address, direction), [])
        if not beside or not (block.blocks(direction) or block.opens_blocks(direction)):
            continue
        if block.document.kind != "configuration":
            yield Doubt(f"whether its {direction} rules are written inline is not in this document")
        else:
            yield f"has {direction} rules inline and {beside[0]} beside them: each apply undoes the other"


def names(facts: Facts) -> Iterator[Finding]:
    """``security-group-name``."""
    yield from each(facts.document.resources("aws_security_group"), _name)


def _name(block: Block) -> Iterator[Fault]:
    for key, limit in (
        ("name", vpc.SECURITY_GROUP_TEXT_LENGTH),
        ("name_prefix", vpc.SECURITY_GROUP_TEXT_LENGTH - vpc.UNIQUE_SUFFIX_LENGTH),
    ):
        name = block.text(key)
        if isinstance(name, Unknown):
            yield open_value(key, name)
        elif name:
            yield from _text(key, name, limit)
            if name.startswith(reserved := vpc.SECURITY_GROUP_RESERVED_PREFIX):
                yield f"{key} {name!r} begins with {reserved}, which AWS keeps for itself"


def descriptions(facts: Facts) -> Iterator[Finding]:
    """``security-group-description``."""
    yield from each(facts.document.resources("aws_security_group"), _description)


def _description(block: Block) -> Iterator[Fault]:
    description = block.text("description")
    if isinstance(description, str):
        yield from _text("description", description, vpc.SECURITY_GROUP_TEXT_LENGTH)


def _text(key: str, text: str, limit: int) -> Iterator[Fault]:
    if len(text) > limit:
        yield f"{key} has {len(text)} characters; {limit} are allowed"
    if not _LEGAL.fullmatch(text):
        yield f"{key} {text!r} has characters beside letters, digits, spaces and ._-:/()#,@[]+=&;{{}}!$*"


def replacements(facts: Facts) -> Iterator[Finding]:
    """``security-group-replacement``: whether a group can be replaced while something carries it."""
    yield from each(facts.document.resources("aws_security_group"), _replaceable)


def _replaceable(block: Block) -> Iterable[Fault]:
    first = is_first_made(block)
    if isinstance(first, Unknown):
        yield Doubt("its lifecycle is not in this document")
    elif not first:
        yield "has no create_before_destroy, and what carries the group keeps the old one from going"
    elif given(block, "name"):
        yield "has a fixed name, so a replacement cannot be made before the old one goes: name_prefix can"
