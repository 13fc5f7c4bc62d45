"""Reads security groups and their rules, whichever of Terraform's three ways of writing them was used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.endpoint_services import service_of_any_region
from constructs_lib.proof.model.network import (
    ALL_PORTS,
    Cidr,
    Group,
    Peer,
    Ports,
    PrefixList,
    Rule,
    RuleSet,
    SecurityGroup,
)
from constructs_lib.proof.reading._acls import ALL_PROTOCOLS, TCP
from constructs_lib.proof.walking.addresses import EVERYWHERE, EVERYWHERE_IPV6, networks
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Identity, Reference, Template, Unknown, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from constructs_lib.terraform_json.block import Block, Root
    from constructs_lib.terraform_json.document import Document


@dataclass(frozen=True, slots=True)
class GroupParts:
    """What this module reads; ``loose`` are rules of which the document does not tell the group."""

    groups: Mapping[Identity, SecurityGroup]
    loose: tuple[Rule, ...]


def read_groups(document: Document) -> GroupParts:
    """Read the security groups, those that AWS makes with a VPC included."""
    rules: dict[Identity, list[Rule]] = {}
    for rule in _all_rules(document):
        rules.setdefault(rule.group, []).append(rule)
    vpcs = {block.address: block.ref("vpc_id") for block in _group_blocks(document)}
    partly = {
        block.address
        for block in _group_blocks(document)
        if block.opens_blocks("ingress") or block.opens_blocks("egress")
    }
    groups: dict[Identity, SecurityGroup] = {
        identity: _group(
            identity, vpc or Unknown(f"{identity}.vpc_id"), rules.get(identity, ()), identity not in partly
        )
        for identity, vpc in vpcs.items()
    }
    groups.update(dict(_default_groups(document, rules)))
    for identity, own in rules.items():
        if identity not in groups:
            groups[identity] = _group(identity, Unknown(f"the VPC of {identity}"), own, complete=False)
    loose = tuple(rule for identity, own in rules.items() if isinstance(identity, Unknown) for rule in own)
    return GroupParts(groups, loose)


def default_group(vpc: Identity) -> Identity:
    """Give the identity of the security group that AWS makes with a VPC."""
    name = f"{vpc}.default_security_group_id"
    return Unknown(name) if isinstance(vpc, Unknown) else name


def _group_blocks(document: Document) -> list[Block]:
    return [*document.resources("aws_security_group"), *document.resources("aws_default_security_group")]


def _default_groups(
    document: Document, rules: Mapping[Identity, list[Rule]]
) -> Iterator[tuple[Identity, SecurityGroup]]:
    """A VPC's own group: as aws_default_security_group has it, else open to itself and to everywhere."""
    managed = {block.ref("vpc_id"): block for block in document.resources("aws_default_security_group")}
    for vpc in document.resources("aws_vpc"):
        identity = default_group(vpc.address)
        block = managed.get(vpc.address)
        own = [
            *rules.get(identity, ()),
            *(rules.get(block.address, ()) if block else _untouched(vpc, identity)),
        ]
        group = _group(block.address if block else identity, vpc.address, own, complete=True)
        yield identity, group
        yield group.identity, group


def _untouched(vpc: Block, identity: Identity) -> Iterator[Rule]:
    yield Rule(vpc.address, identity, True, "-1", ALL_PORTS, Group(identity))
    for peer in (EVERYWHERE, EVERYWHERE_IPV6):
        yield Rule(vpc.address, identity, False, "-1", ALL_PORTS, Cidr(peer))


def _group(identity: Identity, vpc: Identity, rules: Iterable[Rule], complete: bool) -> SecurityGroup:
    own = tuple(rules)
    return SecurityGroup(
        identity,
        vpc,
        _rule_set(r for r in own if r.ingress),
        _rule_set(r for r in own if not r.ingress),
        complete,
    )


def _rule_set(rules: Iterable[Rule]) -> RuleSet:
    own = tuple(rules)
    by_group: dict[Identity, list[Rule]] = {}
    for rule in own:
        if isinstance(rule.peer, Group) and isinstance(rule.peer.identity, str):
            by_group.setdefault(rule.peer.identity, []).append(rule)
    others = tuple(r for r in own if not (isinstance(r.peer, Group) and isinstance(r.peer.identity, str)))
    return RuleSet(own, {identity: tuple(found) for identity, found in by_group.items()}, others)


