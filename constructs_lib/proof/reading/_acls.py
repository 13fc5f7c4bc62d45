"""Reads network ACLs from a Terraform document, and which subnet each one filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import ALL_PORTS, AclEntry, NetworkAcl, Ports
from constructs_lib.proof.walking.addresses import EVERYWHERE, network
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document

_KINDS = ("aws_network_acl", "aws_default_network_acl")
ALL_PROTOCOLS = ("-1", "all")
TCP = ("tcp", "6")


def read_acls(document: Document) -> dict[Identity, NetworkAcl]:
    """Read every network ACL with its inline and standalone entries."""
    standalone: dict[Identity | None, list[AclEntry]] = {}
    for block in document.resources("aws_network_acl_rule"):
        entry = _entry(block, block.flag("egress", False), "rule_number", "rule_action")
        standalone.setdefault(block.ref("network_acl_id"), []).append(entry)
    acls: dict[Identity, NetworkAcl] = {}
    for kind in _KINDS:
        for block in document.resources(kind):
            entries = [*_inline(block), *standalone.get(block.address, ())]
            entries.sort(key=lambda entry: -1 if isinstance(entry.number, Unknown) else entry.number)
            acls[block.address] = NetworkAcl(block.address, tuple(entries))
    return acls


def _inline(block: Block) -> Iterator[AclEntry]:
    for name in ("ingress", "egress"):
        for part in block.blocks(name):
            yield _entry(part, name == "egress", "rule_no", "action")
        if block.opens_blocks(name):
            open_value = Unknown(f"{block.address}.{name}")
            yield AclEntry(open_value, open_value, name == "egress", open_value, EVERYWHERE, ALL_PORTS)


def _entry(block: Block, egress: bool | Unknown, number: str, action: str) -> AclEntry:
    verdict, protocol = block.text(action), block.text("protocol")
    rank = block.number(number)
    text = block.text("cidr_block") or block.text("ipv6_cidr_block")
    return AclEntry(
        number=Unknown(f"{block.address}.{number}") if rank is None else rank,
        allow=verdict if isinstance(verdict, Unknown) else verdict == "allow",
        egress=egress,
        tcp=protocol if isinstance(protocol, Unknown) else protocol in (*ALL_PROTOCOLS, *TCP),
        cidr=network(text) if isinstance(text, str) else text,
        ports=_ports(block, protocol),
    )


def _ports(block: Block, protocol: str | Unknown | None) -> Ports | Unknown:
    first, last = block.number("from_port"), block.number("to_port")
    if isinstance(first, Unknown) or isinstance(last, Unknown):
        return Unknown(f"{block.address}.from_port")
    if protocol in ALL_PROTOCOLS or first is None or last is None:
        return ALL_PORTS
    return first, last


def acl_of_subnet(document: Document) -> Callable[[Identity, Identity], Identity | None]:
    """Give a function of (subnet, VPC) that names the ACL; None for the one of AWS, which allows
    everything.
    """
    own: dict[Identity, Identity] = {}
    for block in document.resources("aws_network_acl"):
        own.update(dict.fromkeys(block.refs("subnet_ids"), block.address))
    for block in document.resources("aws_network_acl_association"):
        subnet, acl = block.ref("subnet_id"), block.ref("network_acl_id")
        if subnet is not None and acl is not None:
            own[subnet] = acl
    defaults = {
        block.ref("default_network_acl_id"): block.address
        for block in document.resources("aws_default_network_acl")
    }
    return lambda subnet, vpc: own.get(subnet) or defaults.get(f"{vpc}.default_network_acl_id")
