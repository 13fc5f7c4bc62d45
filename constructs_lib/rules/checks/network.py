"""Rules about VPCs, subnets, gateways and route tables."""

from __future__ import annotations

from collections import Counter
from ipaddress import IPv4Network, ip_network
from typing import TYPE_CHECKING

from constructs_lib.figures.vpc import LARGEST_SUBNET, SMALLEST_SUBNET
from constructs_lib.proof.walking import route_tables
from constructs_lib.proof.walking.addresses import EVERYWHERE, within
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, each, judge, of_answer, open_value
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from constructs_lib.proof.model.network import NatGateway, Subnet
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_WITH_BLOCKS = ("aws_vpc", "aws_vpc_ipv4_cidr_block_association", "aws_subnet")


def sizes(facts: Facts) -> Iterator[Finding]:
    """``cidr-block-size``."""
    for kind in _WITH_BLOCKS:
        yield from each(facts.document.resources(kind), _size)


def _size(block: Block) -> Iterator[Fault]:
    found = _range(block)
    if isinstance(found, Unknown):
        yield open_value("cidr_block", found)
    elif isinstance(found, IPv4Network) and not LARGEST_SUBNET <= found.prefixlen <= SMALLEST_SUBNET:
        yield f"cidr_block is {found}; AWS takes /{LARGEST_SUBNET} to /{SMALLEST_SUBNET}"


def _range(block: Block) -> IPv4Network | Unknown | str | None:
    """Give the block's range; a text where what is written is no range of IPv4."""
    text = block.text("cidr_block")
    if not isinstance(text, str):
        return text
    try:
        found = ip_network(text, strict=False)
    except ValueError:
        return text
    return found if isinstance(found, IPv4Network) else text


def forms(facts: Facts) -> Iterator[Finding]:
    """``cidr-block-form``."""
    for kind in _WITH_BLOCKS:
        yield from each(facts.document.resources(kind), _form)


def _form(block: Block) -> Iterator[Fault]:
    text, found = block.text("cidr_block"), _range(block)
    if isinstance(found, str):
        yield f"cidr_block is {found}, which is no range of IPv4 addresses"
    elif isinstance(found, IPv4Network) and str(found) != text:
        yield f"cidr_block is {text}, whose host bits are not zero: {found} is meant"


def insides(facts: Facts) -> Iterator[Finding]:
    """``subnet-in-vpc``."""
    for subnet in facts.model.subnets.values():
        yield judge(str(subnet.identity), _outside(facts, subnet))


def _outside(facts: Facts, subnet: Subnet) -> Iterator[Fault]:
    vpc = facts.model.vpcs.get(subnet.vpc)
    if isinstance(subnet.cidr, Unknown):
        yield open_value("cidr_block", subnet.cidr)
    elif vpc is None:
        yield Doubt(f"the blocks of {subnet.vpc} are not in this document")
    elif not any(within(subnet.cidr, cidr) for cidr in vpc.cidrs if not isinstance(cidr, Unknown)):
        known = ", ".join(map(str, vpc.cidrs))
        outside = f"{subnet.cidr} lies outside of {vpc.address} ({known})"
        yield Doubt(outside) if any(isinstance(cidr, Unknown) for cidr in vpc.cidrs) else outside


def overlaps(facts: Facts) -> Iterator[Finding]:
    """``subnet-overlap``."""
    found = _overlaps(facts)
    for subnet in facts.model.subnets.values():
        address = str(subnet.identity)
        is_open = [open_value("cidr_block", subnet.cidr)] if isinstance(subnet.cidr, Unknown) else []
        yield judge(address, [*is_open, *(f"overlaps {other}" for other in found.get(address, ()))])


def _overlaps(facts: Facts) -> dict[str, list[str]]:
    """Ranges in their order: one that overlaps others lies in the nearest larger one before it."""
    found: dict[str, list[str]] = {}
    by_vpc: dict[Identity, list[tuple[IPv4Network, str]]] = {}
    for subnet in facts.model.subnets.values():
        if isinstance(subnet.cidr, IPv4Network):
            by_vpc.setdefault(subnet.vpc, []).append((subnet.cidr, str(subnet.identity)))
    for ranges in by_vpc.values():
        around: list[tuple[IPv4Network, str]] = []
        for cidr, address in sorted(ranges):
            while around and not within(cidr, around[-1][0]):
                around.pop()
            for outer, other in around:
                found.setdefault(address, []).append(f"{other} ({outer})")
                found.setdefault(other, []).append(f"{address} ({cidr})")
            around.append((cidr, address))
    return found


def elastic_ips(facts: Facts) -> Iterator[Finding]:
    """``elastic-ips``; one finding for each region."""
    counts = Counter(facts.region(block) for block in facts.document.resources("aws_eip"))
    for region, number in counts.items():
        yield judge(f"aws_eip in {region}", _many_addresses(number, facts.quotas.elastic_ips))


