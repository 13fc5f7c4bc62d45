"""Rules about single openings of security groups, whichever of Terraform's three ways of writing was used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.figures.internet import PORT
from constructs_lib.proof.walking.addresses import network
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_NUMBERED = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}
_WITH_PORTS = ("tcp", "udp")
_ALL = "-1"
_GROUPS = ("aws_security_group", "aws_default_security_group")

Opening = tuple[Identity, str, str, int | None, int | None, str]
"""A group, a direction, a protocol, the first and the last port, and who is on the other side."""


@dataclass(frozen=True, slots=True)
class _Written:
    """One block that opens something. ``inline``: it stands in its group."""

    block: Block
    group: Identity | None
    direction: str | Unknown
    inline: bool = False

    @property
    def protocol(self) -> str | Unknown | None:
        """The protocol by its name."""
        own = self.block.text("ip_protocol" if self.block.has("ip_protocol") else "protocol")
        return _NUMBERED.get(own.lower(), own.lower()) if isinstance(own, str) else own


def _all(facts: Facts) -> Iterator[_Written]:
    for direction in ("ingress", "egress"):
        for block in facts.document.resources(f"aws_vpc_security_group_{direction}_rule"):
            yield _Written(block, block.ref("security_group_id"), direction)
    for block in facts.document.resources("aws_security_group_rule"):
        yield _Written(block, block.ref("security_group_id"), block.text("type") or Unknown("type"))
    for kind in _GROUPS:
        for block in facts.document.resources(kind):
            for direction in ("ingress", "egress"):
                for part in block.blocks(direction):
                    yield _Written(part, block.address, direction, inline=True)


def ports(facts: Facts) -> Iterator[Finding]:
    """``security-group-rule-ports``; a rule of ICMP has a type and a code there instead."""
    for one in _all(facts):
        yield judge(one.block.address, _ports(one))


def _ports(one: _Written) -> Iterator[Fault]:
    first, last = one.block.number("from_port"), one.block.number("to_port")
    if one.protocol == _ALL and one.inline:
        if (isinstance(first, int) and first != 0) or (isinstance(last, int) and last != 0):
            yield f"opens {first} to {last} of all protocols; Terraform takes 0 and 0 with -1"
    elif one.protocol not in _WITH_PORTS:
        return
    elif isinstance(first, Unknown) or isinstance(last, Unknown):
        yield Doubt(f"its ports ({first} to {last}) are not in this document")
    elif first is not None and last is not None:
        if first > last:
            yield f"from_port {first} is above to_port {last}"
        if max(first, last) > PORT.most:
            yield f"opens port {max(first, last)}; the last one is {PORT.most}"


def duplicates(facts: Facts) -> Iterator[Finding]:
    """``security-group-rule-duplicate``; blocks of one group that are alike in every word are one."""
    seen: dict[Opening, str] = {}
    bodies: dict[str, list[object]] = {}
    for one in _all(facts):
        address = one.block.address
        if one.inline:
            alike = bodies.setdefault(f"{address}.{one.direction}", [])
            if one.block.body in alike:
                continue
            alike.append(one.block.body)
        faults: list[Fault] = []
        for opening in dict.fromkeys(_openings(one)):
            if opening in seen:
                faults.append(_twice(opening, seen[opening], address))
            seen.setdefault(opening, address)
        yield judge(address, faults)


def _twice(opening: Opening, first: str, address: str) -> str:
    group, direction, protocol, begin, end, peer = opening
    ports = "" if begin is None else f" {begin}" if begin == end else f" {begin} to {end}"
    whose = "more than once itself" if first == address else f"as {first} does"
    what = f"{'all protocols' if protocol == _ALL else protocol}{ports}"
    return f"opens {what} {'from' if direction == 'ingress' else 'to'} {peer} in {group}, {whose}"


def _openings(one: _Written) -> Iterator[Opening]:
    """Give what a block opens, as far as nothing of it is an open value."""
    group, direction, protocol = one.group, one.direction, one.protocol
    first, last = one.block.number("from_port"), one.block.number("to_port")
    if not isinstance(group, str) or not isinstance(direction, str) or not isinstance(protocol, str):
        return
    if protocol == _ALL:
        first = last = None
    if isinstance(first, Unknown) or isinstance(last, Unknown):
        return
    for peer in _peers(one.block, group):
        yield group, direction, protocol, first, last, peer


def _peers(block: Block, group: str) -> Iterator[str]:
    for name in ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"):
        yield from (str(network(text)) for text in block.texts(name) if isinstance(text, str))
    for name in (
        *("referenced_security_group_id", "source_security_group_id", "security_groups"),
        *("prefix_list_id", "prefix_list_ids"),
    ):
        yield from (found for found in block.refs(name) if isinstance(found, str))
    if block.flag("self", False) is True:
        yield group
