"""What else has to be so for a row of ``effects.json``; each case gives the words of the row, or nothing."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from constructs_lib.figures.changes.in_use import VERSION, taken, uses
from constructs_lib.load_balancing.routing.patterns import covers
from constructs_lib.load_balancing.routing.requests import Requests, overlap, requests_of
from constructs_lib.problem_words import listed
from constructs_lib.terraform_json import Block, Document, Unknown
from constructs_lib.terraform_json.addresses import base_address, short_name
from constructs_lib.views.changes.comparison import Comparison, Difference, managed
from constructs_lib.views.changes.values import Reader, references_in

Words = dict[str, str]
_TIER = re.compile(r"(public|private|internal_load_balancer)_\w$")
_GONE = ("delete", "replace")
_RULE = "aws_lb_listener_rule."


def overlaps(change: Difference, all_: Comparison) -> Words | None:
    """A new subnet whose block meets that of a live one in the same VPC, also the one that it replaces."""
    block = _network(change.after)
    vpc = change.after.ref("vpc_id") if change.after else None
    if block is None or all_.action(str(vpc)) == "replace" or not _makes_first(change):
        return None
    met = [
        address
        for address, other in managed(all_.old).items()
        if other.kind == "aws_subnet" and (there := _network(other)) and there.overlaps(block)
    ]
    tier = _TIER.search(change.address)
    known = tier[1] if tier else "<tier>"
    return {"block": str(block), "met": _short(met), "tier": known} if met else None


def held_by_versions(change: Difference, all_: Comparison) -> Words | None:
    """Something that published versions of functions that stay keep their interfaces with."""
    use = uses().get(change.type_name)
    paths = use.users.get(VERSION, ()) if use else ()
    if not paths or change.before is None or _leaves_its_vpc(all_):
        return None
    holders = {
        _text(function, "function_name", all_)
        for address, function in managed(all_.old).items()
        if function.kind == "aws_lambda_function"
        and function.flag("publish", False) is True
        and all_.action(address) not in _GONE
        and any(change.address in _refs_at(function, path) for path in paths)
    }
    if not holders:
        return None
    return {"functions": listed(sorted(holders)), "function_names": " ".join(sorted(holders))}


def load_balancers_stay(_: Difference, all_: Comparison) -> Words | None:
    """Load balancers that are neither new nor go, so that they would have to move to another VPC."""
    there, then = managed(all_.old), managed(all_.new)
    staying = [
        a for a in there.keys() & then.keys() if there[a].kind == "aws_lb" and all_.action(a) not in _GONE
    ]
    return {"load_balancers": _short(staying)} if staying else None


def is_protected(change: Difference, _: Comparison) -> Words | None:
    """A load balancer that AWS does not delete."""
    before = change.before
    return {} if before and before.flag("enable_deletion_protection", False) is True else None


def may_hold_images(change: Difference, all_: Comparison) -> Words | None:
    """A repository that is not deleted together with its images."""
    before = change.before
    if before is None or before.flag("force_delete", False) is True:
        return None
    return {"name": _text(before, "name", all_)}


def filters_what_stays(change: Difference, all_: Comparison) -> Words | None:
    """A web ACL before a load balancer that is there afterwards."""
    before = change.before.ref("resource_arn") if change.before else None
    return {} if before in managed(all_.new) else None


def may_hold_objects(change: Difference, _: Comparison) -> Words | None:
    """A bucket that is not deleted together with what it holds."""
    before = change.before
    return None if before is None or before.flag("force_destroy", False) is True else {}


def is_emptied(change: Difference, all_: Comparison) -> Words | None:
    """A bucket that is deleted together with what it holds."""
    return None if may_hold_objects(change, all_) is not None else {}


def keeps_its_name(change: Difference, all_: Comparison) -> Words | None:
    """A new one that is made first and has what only one at a time can have."""
    law = taken().get(change.type_name)
    before, after = _unique(change.before, all_), _unique(change.after, all_)
    if law is None or not change.first or before is None or before != after or _leaves_its_vpc(all_):
        return None
    owners = {r.address for name in law.together for r in references_in(change.block.get(name))}
    if any(all_.action(owner) == "replace" for owner in owners):
        return None
    return {"taken": listed(law.together)}


def keeps_another_name(change: Difference, all_: Comparison) -> Words | None:
    """As ``keeps_its_name``, of what has no row of its own."""
    return None if change.type_name == "aws_nat_gateway" else keeps_its_name(change, all_)


def has_another_name(change: Difference, all_: Comparison) -> Words | None:
    """A replacement that meets nothing that is taken."""
    return None if keeps_its_name(change, all_) else {}


def takes_anothers(change: Difference, all_: Comparison) -> Words | None:
    """It gets what another one has until that is changed, too."""
    wanted = _unique(change.after, all_)
    if wanted is None or wanted == _unique(change.before, all_):
        return None
    for other in all_.differences:
        is_another = other.type_name == change.type_name and other.address != change.address
        if is_another and other.action in ("update", "replace") and _unique(other.before, all_) == wanted:
            return {"other": short_name(other.address), "taken": listed(taken()[change.type_name].together)}
    return None


def targets_are_addresses(change: Difference, _: Comparison) -> Words | None:
    """A target group that tasks register with, not a function."""
    return {} if change.after and change.after.text("target_type") == "ip" else None


def workload_stays(change: Difference, all_: Comparison) -> Words | None:
    """A listener or rule whose workload, or whose rules' workloads, are served elsewhere from then on."""
    if change.type_name == "aws_lb_listener_rule" and (change.first or _is_followed(change, all_)):
        return None
    groups = {*_targets(change.before)}
    for address, rule in managed(all_.old).items():
        if rule.kind == "aws_lb_listener_rule" and rule.ref("listener_arn") == change.address:
            groups |= {*_targets(rule)} if all_.action(address) in _GONE else set()
    then = {
        short_name(a).partition("_")[2]
        for a, b in managed(all_.new).items()
        if b.kind == "aws_lb_target_group"
    }
    staying = sorted({name for group in groups if (name := short_name(group).partition("_")[2]) in then})
    if not staying or change.before is None:
        return None
    return {"workloads": listed(staying), "port": str(change.before.number("port") or "")}