def _all_rules(document: Document) -> Iterator[Rule]:
    for block in document.resources("aws_vpc_security_group_ingress_rule"):
        yield from _rules(
            block, block.ref("security_group_id"), True, "ip_protocol", _standalone_peers(block)
        )
    for block in document.resources("aws_vpc_security_group_egress_rule"):
        yield from _rules(
            block, block.ref("security_group_id"), False, "ip_protocol", _standalone_peers(block)
        )
    for block in document.resources("aws_security_group_rule"):
        direction = block.text("type")
        group = (
            Unknown(f"{block.address}.type")
            if isinstance(direction, Unknown)
            else block.ref("security_group_id")
        )
        yield from _rules(block, group, direction == "ingress", "protocol", _listed_peers(block, group))
    for block in _group_blocks(document):
        for name in ("ingress", "egress"):
            for part in block.blocks(name):
                peers = _listed_peers(part, block.address)
                yield from _rules(part, block.address, name == "ingress", "protocol", peers)


def _rules(
    block: Block, group: Identity | None, ingress: bool, protocol_name: str, peers: Iterable[Peer]
) -> Iterator[Rule]:
    protocol = block.text(protocol_name) or Unknown(f"{block.address}.{protocol_name}")
    ports = _ports(block, protocol)
    owner = Unknown(f"{block.address}.security_group_id") if group is None else group
    for peer in peers:
        yield Rule(block.address, owner, ingress, protocol, ports, peer)


def _ports(block: Block, protocol: str | Unknown) -> Ports | Unknown | None:
    if isinstance(protocol, Unknown):
        return protocol
    if protocol in ALL_PROTOCOLS:
        return ALL_PORTS
    if protocol.lower() not in TCP:
        return None
    first, last = block.number("from_port"), block.number("to_port")
    if isinstance(first, int) and isinstance(last, int):
        return ALL_PORTS if first == -1 else (first, last)
    return ALL_PORTS if first is None and last is None else Unknown(f"{block.address}.from_port")


def _standalone_peers(block: Block) -> Iterator[Peer]:
    for name in ("cidr_ipv4", "cidr_ipv6"):
        if block.has(name):
            yield from _cidr_peers(block.texts(name))
    group, prefixes = block.ref("referenced_security_group_id"), block.ref("prefix_list_id")
    if group is not None:
        yield Group(group)
    if prefixes is not None:
        yield _prefix_list(block.document, prefixes)


def _listed_peers(block: Block, own_group: Identity | None) -> Iterator[Peer]:
    yield from _cidr_peers((*block.texts("cidr_blocks"), *block.texts("ipv6_cidr_blocks")))
    for group in (*block.refs("security_groups"), *block.refs("source_security_group_id")):
        yield Group(group)
    for prefixes in block.refs("prefix_list_ids"):
        yield _prefix_list(block.document, prefixes)
    if own_group is not None and block.flag("self", False) is not False:
        yield Group(own_group)


def _cidr_peers(texts: Iterable[str | Unknown]) -> Iterator[Peer]:
    for found in networks(texts):
        yield found if isinstance(found, Unknown) else Cidr(found)


def _prefix_list(document: Root, identity: Identity) -> PrefixList:
    name = identity.text if isinstance(identity, Unknown) else identity
    block = document.blocks.get(
        name.rpartition(".")[0] if name.endswith((".id", ".prefix_list_id")) else name
    )
    if block is None:
        return PrefixList(identity)
    if block.kind == "aws_ec2_managed_prefix_list":
        found = networks(entry.text("cidr") or "" for entry in block.blocks("entry"))
        return PrefixList(identity, networks=tuple(n for n in found if not isinstance(n, Unknown)))
    service = service_name(block, "service_name") or service_name(block, "name")
    return PrefixList(identity, service=None if service is None else service_of_any_region(service))


def service_name(block: Block, attribute: str) -> str | None:
    """Give the name of an AWS service as far as it can be read: its region often is an open value."""
    value = block.document.settle(block.get(attribute))
    if isinstance(value, Reference) and type_of(value.address) == "data.aws_vpc_endpoint_service":
        named = block.document.blocks.get(value.address)
        value = named.text("service") or named.text("service_name") if named is not None else value
    return None if value is None else value if isinstance(value, str) else _spelled(value)


def _spelled(value: Any) -> str:
    return value.text if isinstance(value, Template) else "${" + text_of(value) + "}"
