"""Laws of the proof: more rules never mean less, and the shortcuts agree with trying every packet."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.proof import Blocked, CannotTell, Carried, Reachability
from constructs_lib.proof.model.network import AclEntry, NetworkAcl
from constructs_lib.proof.walking._network_acls import decides
from constructs_lib.proof.walking.addresses import covered
from tests.support.architecture import Document, default_document, ref
from tests.support.properties import examples

GROUPS = [
    ref(f"aws_security_group.{n}")
    for n in ("inventory", "storefront", "internal", "public", "endpoint_clients")
]
PEERS = st.one_of(
    st.sampled_from([{"referenced_security_group_id": group} for group in [*GROUPS, "sg-1", "${var.group}"]]),
    st.sampled_from(
        [
            {"cidr_ipv4": c}
            for c in ("0.0.0.0/0", "10.0.0.0/16", "10.0.0.0/24", "10.0.1.0/24", "203.0.113.0/24", "${var.c}")
        ]
    ),
    st.just({"prefix_list_id": ref("aws_vpc_endpoint.endpoints_s3", "prefix_list_id")}),
)
PORTS = st.sampled_from([(80, 80), (443, 443), (8080, 8080), (0, 65535), (8000, 9000), ("${var.port}", 443)])


@st.composite
def rules(draw: Any) -> tuple[str, dict[str, Any]]:
    first, last = draw(PORTS)
    kind = draw(st.sampled_from(["ingress", "egress"]))
    body = {
        "security_group_id": draw(st.sampled_from([*GROUPS, "${var.own}"])),
        "ip_protocol": draw(st.sampled_from(["tcp", "tcp", "tcp", "udp", "-1"])),
        "from_port": first,
        "to_port": last,
        **draw(PEERS),
    }
    return f"aws_vpc_security_group_{kind}_rule", body


def with_rules(extra: list[tuple[str, dict[str, Any]]]) -> Document:
    """The default architecture with these rules and no others."""
    document = default_document()
    for kind in ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"):
        document["resource"][kind] = {}
    for number, (kind, body) in enumerate(extra):
        document["resource"][kind][f"rule_{number}"] = body
    return document


QUESTIONS = [
    ("storefront", "inventory", 8080),
    ("inventory", "inventory", 8080),
    ("sg-1", "inventory", 8080),
    ("internet", "storefront", 80),
    ("203.0.113.0/24", "storefront", 80),
    ("storefront", "internet", 443),
    ("inventory", "s3", 443),
    ("inventory", "logs", 443),
]
RANKS = {Blocked: 0, CannotTell: 1, Carried: 2}


def ranks(document: Document, through: Any) -> list[int]:
    reachability = Reachability(document)
    return [RANKS[type(reachability.path(*question, through=through))] for question in QUESTIONS]


@examples(150)
@given(st.lists(rules(), max_size=6), rules(), st.sampled_from(["every", "any"]))
def test_adding_a_rule_never_makes_fewer_things_reachable(known: Any, added: Any, through: str) -> None:
    before, after = ranks(with_rules(known), through), ranks(with_rules([*known, added]), through)
    assert all(one <= other for one, other in zip(before, after, strict=True))


@examples(100)
@given(st.lists(rules(), min_size=1, max_size=8), st.data())
def test_removing_a_rule_never_makes_more_things_reachable(known: Any, data: Any) -> None:
    gone = data.draw(st.integers(0, len(known) - 1))
    rest = [rule for number, rule in enumerate(known) if number != gone]
    before, after = ranks(with_rules(known), "any"), ranks(with_rules(rest), "any")
    assert all(one >= other for one, other in zip(before, after, strict=True))


@examples(100)
@given(st.lists(rules(), max_size=8))
def test_what_all_reach_one_reaches(known: Any) -> None:
    document = with_rules(known)
    assert all(
        one <= other for one, other in zip(ranks(document, "every"), ranks(document, "any"), strict=True)
    )


@examples(60)
@given(st.lists(rules(), max_size=8))
def test_who_reaches_finds_exactly_those_whose_path_is_not_blocked(known: Any) -> None:
    reachability = Reachability(with_rules(known))
    found = {
        one.source for one in reachability.who_reaches("inventory") if one.source.startswith("aws_lambda")
    }
    sources = ("aws_lambda_function.inventory", "aws_lambda_function.storefront")
    asked = {
        s for s in sources if not isinstance(reachability.path(s, "inventory", 8080, through="any"), Blocked)
    }
    assert found == asked


BLOCKS = st.sampled_from(
    [str(n) for size in (30, 31, 32) for n in ip_network("10.0.0.0/30").subnets(new_prefix=size)]
)


@given(st.lists(BLOCKS, max_size=5), BLOCKS)
def test_covering_agrees_with_looking_at_every_address(outers: list[str], inner: str) -> None:
    held = {address for outer in outers for address in ip_network(outer)}
    assert covered(ip_network(inner), map(ip_network, outers)) == (set(ip_network(inner)) <= held)


@st.composite
def entries(draw: Any) -> AclEntry:
    first = draw(st.integers(0, 3))
    return AclEntry(
        number=1,
        allow=draw(st.booleans()),
        egress=draw(st.integers(0, 7)) > 0,
        tcp=draw(st.integers(0, 7)) > 0,
        cidr=ip_network(draw(BLOCKS)),
        ports=(first, draw(st.integers(first, 3))),
    )


def lets(acl: NetworkAcl, address: Any, port: int) -> bool:
    for entry in acl.entries:
        assert not isinstance(entry.ports, str)
        if entry.egress and entry.tcp and address in entry.cidr and entry.ports[0] <= port <= entry.ports[1]:
            return bool(entry.allow)
    return False


@examples(300)
@given(st.lists(entries(), max_size=5), BLOCKS, st.integers(0, 3), st.integers(0, 3))
def test_an_acl_agrees_with_trying_every_packet(
    own: list[AclEntry], block: str, one: int, other: int
) -> None:
    acl, ports = NetworkAcl("acl", tuple(own)), (min(one, other), max(one, other))
    packets = [(address, port) for address in ip_network(block) for port in range(ports[0], ports[1] + 1)]
    outcomes = {lets(acl, address, port) for address, port in packets}
    verdict = decides(acl, True, ip_network(block), ports)
    assert verdict is None or outcomes == {verdict}
