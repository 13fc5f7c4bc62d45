"""Laws of the proof on what the generator really wrote: more rules never mean less, fewer never mean more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.proof import Blocked, CannotTell, Carried, Reachability
from tests.support.bends.bend import EGRESS, INGRESS, ref
from tests.support.properties import examples
from tests.support.stacks_written import Body, Document, Written, written

NAMES = ["dev", "ecs-caller", "everything", "existing-callers", "existing-vpc"]
RANKS = {Blocked: 0, CannotTell: 1, Carried: 2}
PORTS = [(80, 80), (443, 443), (8080, 8080), (8000, 8100), (0, 65535)]
RANGES = ["0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "203.0.113.0/24", "${var.range}"]


def questions(own: Written) -> list[tuple[str, str, int]]:
    """Everybody to everybody on the ports of the listeners, and what is outside."""
    names = list(own.environment.workloads)
    ports = {
        own.environment.listener_port(n) for n, w in own.environment.workloads.items() if w.exposure != "none"
    }
    inside = [
        (one, other, port)
        for one in (*names, "internet", "sg-1")
        for other in names
        for port in sorted(ports)
    ]
    return [*inside, *((name, target, 443) for name in names for target in ("internet", "s3", "logs"))]


def ranks(own: Written, document: Document, through: Any) -> list[int]:
    reachability = Reachability(document)
    return [RANKS[type(reachability.path(*question, through=through))] for question in questions(own)]


def rules_of(own: Written) -> list[str]:
    return [f"{kind}.{name}" for kind in (INGRESS, EGRESS) for name in own.of(kind)]


@st.composite
def a_rule(draw: Any, own: Written) -> tuple[str, Body]:
    groups = [ref(f"aws_security_group.{name}") for name in own.of("aws_security_group")]
    first, last = draw(st.sampled_from(PORTS))
    peer = draw(
        st.one_of(
            st.sampled_from(
                [{"referenced_security_group_id": one} for one in [*groups, "sg-1", "${var.group}"]]
            ),
            st.sampled_from([{"cidr_ipv4": one} for one in RANGES]),
            st.sampled_from([{"prefix_list_id": "pl-1"}]),
        )
    )
    body = {"security_group_id": draw(st.sampled_from(groups)), "ip_protocol": "tcp", **peer}
    kind = draw(st.sampled_from([INGRESS, EGRESS]))
    return f"{kind}.extra", {**body, "from_port": first, "to_port": last}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("through", ["every", "any"])
@examples(15)
@given(data=st.data())
def test_any_rule_that_is_added_makes_nothing_less_reachable(name: str, through: str, data: Any) -> None:
    own = written()[name]
    address, body = data.draw(a_rule(own))
    before, after = ranks(own, own.document, through), ranks(own, own.having({address: body}), through)
    assert all(one <= other for one, other in zip(before, after, strict=True)), body


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("through", ["every", "any"])
def test_any_rule_that_is_removed_makes_nothing_more_reachable(name: str, through: str) -> None:
    own = written()[name]
    before = ranks(own, own.document, through)
    more = {
        address
        for address in rules_of(own)
        if any(
            one < other
            for one, other in zip(before, ranks(own, own.having({address: None}), through), strict=True)
        )
    }
    assert more == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_that_is_removed_is_seen_by_some_question_or_by_the_proof(name: str) -> None:
    """The questions are worth asking: without its rules an environment reaches nothing by them."""
    own = written()[name]
    bare = own.having(dict.fromkeys(rules_of(own)))
    assert max(ranks(own, bare, "any")) < max(ranks(own, own.document, "any"))
