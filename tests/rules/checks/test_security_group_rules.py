"""Single openings of security groups."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, group, vpc

IN, OTHER = "aws_vpc_security_group_ingress_rule.a", "aws_vpc_security_group_ingress_rule.b"
GROUP = "${aws_security_group.own.id}"


def standalone(**values):
    body = {"security_group_id": GROUP, "ip_protocol": "tcp", "from_port": 80, "to_port": 80}
    return {**body, "cidr_ipv4": "10.0.0.0/8", **values}


def older(**values):
    body = {"security_group_id": GROUP, "type": "ingress", "protocol": "tcp", "from_port": 80, "to_port": 80}
    return {**body, "cidr_blocks": ["10.0.0.0/8"], **values}


def inline(*parts):
    return group("own", ingress=list(parts))


PART = {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["10.0.0.0/8"]}


@pytest.mark.parametrize(
    "found",
    [
        {IN: standalone(from_port=90)},
        {"aws_security_group_rule.a": older(from_port=90)},
        inline({**PART, "from_port": 90}),
    ],
)
def test_ports_the_wrong_way_round_are_broken_however_they_are_written(found):
    [said] = ask("security-group-rule-ports", found).values()
    assert said == "broken: from_port 90 is above to_port 80"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "kept"),
        ({"from_port": 0, "to_port": 65535}, "kept"),
        ({"ip_protocol": "icmp", "from_port": 8, "to_port": 0}, "kept"),
        ({"ip_protocol": "-1", "from_port": None, "to_port": None}, "kept"),
        ({"to_port": 65536}, "broken: opens port 65536; the last one is 65535"),
        (
            {"from_port": "${var.port}"},
            "cannot tell: its ports (var.port to 80) are not in this document",
        ),
    ],
)
def test_ports_are_judged_where_there_are_ports(values, said):
    found = ask("security-group-rule-ports", {IN: standalone(**values)}, variable={"port": {}})
    assert found == {IN: said}


def test_all_protocols_inline_take_no_ports():
    found = ask("security-group-rule-ports", inline({**PART, "protocol": "-1"}))
    assert found["aws_security_group.own"].endswith("Terraform takes 0 and 0 with -1")
    fine = inline({**PART, "protocol": "-1", "from_port": 0, "to_port": 0})
    assert set(ask("security-group-rule-ports", fine).values()) == {"kept"}


def test_the_same_rule_twice_is_named_with_the_first():
    found = ask("security-group-rule-duplicate", {IN: standalone(), OTHER: standalone(description="again")})
    assert found == {
        IN: "kept",
        OTHER: f"broken: opens tcp 80 from 10.0.0.0/8 in aws_security_group.own, as {IN} does",
    }


@pytest.mark.parametrize(
    "values",
    [
        {"to_port": 81},
        {"ip_protocol": "udp"},
        {"cidr_ipv4": "10.0.0.0/9"},
        {"security_group_id": "${aws_security_group.other.id}"},
        {"cidr_ipv4": "${var.cidr}"},
    ],
)
def test_a_rule_that_differs_is_another_one(values):
    found = {IN: standalone(), OTHER: standalone(**values)}
    assert ask("security-group-rule-duplicate", found, variable={"cidr": {}})[OTHER] == "kept"


def test_protocols_and_ranges_are_the_same_in_other_words():
    found = {IN: standalone(), "aws_security_group_rule.b": older(protocol="6", cidr_blocks=["10.1.0.0/8"])}
    assert ask("security-group-rule-duplicate", found)["aws_security_group_rule.b"].startswith("broken")


def test_what_each_instance_opens_is_not_known_to_be_the_same():
    one = {"for_each": "${var.all}", **standalone(cidr_ipv4="${each.value}")}
    found = ask("security-group-rule-duplicate", {IN: one, OTHER: one}, variable={"all": {}})
    assert set(found.values()) == {"kept"}


def test_inline_blocks_that_are_alike_are_one_and_lists_that_meet_are_two():
    rule = "security-group-rule-duplicate"
    assert set(ask(rule, vpc() | inline(PART, dict(PART))).values()) == {"kept"}
    meeting = inline(PART, {**PART, "cidr_blocks": ["10.0.0.0/8", "192.168.0.0/16"]})
    assert "more than once itself" in ask(rule, meeting)["aws_security_group.own"]


def test_a_rule_for_all_protocols_has_no_ports_that_could_differ():
    one = standalone(ip_protocol="-1", from_port=None, to_port=None)
    other = {"aws_security_group_rule.b": older(protocol="all", from_port=0, to_port=0)}
    found = ask("security-group-rule-duplicate", {IN: one} | other)
    assert found["aws_security_group_rule.b"].startswith("broken: opens all protocols from 10.0.0.0/8")
