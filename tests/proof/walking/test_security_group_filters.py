"""Security groups in each of Terraform's three ways of writing rules, and every kind of peer."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import Blocked, CannotTell, Carried, Reachability
from tests.support.architecture import add, default_document, drop, ref, resource

INGRESS = "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080"
EGRESS = "aws_vpc_security_group_egress_rule.storefront_to_internal_8080"
CALL = ("storefront", "inventory", 8080)


def with_ingress(**rule: Any) -> Reachability:
    """The default architecture with this ingress rule of the internal load balancer instead."""
    document = default_document()
    body = drop(document, INGRESS)
    add(document, INGRESS, **{"security_group_id": body["security_group_id"], "ip_protocol": "tcp", **rule})
    return Reachability(document)


@pytest.mark.parametrize(
    "rule",
    [
        {"from_port": 8080, "to_port": 8080, "cidr_ipv4": "10.0.0.0/16"},
        {"from_port": 8000, "to_port": 9000, "cidr_ipv4": "0.0.0.0/0"},
        {"from_port": 8080, "to_port": 8080, "cidr_ipv4": "10.0.0.0/23"},
        {"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/8"},
        {
            "from_port": "8080",
            "to_port": "8080",
            "referenced_security_group_id": ref("aws_security_group.endpoint_clients"),
        },
        {
            "ip_protocol": "6",
            "from_port": 0,
            "to_port": 65535,
            "referenced_security_group_id": ref("aws_security_group.storefront"),
        },
    ],
)
def test_a_rule_that_covers_the_caller_admits_it(rule: dict[str, Any]) -> None:
    assert isinstance(with_ingress(**rule).path(*CALL), Carried)


@pytest.mark.parametrize(
    "rule",
    [
        {"from_port": 8081, "to_port": 8081, "cidr_ipv4": "10.0.0.0/16"},
        {"from_port": 8080, "to_port": 8080, "cidr_ipv4": "10.1.0.0/16"},
        {"ip_protocol": "udp", "from_port": 8080, "to_port": 8080, "cidr_ipv4": "0.0.0.0/0"},
        {"from_port": 8080, "to_port": 8080, "cidr_ipv6": "::/0"},
        {"from_port": 8080, "to_port": 8080, "referenced_security_group_id": "sg-0123456789abcdef0"},
        {
            "from_port": 8080,
            "to_port": 8080,
            "prefix_list_id": ref("aws_vpc_endpoint.endpoints_s3", "prefix_list_id"),
        },
    ],
)
def test_a_rule_for_somebody_else_does_not(rule: dict[str, Any]) -> None:
    assert isinstance(with_ingress(**rule).path(*CALL), Blocked)


def test_one_subnet_of_two_is_not_enough_for_a_call_and_too_much_for_a_wall() -> None:
    reachability = with_ingress(from_port=8080, to_port=8080, cidr_ipv4="10.0.0.0/24")
    assert isinstance(reachability.path(*CALL), Blocked)
    assert isinstance(reachability.path(*CALL, through="any"), Carried)


def test_a_managed_prefix_list_counts_by_its_entries() -> None:
    document = default_document()
    rule = resource(document, INGRESS)
    del rule["referenced_security_group_id"]
    rule["prefix_list_id"] = ref("aws_ec2_managed_prefix_list.office")
    add(
        document,
        "aws_ec2_managed_prefix_list.office",
        entry=[{"cidr": "10.0.0.0/24"}, {"cidr": "10.0.1.0/24"}],
    )
    assert isinstance(Reachability(document).path(*CALL), Carried)
    resource(document, "aws_ec2_managed_prefix_list.office")["entry"].pop()
    assert isinstance(Reachability(document).path(*CALL), Blocked)


def inline(document: dict[str, Any], **rules: Any) -> Reachability:
    drop(document, INGRESS)
    resource(document, "aws_security_group.internal").update(rules)
    return Reachability(document)


@pytest.mark.parametrize("as_list", [True, False])
def test_inline_rules_count_written_as_a_block_or_as_a_list(as_list: bool) -> None:
    rule = {
        "protocol": "tcp",
        "from_port": 8080,
        "to_port": 8080,
        "security_groups": [ref("aws_security_group.storefront")],
    }
    assert isinstance(inline(default_document(), ingress=[rule] if as_list else rule).path(*CALL), Carried)


def test_inline_rules_with_null_fields_count_as_cdktf_writes_them() -> None:
    rule = {
        "cidr_blocks": ["10.0.0.0/16"],
        "from_port": 0,
        "to_port": 0,
        "protocol": "-1",
        "ipv6_cidr_blocks": None,
        "prefix_list_ids": None,
        "security_groups": None,
        "self": None,
        "description": None,
    }
    assert isinstance(inline(default_document(), ingress=[rule]).path(*CALL), Carried)


def test_a_self_rule_admits_those_who_carry_the_same_group() -> None:
    document = default_document()
    rule = {"protocol": "tcp", "from_port": 8080, "to_port": 8080, "self": True}
    assert isinstance(inline(document, ingress=[rule]).path(*CALL), Blocked)
    groups = resource(document, "aws_lambda_function.storefront")["vpc_config"]["security_group_ids"]
    groups.append(ref("aws_security_group.internal"))
    assert isinstance(Reachability(document).path(*CALL), Carried)


def test_a_dynamic_block_is_not_a_yes_and_not_a_no() -> None:
    rules = {"dynamic": {"ingress": {"for_each": "${var.rules}", "content": {}}}}
    assert isinstance(inline(default_document(), **rules).path(*CALL), CannotTell)


@pytest.mark.parametrize("kind", ["ingress", "egress"])
def test_legacy_rule_resources_count(kind: str) -> None:
    document = default_document()
    own, peer = ("internal", "storefront") if kind == "ingress" else ("storefront", "internal")
    drop(document, INGRESS if kind == "ingress" else EGRESS)
    assert isinstance(Reachability(document).path(*CALL), Blocked)
    add(
        document,
        "aws_security_group_rule.old",
        type=kind,
        protocol="tcp",
        from_port=8080,
        to_port=8080,
        security_group_id=ref(f"aws_security_group.{own}"),
        source_security_group_id=ref(f"aws_security_group.{peer}"),
    )
    assert isinstance(Reachability(document).path(*CALL), Carried)


def test_a_load_balancer_without_groups_carries_the_default_one() -> None:
    document = default_document()
    del resource(document, "aws_lb.internal")["security_groups"]
    assert isinstance(Reachability(document).path(*CALL), Blocked)
    egress = resource(document, EGRESS)
    del egress["referenced_security_group_id"]
    egress["cidr_ipv4"] = "10.0.0.0/16"
    rule = {"protocol": "tcp", "from_port": 8080, "to_port": 8080, "cidr_blocks": ["10.0.0.0/16"]}
    resource(document, "aws_default_security_group.network")["ingress"] = [rule]
    assert isinstance(Reachability(document).path(*CALL), Carried)


def test_a_group_that_is_looked_up_is_the_same_group_on_both_sides() -> None:
    document = default_document()
    looked_up = "${data.aws_security_group.shared.id}"
    document["data"] = {"aws_security_group": {"shared": {"name": "shared"}}}
    resource(document, "aws_lambda_function.storefront")["vpc_config"]["security_group_ids"].append(looked_up)
    resource(document, INGRESS)["referenced_security_group_id"] = looked_up
    assert isinstance(Reachability(document).path(*CALL), Carried)


def test_a_rule_of_an_open_group_may_open_any_group() -> None:
    document = default_document()
    resource(document, INGRESS)["security_group_id"] = "${module.groups.internal}"
    answer = Reachability(document).path(*CALL)
    assert isinstance(answer, CannotTell)
    assert (
        answer.why
        == f"{INGRESS} opens 8080 in module.groups.internal, which may be a group of aws_lb.internal"
    )
