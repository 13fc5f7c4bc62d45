"""Reads everything else that carries security groups: instances, databases, caches, file systems, ...

Not by a list of types, but by the arguments with which the AWS provider's types name groups and subnets.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.without_traffic import WAYS_IN
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.reading._bystanders import is_modelled
from constructs_lib.terraform_json.block import Block
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from constructs_lib.proof.model.network import Subnet
    from constructs_lib.proof.reading._compute import Placement
    from constructs_lib.terraform_json.block import Root
    from constructs_lib.terraform_json.document import Document

_GROUPS = re.compile(r"(\w+_)?security_groups?(_ids?|s_ids|_id_list)?")
_SUBNETS = re.compile(r"subnets?|(\w+_)?subnet_ids?|subnet_id_list")
_PUBLIC = ("associate_public_ip_address", "assign_public_ip", "publicly_accessible")
_SHARES_A_GROUP = "aws_vpc_security_group_vpc_association"
"""It names a group for another VPC, and carries none."""
_ON_LAUNCH = ("aws_instance", "aws_spot_instance_request")
"""Types that get a public address where their subnet gives one at launch."""


def read_carriers(document: Document, place: Placement, used: Collection[str]) -> dict[str, Interface]:
    """Read resources of types that are not modelled otherwise and carry security groups, by address.

    used: launch templates of Auto Scaling groups, which carry them instead.
    """
    addressed = _addressed(document)
    found: dict[str, Interface] = {}
    for block in document.blocks.values():
        if not block.kind.startswith("aws_") or is_modelled(block.kind) or block.kind in WAYS_IN:
            continue
        if block.address in used or block.kind == _SHARES_A_GROUP:
            continue
        parts = [*_parts(block)]
        groups = [group for part in parts for group in _named(part, _GROUPS)]
        if not groups:
            continue
        subnets = [subnet for part in parts for subnet in _named(part, _SUBNETS)]
        interface = place.interface(block, "carrier", subnets, groups)
        found[block.address] = _with_public_address(block, parts, interface, place.subnets, addressed)
    return found


def _parts(block: Block) -> Iterator[Block]:
    """Give a block and those nested in it."""
    yield block
    for name, raw in block.body.items():
        if name not in ("lifecycle", "provisioner", "connection", "tags"):
            for item in raw if isinstance(raw, list) else [raw]:
                if isinstance(item, dict):
                    yield from _parts(Block(block.document, block.address, name, item, block.scope))


def _named(part: Block, pattern: re.Pattern[str]) -> Iterator[Identity]:
    for name, raw in part.body.items():
        if pattern.fullmatch(name) and _holds_ids(raw):
            yield from part.refs(name)


def _holds_ids(raw: Any) -> bool:
    """Nested blocks may have such names, too."""
    items = raw if isinstance(raw, list) else [raw]
    return not any(isinstance(item, dict | bool | int | float) for item in items)


def _addressed(document: Document) -> frozenset[Identity]:
    """What an Elastic IP is tied to."""
    ties = (
        tie
        for kind, names in (
            ("aws_eip", ("instance", "network_interface")),
            ("aws_eip_association", ("instance_id", "network_interface_id")),
        )
        for block in document.resources(kind)
        for name in names
        if (tie := block.ref(name)) is not None
    )
    return frozenset(ties)


def _with_public_address(
    block: Block,
    parts: list[Block],
    interface: Interface,
    subnets: Mapping[Identity, Subnet],
    addressed: frozenset[Identity],
) -> Interface:
    flags = [part.flag(name, False) for part in parts for name in _PUBLIC if part.has(name)]
    public: bool | Unknown = interface.address in addressed or True in flags
    if not public and (opened := [flag for flag in flags if isinstance(flag, Unknown)]):
        public = opened[0]
    if not public and not flags and block.kind in _ON_LAUNCH:
        public = public_on_launch(block.document, interface, subnets)
    return replace(interface, public_address=public)


def public_on_launch(
    document: Root, interface: Interface, subnets: Mapping[Identity, Subnet]
) -> bool | Unknown:
    """Tell whether the subnets of a thing give it a public address where it says nothing of one."""
    for identity in interface.subnets:
        subnet = document.blocks.get(str(identity))
        if subnet is None:
            return Unknown(f"{identity}.map_public_ip_on_launch")
        if identity in subnets and (found := subnet.flag("map_public_ip_on_launch", False)) is not False:
            return found
    return False if interface.subnets else Unknown(f"the subnet of {interface.address}")
