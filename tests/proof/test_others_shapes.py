"""What people put beside and into this architecture, read as what it is."""

import pytest

from constructs_lib.proof import Blocked, Carried, Reachability
from tests.support.architecture import add, default_document
from tests.support.ruling import balancer, group, listener, vpc
from tests.support.ruling import document as document_of
from tests.support.stacks_written import written


@pytest.fixture
def document():
    return default_document()


def test_a_load_balancer_reaches_its_targets_and_nothing_else():
    reachability = Reachability(written()["ecs-caller"].document)
    assert isinstance(reachability.path("aws_lb.public", "web", 80), Carried)
    assert isinstance(reachability.path("aws_lb.public", "inventory", 80), Blocked)
    assert isinstance(reachability.path("aws_lb.internal", "inventory", 80), Carried)
    blocked = reachability.path("aws_lb.public", "web", 81)
    assert "connects to its targets only" in str(blocked)


@pytest.mark.parametrize(("kind", "target"), [("instance", "id"), ("ip", "private_ip")])
def test_an_instance_behind_a_load_balancer_is_reached_through_it(kind, target):
    attached = {
        "aws_instance.one": {
            "subnet_id": "${aws_subnet.private_a.id}",
            "vpc_security_group_ids": ["${aws_security_group.own.id}"],
        },
        "aws_lb_target_group.orders": {"target_type": kind, "port": 8080},
        "aws_lb_target_group_attachment.orders": {
            "target_group_arn": "${aws_lb_target_group.orders.arn}",
            "target_id": f"${{aws_instance.one.{target}}}",
        },
    }
    world = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}
    door = group("door", ingress=world, egress=world)
    public = balancer("door", "public_a", "public_b", internal=False)
    inner = {**world, "cidr_blocks": ["10.0.0.0/16"]}
    found = document_of(vpc() | door | public | listener() | attached | group("own", ingress=inner))
    reachability = Reachability(found)
    assert isinstance(reachability.path("internet", "aws_instance.one", 80), Carried)
    assert isinstance(reachability.path("internet", "aws_instance.one", 8080), Blocked)
    assert "aws_instance.one" in {one.target for one in reachability.exposures()}


def test_a_rule_for_private_sources_exposes_nothing_to_the_internet(document):
    rules = document["resource"]["aws_lb_listener_rule"]
    [rule] = [body for name, body in rules.items() if "storefront" in name]
    rule["condition"] = [*rule["condition"], {"source_ip": {"values": ["10.0.0.0/8"]}}]
    reachability = Reachability(document)
    answer = reachability.path("internet", "storefront", 80, through="any")
    assert isinstance(answer, Blocked)
    assert "10.0.0.0/8 only, not from the internet" in answer.whys
    assert "aws_lambda_function.storefront" not in {one.target for one in reachability.exposures()}


def test_a_rule_for_some_public_sources_takes_these_alone(document):
    rules = document["resource"]["aws_lb_listener_rule"]
    [rule] = [body for name, body in rules.items() if "storefront" in name]
    rule["condition"] = [*rule["condition"], {"source_ip": {"values": ["203.0.113.0/24"]}}]
    reachability = Reachability(document)
    assert isinstance(reachability.path("203.0.113.0/25", "storefront", 80), Carried)
    assert isinstance(reachability.path("198.51.100.0/24", "storefront", 80), Blocked)
    assert isinstance(reachability.path("internet", "storefront", 80, through="any"), Carried)


def test_every_step_that_blocks_is_named(document):
    egress = document["resource"]["aws_vpc_security_group_egress_rule"]
    ingress = document["resource"]["aws_vpc_security_group_ingress_rule"]
    for rules in (egress, ingress):
        for name in [one for one in rules if "storefront" in one and "internal" in one]:
            del rules[name]
    del document["resource"]["aws_lambda_permission"]["internal_inventory"]
    blocked = Reachability(document).path("storefront", "inventory", 8080)
    assert isinstance(blocked, Blocked)
    assert "lets nothing out on 8080" in str(blocked) or "lets out 8080" in str(blocked)
    assert "aws_lb.internal admits nothing on 8080" in str(blocked)
    assert "no aws_lambda_permission" in str(blocked)


def test_a_vpc_numbered_like_the_internet_is_not_the_internet(document):
    text = {"10.0.": "11.0."}
    numbered = _renumbered(document, text)
    add(
        numbered,
        "aws_vpc_security_group_ingress_rule.inside",
        security_group_id="${aws_security_group.public.id}",
        ip_protocol="tcp",
        from_port=80,
        to_port=80,
        cidr_ipv4="11.0.0.0/16",
    )
    exposures = Reachability(numbered).exposures()
    assert all("11.0.0.0/16" not in one.sources for one in exposures)


def test_a_dual_stack_load_balancer_open_to_every_ipv6_address_is_exposed(document):
    public = document["resource"]["aws_lb"]["public"]
    public["ip_address_type"] = "dualstack"
    vpc = document["resource"]["aws_vpc"]["network"]
    vpc["assign_generated_ipv6_cidr_block"] = True
    gateway = "${aws_internet_gateway.network.id}"
    for name in document["resource"]["aws_route_table"]:
        if "public" in name:
            add(
                document,
                f"aws_route.{name}_ipv6",
                route_table_id=f"${{aws_route_table.{name}.id}}",
                destination_ipv6_cidr_block="::/0",
                gateway_id=gateway,
            )
    rules = document["resource"]["aws_vpc_security_group_ingress_rule"]
    for rule in rules.values():
        if rule.get("cidr_ipv4") == "0.0.0.0/0":
            del rule["cidr_ipv4"]
            rule["cidr_ipv6"] = "::/0"
    exposures = Reachability(document).exposures()
    found = {(one.target, one.sources) for one in exposures if isinstance(one.answer, Carried)}
    assert ("aws_lb.public", ("::/0",)) in found
    assert isinstance(Reachability(document).path("::/0", "storefront", 80), Carried)
    assert not isinstance(Reachability(document).path("internet", "storefront", 80), Carried)


def _renumbered(value, text):
    if isinstance(value, dict):
        return {key: _renumbered(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [_renumbered(item, text) for item in value]
    if isinstance(value, str):
        for old, new in text.items():
            value = value.replace(old, new)
    return value