def _many_addresses(number: int, granted: int) -> Iterator[Fault]:
    if number > granted:
        most = f"an account has {granted} in a region until AWS grants more"
        yield f"{number} Elastic IPs; {most}"


def nat_gateways(facts: Facts) -> Iterator[Finding]:
    """``nat-gateway-subnet``; a regional one is in none."""
    return _judged_nat(facts, lambda _, nat: _led_out(facts, nat.subnet) if nat.subnet else ())


def _led_out(facts: Facts, home: Identity) -> Iterator[Fault]:
    subnet = facts.model.subnets.get(home)
    places = [home, subnet.route_table] if subnet is not None else [home]
    answer = route_tables.to_internet_gateway(facts.model, home, EVERYWHERE)
    return facts.unless_elsewhere(places, of_answer(answer))


def nat_addresses(facts: Facts) -> Iterator[Finding]:
    """``nat-gateway-elastic-ip``."""
    return _judged_nat(facts, lambda block, nat: _addressed(block) if nat.subnet else _each_once(block))


def _judged_nat(facts: Facts, faults: Callable[[Block, NatGateway], Iterable[Fault]]) -> Iterator[Finding]:
    """Judge every NAT gateway that is public."""
    for block in facts.document.resources("aws_nat_gateway"):
        nat = facts.model.nat_gateways[block.address]
        if isinstance(nat.public, Unknown):
            yield judge(block.address, [open_value("connectivity_type", nat.public)])
        elif nat.public:
            yield judge(block.address, faults(block, nat))
        else:
            yield judge(block.address, ())


def _addressed(block: Block) -> Iterator[Fault]:
    if not block.has("allocation_id"):
        yield "has no allocation_id; a public NAT gateway needs an Elastic IP"


def _each_once(block: Block) -> Iterator[Fault]:
    """A regional one without addresses gets AWS's; where some are named, each serves one zone."""
    if block.has("allocation_id"):
        yield "is regional: its Elastic IPs stand in availability_zone_address, not in allocation_id"
    named = Counter(
        identity
        for zone in block.blocks("availability_zone_address")
        for identity in zone.refs("allocation_ids")
        if not isinstance(identity, Unknown)
    )
    for identity, number in named.items():
        if number > 1:
            yield f"names {identity} for {number} zones; an Elastic IP serves one"


def internet_gateways(facts: Facts) -> Iterator[Finding]:
    """``internet-gateways``."""
    attached: dict[Identity, list[str]] = {}
    for gateway, vpc in facts.model.internet_gateways.items():
        if vpc is not None:
            attached.setdefault(vpc, []).append(str(gateway))
    for vpc, gateways in attached.items():
        for gateway in gateways:
            others = [other for other in gateways if other != gateway]
            yield judge(gateway, _only_gateway(facts, vpc, others))


def _only_gateway(facts: Facts, vpc: Identity, others: list[str]) -> Iterator[Fault]:
    if others and not isinstance(vpc, Unknown):
        yield f"{vpc} has {', '.join(others)} too; AWS attaches one internet gateway to a VPC"
    elif vpc not in facts.model.vpcs:
        yield Doubt(f"whether {vpc} has an internet gateway already is not in this document")


def single_route_tables(facts: Facts) -> Iterator[Finding]:
    """``subnet-route-table``; a subnet without an association uses its VPC's main table."""
    ties: dict[Identity, list[str]] = {}
    for block in facts.document.resources("aws_route_table_association"):
        subnet = block.ref("subnet_id")
        if subnet is not None:
            ties.setdefault(subnet, []).append(block.address)
    for subnet, own in ties.items():
        yield judge(str(subnet), _only_table(subnet, own))


def _only_table(subnet: Identity, ties: list[str]) -> Iterator[Fault]:
    if len(ties) > 1:
        several = f"has {len(ties)} route tables ({', '.join(ties)}); AWS takes one for each subnet"
        yield Doubt(several) if isinstance(subnet, Unknown) else several


def default_groups(facts: Facts) -> Iterator[Finding]:
    """``default-security-group``."""
    blocks = facts.document.resources("aws_default_security_group")
    yield from each(blocks, lambda block: _made_here(facts, block))


def _made_here(facts: Facts, block: Block) -> Iterator[Fault]:
    vpc = block.ref("vpc_id")
    own = facts.document.blocks.get(vpc) if isinstance(vpc, str) else None
    strips = "taking its default security group over strips the rules that others made"
    if own is not None and own.kind == "aws_vpc":
        return
    if isinstance(vpc, Unknown) and not type_of(vpc.text).startswith("data."):
        yield open_value("vpc_id", vpc)
    else:
        yield f"{vpc or 'the default VPC'} exists already: {strips}"