def paths_stay(change: Difference, all_: Comparison) -> Words | None:
    """A rule that goes while a new one of the load balancer takes a path, or host, for another workload."""
    if _is_followed(change, all_):
        return None
    taken_, place = _requests(change.before), _load_balancer(change.before, all_)
    for other in all_.differences:
        is_rule = other.action == "create" and other.type_name == "aws_lb_listener_rule"
        same = is_rule and {*_targets(other.after)} == {*_targets(change.before)}
        there = _load_balancer(other.after, all_) == place
        if is_rule and there and not same and _meet(taken_, _requests(other.after)):
            return {"other": short_name(other.address)}
    return None


def hosts_stay(change: Difference, all_: Comparison) -> Words | None:
    """A certificate that a listener, which stays, serves no more, while it may cover hosts that stay."""
    before = change.before
    if before is None or str(before.ref("listener_arn")) not in managed(all_.new):
        return None
    rules = [block for block in managed(all_.new).values() if block.kind == "aws_lb_listener_rule"]
    hosts = {one.host for rule in rules for one in _requests(rule) if one.host}
    issued = _issued_for(before, all_.old)
    covered = sorted(host for host in hosts if issued is None or covers(issued, host))
    return {"hosts": listed(covered)} if covered else None


def _issued_for(attached: Block, document: Document) -> str | None:
    """The name for which a certificate was issued; None for one that was named."""
    made = document.blocks.get(str(attached.ref("certificate_arn")))
    name = made.text("domain_name") if made else None
    return name if isinstance(name, str) else None


def loses_tls(change: Difference, _: Comparison) -> Words | None:
    """A listener that turns from HTTPS to HTTP."""
    spoken = [block.text("protocol") for block in (change.before, change.after) if block]
    return {} if spoken == ["HTTPS", "HTTP"] else None


def speaks_otherwise(change: Difference, all_: Comparison) -> Words | None:
    """A listener that changes its protocol, and may."""
    if "protocol" not in change.names or change.before is None or change.after is None:
        return None
    if loses_tls(change, all_) is not None:
        return None
    return {"before": str(change.before.text("protocol")), "protocol": str(change.after.text("protocol"))}


def goes_first(change: Difference, _: Comparison) -> Words | None:
    """A replacement that destroys before it makes."""
    return None if change.first else {}


def comes_first(change: Difference, _: Comparison) -> Words | None:
    """A replacement that makes before it destroys."""
    return {} if change.first else None


def is_stopped(change: Difference, _: Comparison) -> Words | None:
    """A function that may not run any more."""
    name = "reserved_concurrent_executions"
    return {} if name in change.names and change.after and change.after.number(name) == 0 else None


def addresses_are_held(change: Difference, all_: Comparison) -> Words | None:
    """A new NAT gateway with an Elastic IP that one has which goes only after the routes have turned."""
    wanted = _elastic_ips(change.after)
    holders = [
        address
        for address, block in managed(all_.old).items()
        if block.kind == change.type_name and address != change.address and wanted & _elastic_ips(block)
    ]
    if not holders or _leaves_its_vpc(all_):
        return None
    return {"holders": _short(holders), "holder_addresses": " ".join(sorted(holders))}


def others_stay(_: Difference, all_: Comparison) -> Words | None:
    """Other NAT gateways that are there afterwards."""
    left = [address for address, block in managed(all_.new).items() if block.kind == "aws_nat_gateway"]
    return {"others": _short(left)} if left else None


def none_stays(change: Difference, all_: Comparison) -> Words | None:
    """No NAT gateway that is there afterwards."""
    return None if others_stay(change, all_) else {}


