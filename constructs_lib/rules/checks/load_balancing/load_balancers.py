"""Rules about load balancers themselves."""

from __future__ import annotations

import re
from collections import Counter
from ipaddress import IPv4Network
from itertools import chain, combinations
from typing import TYPE_CHECKING

from constructs_lib.figures import load_balancer as figures
from constructs_lib.proof.walking import route_tables
from constructs_lib.proof.walking.addresses import EVERYWHERE
from constructs_lib.rules.verdicts import (
    Doubt,
    Fault,
    Finding,
    at_most,
    each,
    judge,
    of_answer,
    open_value,
    within_limits,
)
from constructs_lib.terraform_json.references import strings
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from constructs_lib.proof.model.load_balancing import LoadBalancer
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_NAME = re.compile(figures.NAME)
_ONE_OF_ZONES = re.compile(r"((?:.*\.)?data\.aws_availability_zones\.[^.]+\.(?:names|zone_ids))\[(\d+)\]")
_OWN_HTTPS = re.compile(r"https://\$\{(aws_a?lb\.[\w-]+)(?:\[[^\]]*\])?\.dns_name\}")


def _judged(facts: Facts, faults: Callable[[Facts, LoadBalancer], Iterable[Fault]]) -> Iterator[Finding]:
    """Judge every application load balancer."""
    for balancer in facts.model.load_balancers.values():
        if balancer.kind == "application":
            yield judge(balancer.interface.address, faults(facts, balancer))


def subnets(facts: Facts) -> Iterator[Finding]:
    """``alb-subnet-size``."""
    return _judged(facts, _subnet_sizes)


def _subnet_sizes(facts: Facts, balancer: LoadBalancer) -> Iterator[Fault]:
    for identity in balancer.interface.subnets:
        subnet = facts.model.subnets.get(identity)
        cidr = subnet.cidr if subnet else Unknown(str(identity))
        if isinstance(cidr, Unknown):
            yield Doubt(f"the size of {identity} is not in this document")
        elif isinstance(cidr, IPv4Network) and cidr.prefixlen > figures.LONGEST_SUBNET_PREFIX:
            asked = f"/{figures.LONGEST_SUBNET_PREFIX} or larger with {figures.FREE_ADDRESSES} free addresses"
            yield f"is in {identity} ({cidr}); AWS asks for {asked}"


def zones(facts: Facts) -> Iterator[Finding]:
    """``alb-two-zones``."""
    return _judged(facts, _zones)


def _zones(facts: Facts, balancer: LoadBalancer) -> Iterator[Fault]:
    identities = balancer.interface.subnets
    block = facts.document.blocks[balancer.interface.address]
    is_open = block.opens_blocks("subnet_mapping") or any(isinstance(one, Unknown) for one in identities)
    if is_open and not identities:
        yield Doubt("in which subnets it is, is not in this document")
    if len(identities) < figures.FEWEST_ZONES and not is_open:
        asked = f"subnets in {figures.FEWEST_ZONES} availability zones or more"
        yield f"is in {len(identities)} subnet; AWS asks for {asked}"
    by_zone: dict[str | Unknown | None, list[Identity]] = {}
    for identity in identities:
        subnet = facts.model.subnets.get(identity)
        by_zone.setdefault(subnet.zone if subnet else None, []).append(identity)
    for zone, own in by_zone.items():
        named = " and ".join(map(str, own))
        if zone is None:
            yield Doubt(f"the availability zone of {named} is not in this document")
        elif len(own) > 1:
            yield f"has {named} in the one zone {zone}; AWS takes one subnet of each zone"
    there = [zone for zone in by_zone if zone is not None]
    if any(not _are_different(one, other) for one, other in combinations(there, 2)):
        yield Doubt("whether its subnets are in different zones is not in this document")


def _are_different(one: str | Unknown, other: str | Unknown) -> bool:
    """Tell whether two zones are different for sure: also two of the names that one data source gives."""
    first, second = _ONE_OF_ZONES.fullmatch(str(one)), _ONE_OF_ZONES.fullmatch(str(other))
    if first and second and first[1] == second[1]:
        return first[2] != second[2]
    return isinstance(one, str) and isinstance(other, str)


def public_subnets(facts: Facts) -> Iterator[Finding]:
    """``alb-public-subnets``; an internal load balancer has nothing to keep here."""
    for balancer in facts.model.load_balancers.values():
        if balancer.internal is False:
            places = facts.paths.bystanders.places(balancer.interface)
            faults = facts.unless_elsewhere(places, _routed(facts, balancer))
            yield judge(balancer.interface.address, faults)


def _routed(facts: Facts, balancer: LoadBalancer) -> Iterator[Fault]:
    for identity in balancer.interface.subnets:
        yield from of_answer(route_tables.to_internet_gateway(facts.model, identity, EVERYWHERE))


def names(facts: Facts) -> Iterator[Finding]:
    """``alb-name``."""
    yield from each(
        facts.document.resources("aws_lb"), lambda block: name_faults(block, figures.RESERVED_PREFIX)
    )


