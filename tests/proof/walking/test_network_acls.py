"""Network ACLs: stateless, in the order of their numbers, with the answer's way back."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import Answer, Blocked, CannotTell, Carried, Reachability
from tests.support.architecture import add, default_document, ref, resource

EVERYTHING = {
    "rule_no": 100,
    "action": "allow",
    "protocol": "-1",
    "cidr_block": "0.0.0.0/0",
    "from_port": 0,
    "to_port": 0,
}
OUT = ("storefront", "internet", 443)


def entry(number: int, action: str, first: int, last: int, cidr: str = "0.0.0.0/0") -> dict[str, Any]:
    return {
        "rule_no": number,
        "action": action,
        "protocol": "tcp",
        "cidr_block": cidr,
        "from_port": first,
        "to_port": last,
    }


def with_acl(ingress: list[dict[str, Any]], egress: list[dict[str, Any]]) -> dict[str, Any]:
    """The default architecture with an ACL around both private subnets."""
    document = default_document()
    subnets = [ref(f"aws_subnet.network_private_{zone}") for zone in "ab"]
    add(
        document,
        "aws_network_acl.own",
        vpc_id=ref("aws_vpc.network"),
        subnet_ids=subnets,
        ingress=ingress,
        egress=egress,
    )
    return document


def ask(document: dict[str, Any], question: tuple[str, str, int] = OUT) -> Answer:
    return Reachability(document).path(*question)


def test_an_acl_that_lets_everything_carries_and_is_named() -> None:
    answer = ask(with_acl([EVERYTHING], [EVERYTHING]))
    assert isinstance(answer, Carried)
    assert ("aws_network_acl.own",) in [hop.addresses for hop in answer.hops]


def test_an_acl_without_entries_lets_nothing() -> None:
    answer = ask(with_acl([], []))
    assert isinstance(answer, Blocked)
    assert (
        answer.why == "aws_network_acl.own does not let 443 out of aws_subnet.network_private_a to 0.0.0.0/0"
    )


def test_the_answers_need_the_ephemeral_ports() -> None:
    out = [entry(100, "allow", 443, 443)]
    assert isinstance(ask(with_acl([entry(100, "allow", 1024, 65535)], out)), Carried)
    answer = ask(with_acl([entry(100, "allow", 443, 443)], out))
    assert isinstance(answer, Blocked)
    assert "does not let answers (1024 to 65535) into aws_subnet.network_private_a" in answer.why


def test_a_part_of_the_ephemeral_ports_is_not_a_yes() -> None:
    document = with_acl([entry(100, "allow", 32768, 65535)], [entry(100, "allow", 443, 443)])
    assert isinstance(ask(document), CannotTell)


def test_the_smallest_number_decides() -> None:
    deny, allow = entry(90, "deny", 443, 443), entry(100, "allow", 0, 65535)
    assert isinstance(ask(with_acl([EVERYTHING], [allow, deny])), Blocked)
    assert isinstance(ask(with_acl([EVERYTHING], [allow, {**deny, "rule_no": 110}])), Carried)


def test_an_entry_that_denies_a_part_before_all_is_let_is_not_a_yes() -> None:
    document = with_acl([entry(90, "deny", 1024, 2000), EVERYTHING], [EVERYTHING])
    assert isinstance(ask(document), CannotTell)


@pytest.mark.parametrize("protocol", ["udp", "17", "icmp"])
def test_other_protocols_do_not_matter(protocol: str) -> None:
    deny = {**entry(90, "deny", 0, 65535), "protocol": protocol}
    assert isinstance(ask(with_acl([EVERYTHING], [deny, EVERYTHING])), Carried)


def test_a_call_crosses_both_subnets_of_every_pair() -> None:
    document = with_acl([EVERYTHING], [EVERYTHING])
    assert isinstance(ask(document, ("storefront", "inventory", 8080)), Carried)
    resource(document, "aws_network_acl.own")["ingress"] = [entry(100, "allow", 1024, 65535, "10.0.0.0/24")]
    assert isinstance(ask(document, ("storefront", "inventory", 8080)), Blocked)


def test_inside_one_subnet_no_acl_is_asked() -> None:
    document = with_acl([], [])
    only = [ref("aws_subnet.network_private_a")]
    resource(document, "aws_lambda_function.storefront")["vpc_config"]["subnet_ids"] = only
    resource(document, "aws_lb.internal")["subnets"] = only
    assert isinstance(ask(document, ("storefront", "inventory", 8080)), Carried)


def test_standalone_entries_and_associations_count() -> None:
    document = with_acl([], [])
    del resource(document, "aws_network_acl.own")["subnet_ids"]
    for zone in "ab":
        subnet = ref(f"aws_subnet.network_private_{zone}")
        add(
            document,
            f"aws_network_acl_association.{zone}",
            subnet_id=subnet,
            network_acl_id=ref("aws_network_acl.own"),
        )
    assert isinstance(ask(document), Blocked)
    for egress in (True, False):
        body = {
            "rule_number": 1,
            "egress": egress,
            "protocol": "all",
            "rule_action": "allow",
            "cidr_block": "0.0.0.0/0",
        }
        add(document, f"aws_network_acl_rule.{egress}", network_acl_id=ref("aws_network_acl.own"), **body)
    assert isinstance(ask(document), Carried)


def test_the_default_acl_of_the_vpc_filters_every_other_subnet() -> None:
    document = default_document()
    add(
        document,
        "aws_default_network_acl.all",
        default_network_acl_id=ref("aws_vpc.network", "default_network_acl_id"),
    )
    answer = ask(document, ("internet", "storefront", 80))
    assert isinstance(answer, Blocked)
    assert answer.hop == "aws_default_network_acl.all"


def test_an_open_entry_is_not_a_yes() -> None:
    document = with_acl([EVERYTHING], [{**EVERYTHING, "cidr_block": "${var.range}"}])
    assert isinstance(ask(document), CannotTell)