def is_an_alias(change: Difference, all_: Comparison) -> Words | None:
    """A record that names a load balancer, not one that proves a domain; the same name is not left."""
    before, after = change.before, change.after
    if before is None or not before.blocks("alias"):
        return None
    same = after is not None and _text(before, "name", all_) == _text(after, "name", all_)
    return None if same else {"name": _text(before, "name", all_)}


def _elastic_ips(block: Block | None) -> set[Any]:
    """What a NAT gateway has for addresses, by what they are in both documents."""
    paths = uses()["aws_eip"].users["aws_nat_gateway"]
    found = {reference for path in paths for reference in _refs_at(block, path)} if block else set()
    return {one for one in found if not isinstance(one, Unknown)}


def _leaves_its_vpc(all_: Comparison) -> bool:
    """Whether the VPC is another one and load balancers would have to follow: then that comes first."""
    vpcs = [one for one in all_.differences if one.type_name == "aws_vpc" and one.action == "replace"]
    return bool(vpcs) and load_balancers_stay(vpcs[0], all_) is not None


def _is_followed(change: Difference, all_: Comparison) -> bool:
    """Whether Terraform destroys a rule only after another one is made.

    What waited for the old rule waits for the new one, and changes: the old one goes after that.
    """
    new = {base_address(one.address) for one in all_.differences if one.action == "create"}
    old = base_address(change.address)
    return any(
        one.action == "update"
        and old in all_.old.references.waits_for(base_address(one.address))
        and {a for a in new & all_.new.references.waits_for(base_address(one.address)) if a.startswith(_RULE)}
        for one in all_.differences
    )


def _load_balancer(rule: Block | None, all_: Comparison) -> Any:
    """Which load balancer a rule is of."""
    document = all_.old if rule is not None and rule.document is all_.old else all_.new
    listener = document.blocks.get(str(rule.ref("listener_arn"))) if rule else None
    return listener.ref("load_balancer_arn") if listener else None


def _makes_first(change: Difference) -> bool:
    return change.action == "create" or change.first


def _network(block: Block | None) -> ipaddress.IPv4Network | None:
    text = block.text("cidr_block") if block else None
    try:
        return ipaddress.IPv4Network(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _refs_at(block: Block, path: str) -> set[Any]:
    """What an argument means, in a nested block where the path has a dot."""
    name, _, rest = path.partition(".")
    return {r for part in block.blocks(name) for r in _refs_at(part, rest)} if rest else {*block.refs(name)}


def _unique(block: Block | None, all_: Comparison) -> tuple[Any, ...] | None:
    """What of it only one at a time can have; nothing where the law does not go for it."""
    law = taken().get(block.kind) if block else None
    if law is None or block is None or (law.when and block.flag(law.when, False) is not True):
        return None
    if block.kind == "aws_lb_target_group_attachment" or block.has("name_prefix"):
        return None
    is_old = block.document is all_.old
    reader = Reader(all_.old, all_.new) if is_old else Reader(all_.new, all_.old)
    values = [reader.plain(block.get(name)) for name in law.together]
    return tuple(str(value) for value in values) if any(values) else None


def _targets(block: Block | None) -> Iterator[str]:
    for name in ("default_action", "action"):
        for action in block.blocks(name) if block else ():
            found = action.ref("target_group_arn")
            if found is not None and not isinstance(found, Unknown):
                yield found


def _requests(block: Block | None) -> tuple[Requests, ...]:
    """The kinds of requests that a rule takes, as far as they are written out."""
    found: dict[str, list[str]] = {"host_header": [], "path_pattern": []}
    for condition in block.blocks("condition") if block else ():
        for kind, values in found.items():
            texts = (text for pattern in condition.blocks(kind) for text in pattern.texts("values"))
            values += [text for text in texts if isinstance(text, str)]
    return requests_of(found["host_header"], found["path_pattern"]) if any(found.values()) else ()


def _meet(some: Iterable[Requests], others: tuple[Requests, ...]) -> bool:
    """Whether both take the same path, of a host that both take."""
    return any(one.path == other.path and overlap(one, other) for one in some for other in others)


def _text(block: Block, name: str, all_: Comparison) -> str:
    is_old = block.document is all_.old
    reader = Reader(all_.old, all_.new) if is_old else Reader(all_.new, all_.old)
    return str(reader.plain(block.get(name)))


def _short(addresses: list[str]) -> str:
    return listed(sorted(map(short_name, addresses)))


CASES: dict[str, Callable[[Difference, Comparison], Words | None]] = {
    case.__name__: case
    for case in (
        *(overlaps, held_by_versions, load_balancers_stay, is_protected, may_hold_images),
        *(filters_what_stays, may_hold_objects, is_emptied),
        *(keeps_its_name, keeps_another_name, has_another_name, takes_anothers, targets_are_addresses),
        *(workload_stays, paths_stay, loses_tls, speaks_otherwise, goes_first, comes_first, is_stopped),
        *(addresses_are_held, others_stay, none_stays, is_an_alias, hosts_stay),
    )
}