def name_faults(block: Block, reserved: str = "") -> Iterator[Fault]:
    """Ask that a name is one that load balancers and target groups may have."""
    for key, limit in (("name", figures.NAME_LENGTH), ("name_prefix", figures.NAME_PREFIX_LENGTH)):
        name = block.text(key)
        if isinstance(name, Unknown):
            yield open_value(key, name)
        elif name:
            if len(name) > limit:
                yield f"{key} {name!r} has {len(name)} characters; {limit} are allowed"
            if not _NAME.fullmatch(name.rstrip("-") if key == "name_prefix" else name):
                yield f"{key} {name!r} is not letters, digits and hyphens, with none at its ends"
            if reserved and name.startswith(reserved):
                yield f"{key} {name!r} begins with {reserved}, which AWS keeps for itself"


def listeners(facts: Facts) -> Iterator[Finding]:
    """``alb-listeners``."""
    most = facts.quotas.alb_listeners
    return _judged(facts, lambda _, balancer: at_most(len(balancer.listeners), most, "listeners"))


def rules(facts: Facts) -> Iterator[Finding]:
    """``alb-listener-rules``."""
    return _judged(facts, lambda _, balancer: _rules(balancer, facts.quotas.alb_listener_rules))


def _rules(balancer: LoadBalancer, most: int) -> Iterator[Fault]:
    number = sum(len(listener.rules) for listener in balancer.listeners) - len(balancer.listeners)
    return at_most(number, most, "rules beside the default ones")


def target_groups(facts: Facts) -> Iterator[Finding]:
    """``alb-target-groups``."""
    most = figures.TARGET_GROUPS_PER_LOAD_BALANCER
    return _judged(facts, lambda _, balancer: at_most(len(_groups(balancer)), most, "target groups"))


def _groups(balancer: LoadBalancer) -> set[Identity]:
    rules = chain.from_iterable(listener.rules for listener in balancer.listeners)
    return {group for rule in rules for group, _ in rule.action.targets}


def certificates(facts: Facts) -> Iterator[Finding]:
    """``alb-certificates``."""
    extra = Counter(
        block.ref("listener_arn") for block in facts.document.resources("aws_lb_listener_certificate")
    )
    return _judged(facts, lambda _, balancer: _certificates(balancer, extra, facts.quotas.alb_certificates))


def _certificates(balancer: LoadBalancer, extra: Counter[Identity | None], most: int) -> Iterator[Fault]:
    number = sum(extra[listener.address] for listener in balancer.listeners)
    return at_most(number, most, "certificates beside the default ones")


def idle_timeouts(facts: Facts) -> Iterator[Finding]:
    """``alb-idle-timeout``."""
    yield from each(
        facts.document.resources("aws_lb"),
        lambda block: within_limits(block, "idle_timeout", figures.IDLE_TIMEOUT_S, " s"),
    )


def patience(facts: Facts) -> Iterator[Finding]:
    """``alb-idle-timeout-for-lambda``."""
    return _judged(facts, _patience)


def _patience(facts: Facts, balancer: LoadBalancer) -> Iterator[Fault]:
    address = balancer.interface.address
    idle = facts.document.blocks[address].number("idle_timeout")
    idle = figures.DEFAULT_IDLE_TIMEOUT_S if idle is None else idle
    held = (
        facts.model.target_groups[group].targets
        for group in sorted(_groups(balancer), key=str)
        if group in facts.model.target_groups
    )
    for thing in dict.fromkeys(target.thing for target in chain.from_iterable(held)):
        function = facts.model.functions.get(str(thing))
        timeout = function.timeout_s if function else None
        if isinstance(idle, Unknown) or isinstance(timeout, Unknown):
            yield Doubt(
                f"idle_timeout ({idle}) or the timeout of {thing} ({timeout}) is not in this document"
            )
        elif timeout is not None and timeout > idle:
            yield f"closes a connection after {idle} s without data, before {thing} times out ({timeout} s)"


def own_names(facts: Facts) -> Iterator[Finding]:
    """``alb-https-dns-name``; one finding for each load balancer whose own name is used."""
    users: dict[str, list[str]] = {}
    for address, body in facts.document.bodies.items():
        for text in strings(body) if not address.startswith("output.") else ():  # it tells, and calls nobody
            for balancer in _OWN_HTTPS.findall(text):
                users.setdefault(balancer, []).append(address)
    for block in facts.document.resources("aws_lb"):
        own = users.get(block.address.split("[")[0], [])
        if own or (block.address in facts.model.load_balancers and _has_https(facts, block.address)):
            yield judge(block.address, _misnamed(own))


def _has_https(facts: Facts, address: str) -> bool:
    return any(one.protocol == "HTTPS" for one in facts.model.load_balancers[address].listeners)


def _misnamed(users: list[str]) -> Iterator[Fault]:
    for user in dict.fromkeys(users):
        yield (
            f"{user} calls it by https:// and its own DNS name, for which no certificate exists: the "
            "verification fails"
        )
