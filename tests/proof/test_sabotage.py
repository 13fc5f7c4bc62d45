"""Everything that the generator wrote, bent one resource at a time: the proof has to name it."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.proof import read_document
from constructs_lib.rules import check_rules
from tests.support.bends.network import NETWORK, RULES
from tests.support.bends.workloads import COMPUTE, LOAD_BALANCING
from tests.support.stacks_written import NAMES, Body, Written, written

if TYPE_CHECKING:
    from constructs_lib.proof import Promise
    from tests.support.bends.bend import Bend, Outcome

_ADDRESS = re.compile(r"\$\{((?:data\.)?\w+\.[\w-]+)")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_keeps_every_promise(name: str) -> None:
    assert written()[name].proof.broken == ()


UNUSED = "existing-callers has nothing public and no NAT gateway, so nothing uses its public subnets"
EVERYBODY = (
    "both functions of nat-per-az may reach the internet, so whoever carries the clients' group may, too"
)
RULE = "aws_vpc_security_group_egress_rule"
CLIENTS = [f"{RULE}.endpoint_clients_to_{peer}_443" for peer in ("dynamodb", "endpoints", "s3")]

LESS: list[tuple[str, str, list[str], Outcome, str]] = [
    (f"{RULE} is open to the world", "nat-per-az", CLIENTS, "nothing", EVERYBODY),
    (f"{RULE} is open to all private addresses", "nat-per-az", CLIENTS, "nothing", EVERYBODY),
    (
        f"{RULE} is of another group",
        "nat-per-az",
        [f"{RULE}.inventory_to_internet_443", f"{RULE}.storefront_to_internet_443"],
        "nothing",
        EVERYBODY,
    ),
    (
        f"{RULE} is open to the world",
        "everything",
        [f"{RULE}.storefront_to_cdn_443"],
        "rules",
        "storefront may reach the whole internet on 443 anyway, so the same rule stands twice",
    ),
    (
        f"{RULE} is open to all private addresses",
        "everything",
        [f"{RULE}.storefront_to_cdn_443"],
        "nothing",
        "storefront may reach every address on 443 anyway",
    ),
    (
        f"{RULE} is open to all private addresses",
        "everything",
        [f"{RULE}.storefront_to_internet_443"],
        "warning",
        "the ranges of the prefix list that storefront may reach on 443 could be the whole internet",
    ),
    (
        "aws_route leads from public subnets to a NAT gateway",
        "existing-callers",
        ["aws_route.network_public"],
        "rules",
        UNUSED,
    ),
    (
        "aws_route is for private addresses",
        "existing-callers",
        ["aws_route.network_public"],
        "nothing",
        UNUSED,
    ),
    (
        "aws_route_table_association ties a public subnet to a private table",
        "existing-callers",
        ["aws_route_table_association.network_public_a", "aws_route_table_association.network_public_b"],
        "nothing",
        UNUSED,
    ),
    (
        "aws_internet_gateway is of another VPC",
        "existing-callers",
        ["aws_internet_gateway.network"],
        "rules",
        UNUSED,
    ),
    (
        "aws_subnet is in another VPC",
        "existing-callers",
        ["aws_subnet.network_public_a", "aws_subnet.network_public_b"],
        "rules",
        UNUSED,
    ),
    (
        "aws_lambda_function does not carry the clients' group",
        "existing-vpc",
        ["aws_lambda_function.storefront"],
        "warning",
        "endpoints in a VPC of others admit all of it, and storefront may reach the whole internet on 443",
    ),
    (
        "aws_lb carries no group",
        "existing-vpc",
        ["aws_lb.public"],
        "warning",
        "it carries the VPC's own group then, whose rules are not in the document",
    ),
    (
        "aws_lb_listener_rule asks for a login first",
        "existing-callers",
        ["aws_lb_listener_rule.internal_inventory", "aws_lb_listener_rule.internal_prices"],
        "nothing",
        "whether its only caller, a group that exists elsewhere, gets so far cannot be told anyway",
    ),
]
"""What is noticed by less than the bend says: bend, environment, addresses, who notices, and the reason."""


def expected(bend: Bend, own: Written) -> dict[str, Outcome]:
    return {
        address: noticed
        for words, name, addresses, noticed, _ in LESS
        if (words, name) == (str(bend), own.name)
        for address in addresses
    }


BENDS = [*RULES, *NETWORK, *LOAD_BALANCING, *COMPUTE]


@pytest.mark.parametrize("bend", BENDS, ids=str)
def test_a_bent_resource_is_noticed(bend: Bend) -> None:
    """In the smallest environment that has one, where the proof has the fewest others to name."""
    own = min((one for one in written().values() if any(bend.all(one))), key=lambda one: len(one.addresses))
    assert unexpected(bend, own) == expected(bend, own)


@pytest.mark.slow  # one minute for 2,700 proofs
def test_a_bent_resource_is_noticed_in_every_environment() -> None:
    everywhere = list(itertools.product(BENDS, written().values()))
    found = {(str(bend), own.name): unexpected(bend, own) for bend, own in everywhere}
    assert found == {(str(bend), own.name): expected(bend, own) for bend, own in everywhere}


def unexpected(bend: Bend, own: Written) -> dict[str, Outcome]:
    """Who notices, by address, where it is not whom the bend says."""
    return {a: who for a, body in bend.all(own) if (who := outcome(own, bend, a, body)) != bend.by}


def outcome(own: Written, bend: Bend, address: str, body: Body) -> Outcome:
    document = own.having({address: body})
    try:
        proof = own.prove(document)
    except ConfigError:  # a circle, which Terraform refuses, too
        return bend.by
    names = names_of(own.body(address), body, address)
    if any(p.kind in bend.kinds and says(p, names) for p in proof.broken):
        return "proof"
    if any(v.verdict == "broken" and v.severity == "E" for v in check_rules(read_document(document))):
        return "rules"
    return "warning" if set(proof.uncertain) - set(own.proof.uncertain) else "nothing"


def names_of(before: Body, after: Body, address: str) -> set[str]:
    """What a promise may name to be of use: the resource, what it ties together, what is new in it."""
    texts = json.dumps([before, after])
    short = {word for word in re.split("[._]", address)[-2:] if word not in ("network", "internal", "public")}
    return {address, *_ADDRESS.findall(texts), *re.findall(r"vpc-\w+", texts), *short}


def says(promise: Promise, names: set[str]) -> bool:
    text = f"{promise} {promise.subject} {promise.where} {promise.hops}"
    return any(name in text for name in names)


SWAPPED = {
    "ecs-caller": {("aws_lb_listener_rule.public_storefront", "aws_lb_listener_rule.public_web")},
    "everything": {("aws_lb_listener_rule.public_storefront", "aws_lb_listener_rule.public_web")},
    "own-ports": {("aws_lb_listener_rule.public_backoffice", "aws_lb_listener_rule.public_storefront")},
}
"""The pairs of rules of one listener whose order matters: one takes /*."""


@pytest.mark.parametrize("name", NAMES)
def test_swapped_priorities_are_noticed_where_order_matters(name: str) -> None:
    own = written()[name]
    rules = [f"aws_lb_listener_rule.{rule}" for rule in sorted(own.of("aws_lb_listener_rule"))]
    found = set()
    for one, other in itertools.combinations(rules, 2):
        first, second = own.body(one), own.body(other)
        if first["listener_arn"] != second["listener_arn"]:
            continue
        first["priority"], second["priority"] = second["priority"], first["priority"]
        if {p.kind for p in own.prove(own.having({one: first, other: second})).broken} >= {"route"}:
            found.add((one, other))
    assert found == SWAPPED.get(name, set())
