"""What there is, for the report: subnets, the rules of security groups, every resource by its address."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.figures.internet import ANYWHERE_IPV4
from constructs_lib.proof.model.network import ALL_PORTS, Cidr, Group, Model, Peer, Rule
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.block import Block
from constructs_lib.views.report.structure import Section, Table
from constructs_lib.views.zones_and_tiers import name_of, places

_NAMES = (
    "function_name",
    "name",
    "name_prefix",
    "cluster_name",
    "family",
    "bucket",
    "service_name",
    "cidr_block",
)
_NOT_KNOWN = "?"


def subnet_section(model: Model) -> Section:
    """Give the subnets with their addresses and their way out."""
    rows = tuple(
        (
            place.address,
            place.cidr,
            place.zone,
            place.tier or _NOT_KNOWN,
            _NOT_KNOWN if place.usable is None else f"{place.usable:,}",
            place.route,
        )
        for place in places(model)
    )
    heads = ("subnet", "CIDR", "zone", "tier", "usable addresses", f"{ANYWHERE_IPV4} leads to")
    intro = "AWS keeps five addresses of each subnet." if rows else "There are no subnets in this document."
    table = Table(heads, rows, frozenset({0, 1}))
    return Section("subnets", "Subnets", intro, (("", table),) if rows else ())


def rule_section(model: Model) -> Section:
    """Give every rule of every security group in words."""
    groups = {id(group): group for group in model.groups.values()}
    rows = tuple(
        (group_name(str(group.identity)), rule_in_words(model, rule), rule.address)
        for group in groups.values()
        for rule in (*group.ingress.rules, *group.egress.rules)
    )
    loose = tuple((str(r.group), rule_in_words(model, r), r.address) for r in model.loose_rules)
    table = Table(("security group", "opening", "rule"), (*rows, *loose), frozenset({2}))
    closed = sorted(
        group_name(str(g.identity)) for g in groups.values() if not (g.ingress.rules or g.egress.rules)
    )
    intro = "Security groups close what no rule opens, and let answers back."
    if closed:
        intro += f" Without any opening: {', '.join(closed)}."
    return Section("rules", "Security group rules", intro, (("", table),) if table.rows else ())


def group_name(identity: str) -> str:
    """Give what to call a security group; the one that AWS makes with each VPC has a name of its own."""
    name = name_of(identity.removesuffix(".default_security_group_id"))
    is_default = type_of(identity) in ("aws_default_security_group", "aws_vpc")
    return f"the default group of {name}" if is_default else name


def rule_in_words(model: Model, rule: Rule) -> str:
    """Say what a rule opens, as a sentence about its group: ``admits TCP 8080 from storefront``."""
    verb, preposition = ("admits", "from") if rule.ingress else ("lets out", "to")
    return f"{verb} {_ports(rule)} {preposition} {_peer(model, rule.peer)}"


def _ports(rule: Rule) -> str:
    if not isinstance(rule.ports, tuple):
        return str(rule.protocol) if rule.ports is None else f"TCP {rule.ports}"
    first, last = rule.ports
    if (first, last) == ALL_PORTS:
        return "everything" if str(rule.protocol) in ("-1", "all") else "TCP on every port"
    return f"TCP {first}" if first == last else f"TCP {first} to {last}"


def _peer(model: Model, peer: Peer) -> str:
    match peer:
        case Cidr(network=network) if network.prefixlen == 0:
            return f"everywhere ({network})"
        case Group(identity=str() as identity):
            carriers = [
                one for one in model.carriers.get(identity, ()) if name_of(one.address) != name_of(identity)
            ]
            return f"{group_name(identity)}{_carried_by(len(carriers)) if len(carriers) > 1 else ''}"
    return str(peer)


def _carried_by(count: int) -> str:
    return f" (carried by {count})"


def inventory_section(model: Model) -> Section:
    """Give every resource and data source by its address, with its name in AWS where that is written out."""
    blocks = sorted(model.document.blocks.values(), key=lambda b: (b.kind.startswith("data."), b.address))
    rows = tuple((block.address, _name(block)) for block in blocks)
    count = sum(not block.kind.startswith("data.") for block in blocks)
    data = len(rows) - count
    intro = f"{count} resource{_s(count)} and {data} data source{_s(data)}."
    table = Table(("address", "name"), rows, frozenset({0}))
    return Section("inventory", "Resources", intro, (("", table),) if rows else ())


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _name(block: Block) -> str:
    return next(_written(block), "")


def _written(block: Block) -> Iterator[str]:
    for name in _NAMES:
        found = block.body.get(name)
        if isinstance(found, str) and "${" not in found:
            yield f"{found}…" if name == "name_prefix" else found
    tags = block.body.get("tags")
    if isinstance(tags, dict) and isinstance(tags.get("Name"), str):
        yield tags["Name"]
