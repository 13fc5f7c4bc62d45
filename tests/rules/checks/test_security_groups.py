"""AWS's rules about security groups."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, changed, function, group, vpc

GROUP = "aws_security_group.own"


def rules(count, direction="ingress", **peer):
    found = {}
    for number in range(count):
        body = {
            "security_group_id": "${aws_security_group.own.id}",
            "ip_protocol": "tcp",
            "from_port": 1000 + number,
            "to_port": 1000 + number,
            **(peer or {"cidr_ipv4": "10.0.0.0/16"}),
        }
        found[f"aws_vpc_security_group_{direction}_rule.r{number}"] = body
    return found


def test_a_group_takes_sixty_rules_in_each_direction():
    full = group("own") | rules(60) | rules(60, "egress")
    assert ask("security-group-rules", full)[GROUP] == "kept"
    assert (
        ask("security-group-rules", group("own") | rules(61))[GROUP]
        == "broken: has 61 ingress rules for IPv4; AWS takes 60"
    )
    assert ask("security-group-rules", group("own") | rules(61, "egress"))[GROUP] == (
        "broken: has 61 egress rules for IPv4; AWS takes 60"
    )


def test_the_two_families_of_addresses_are_counted_apart():
    both = {"cidr_blocks": ["10.0.0.0/16"], "ipv6_cidr_blocks": ["fd00::/8"], "protocol": "tcp"}
    inline = [{**both, "from_port": port, "to_port": port} for port in range(1000, 1060)]
    assert ask("security-group-rules", group("own", ingress=inline))[GROUP] == "kept"


def test_a_prefix_list_counts_as_many_rules_as_it_may_have_entries():
    many = {"aws_ec2_managed_prefix_list.offices": {"max_entries": 61}}
    one = rules(1, prefix_list_id="${aws_ec2_managed_prefix_list.offices.id}")
    assert ask("security-group-rules", group("own") | many | one)[GROUP].startswith(
        "broken: has 61 ingress rules"
    )


def test_rules_are_inline_or_beside_the_group_but_not_both():
    inline = {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["10.0.0.0/16"]}
    assert ask("security-group-inline-rules", group("own", egress=[inline]) | rules(1))[GROUP] == "kept"
    assert ask("security-group-inline-rules", group("own", ingress=[inline]) | rules(1))[GROUP] == (
        "broken: has ingress rules inline and aws_vpc_security_group_ingress_rule.r0 beside them: each apply "
        "undoes the other"
    )


def test_an_interface_carries_five_groups():
    many = {"subnet_ids": ["${aws_subnet.private_a.id}"], "security_group_ids": [f"sg-{n}" for n in range(6)]}
    found = vpc() | function("orders") | group("own")
    assert ask("security-groups-per-interface", found)["aws_lambda_function.orders"] == "kept"
    said = ask("security-groups-per-interface", changed(found, "aws_lambda_function.orders", vpc_config=many))
    assert said["aws_lambda_function.orders"] == "broken: has 6 security groups; AWS takes 5"


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"name": "sg-shop"}, "name 'sg-shop' begins with sg-, which AWS keeps for itself"),
        ({"name": "x" * 256}, "name has 256 characters; 255 are allowed"),
        ({"name_prefix": "x" * 230}, "name_prefix has 230 characters; 229 are allowed"),
        (
            {"description": "müde"},
            "description 'müde' has characters beside letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
        ),
    ],
)
def test_names_and_descriptions_have_a_form(values, fault):
    rule = "security-group-description" if "description" in values else "security-group-name"
    assert ask(rule, group("own", description="Orders (web)")) == {GROUP: "kept"}
    assert ask(rule, group("own", **{"name_prefix": None, **values})) == {GROUP: f"broken: {fault}"}


def test_a_group_can_be_replaced_while_something_carries_it():
    first = {"create_before_destroy": True}
    assert ask("security-group-replacement", group("own", lifecycle=first)) == {GROUP: "kept"}
    assert ask("security-group-replacement", group("own"))[GROUP].startswith(
        "broken: has no create_before_destroy"
    )
    fixed = group("own", lifecycle=first, name="shop", name_prefix=None)
    assert ask("security-group-replacement", fixed)[GROUP].startswith("broken: has a fixed name")


def test_lists_that_are_open_as_a_whole_are_not_counted():
    open_list = {"subnet_ids": ["${aws_subnet.private_a.id}"], "security_group_ids": "${var.groups}"}
    found = vpc() | function("orders", vpc_config=open_list)
    assert ask("security-groups-per-interface", found)["aws_lambda_function.orders"] == (
        "cannot tell: security_group_ids (var.groups) is not in this document"
    )
    dynamic = {"ingress": {"for_each": "${var.ports}", "content": {}}}
    assert ask("security-group-rules", group("own", dynamic=dynamic))[GROUP] == (
        "cannot tell: not all of its rules are in this document"
    )
