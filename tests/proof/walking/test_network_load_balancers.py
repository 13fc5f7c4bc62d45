"""Network load balancers: what gets through them to addresses, instances and other load balancers."""

from __future__ import annotations

import pytest

from constructs_lib.proof import Blocked, CannotTell, Carried, Reachability, read_document
from tests.support.architecture import add, default_document
from tests.support.ruling import changed, group, vpc
from tests.support.ruling import document as document_of

WEB, FRONT, TARGETS = "aws_ecs_service.web", "aws_lb.front", "aws_lb_target_group.front"
WORLD = {"protocol": "tcp", "from_port": 8080, "to_port": 8080, "cidr_blocks": ["0.0.0.0/0"]}
INSIDE = {**WORLD, "cidr_blocks": ["10.0.0.0/16"]}


def behind(*, ingress, internal=False, protocol="TCP", targets=(), **front):
    """A service behind a network load balancer in public subnets."""
    action = {"type": "forward", "target_group_arn": f"${{{TARGETS}.arn}}"}
    place = {
        "subnets": ["${aws_subnet.private_a.id}"],
        "security_groups": ["${aws_security_group.web.id}"],
    }
    return (
        vpc()
        | group("web", ingress=ingress)
        | {
            FRONT: {
                "load_balancer_type": "network",
                "internal": internal,
                "subnets": ["${aws_subnet.public_a.id}", "${aws_subnet.public_b.id}"],
                **front,
            },
            "aws_lb_listener.front": {
                "load_balancer_arn": f"${{{FRONT}.arn}}",
                "port": 443,
                "protocol": protocol,
                "default_action": [action],
            },
            TARGETS: {"target_type": "ip", "port": 8080, "protocol": "TCP", **dict(targets)},
            WEB: {
                "network_configuration": place,
                "load_balancer": {"target_group_arn": f"${{{TARGETS}.arn}}", "container_port": 8080},
            },
        }
    )


def answer(resources, source="internet", target="web", port=443):
    return Reachability(read_document(document_of(resources))).path(source, target, port, through="any")


def exposed(resources):
    found = Reachability(read_document(document_of(resources))).exposures()
    return {(one.target, one.port, one.sources, type(one.answer)) for one in found}


def test_without_groups_it_lets_everybody_to_what_admits_it():
    open_to_it = behind(ingress=INSIDE)
    carried = answer(open_to_it)
    assert isinstance(carried, Carried)
    assert "aws_lb.front carries no security group, so it filters nothing" in str(carried)
    assert exposed(open_to_it) == {
        (FRONT, 443, ("0.0.0.0/0",), Carried),
        (WEB, 443, ("0.0.0.0/0",), Carried),
    }


def test_targets_that_see_the_client_have_to_admit_the_client():
    kept = {"preserve_client_ip": True}
    assert isinstance(answer(behind(ingress=INSIDE, targets=kept)), Blocked)
    assert isinstance(answer(behind(ingress=WORLD, targets=kept)), Carried)
    some = {**WORLD, "cidr_blocks": ["203.0.113.0/24"]}
    only = behind(ingress=some, targets=kept)
    assert (WEB, 443, ("203.0.113.0/24",), Carried) in exposed(only)
    assert isinstance(answer(only, source="198.51.100.0/24"), Blocked)


def test_what_is_kept_by_default_depends_on_type_and_protocol():
    assert isinstance(answer(behind(ingress=INSIDE, targets={"protocol": "TCP_UDP"})), Blocked)
    open_value = behind(ingress=INSIDE, targets={"preserve_client_ip": "${aws_vpc.main.tags}"})
    assert isinstance(answer(open_value), CannotTell)


def test_its_own_groups_filter_and_may_be_named_by_targets():
    named = {**WORLD, "cidr_blocks": None, "security_groups": ["${aws_security_group.front.id}"]}
    carries = {"security_groups": ["${aws_security_group.front.id}"]}
    listens = {**WORLD, "from_port": 443, "to_port": 443}
    for kept in (True, False):
        through = behind(ingress=named, targets={"preserve_client_ip": kept}, **carries)
        assert isinstance(answer(through | group("front", ingress=listens, egress=WORLD)), Carried)
        closed = answer(through | group("front", egress=WORLD))
        assert isinstance(closed, Blocked)
        assert "aws_lb.front admits nothing on 443" in closed.whys
        mute = answer(through | group("front", ingress=listens))
        assert isinstance(mute, Blocked)
        assert "aws_lb.front lets nothing out on 8080" in mute.whys


def test_an_internal_one_is_for_those_inside():
    internal = behind(ingress=INSIDE, internal=True) | group("own", egress=INSIDE | {"from_port": 443})
    caller = {
        "subnet_ids": ["${aws_subnet.private_b.id}"],
        "security_group_ids": ["${aws_security_group.own.id}"],
    }
    inside = internal | {"aws_lambda_function.caller": {"function_name": "caller", "vpc_config": caller}}
    assert isinstance(answer(inside), Blocked)
    assert isinstance(answer(inside, source="caller"), Carried)
    arrivals = Reachability(read_document(document_of(inside))).who_reaches(WEB)
    assert ("aws_lambda_function.caller", 443) in {(one.source, one.port) for one in arrivals}


def test_udp_alone_is_no_way_of_tcp_and_no_no_to_the_internet():
    udp = behind(ingress=INSIDE, protocol="UDP")
    assert "takes UDP, not TCP" in answer(udp).whys
    assert (WEB, 443, ("0.0.0.0/0",), CannotTell) in exposed(udp)


@pytest.mark.parametrize(
    ("kind", "words"), [("gateway", "gateway load balancer"), ("${var.kind}", "var.kind")]
)
def test_other_kinds_are_not_followed_and_named(kind, words):
    found = answer(changed(behind(ingress=WORLD), FRONT, load_balancer_type=kind))
    assert isinstance(found, CannotTell)
    assert words in found.why


def test_instances_are_reached_through_it():
    attached = {
        "aws_instance.one": {
            "subnet_id": "${aws_subnet.private_a.id}",
            "vpc_security_group_ids": ["${aws_security_group.web.id}"],
        },
        "aws_lb_target_group_attachment.one": {
            "target_group_arn": f"${{{TARGETS}.arn}}",
            "target_id": "${aws_instance.one.id}",
        },
    }
    kind = {"target_type": "instance"}
    assert isinstance(
        answer(behind(ingress=WORLD, targets=kind) | attached, target="aws_instance.one"), Carried
    )
    closed = behind(ingress=INSIDE, targets=kind) | attached
    assert isinstance(answer(closed, target="aws_instance.one"), Blocked)


@pytest.fixture
def document():
    """The default architecture with a public network load balancer before the internal one."""
    found = default_document()
    arn = f"${{{TARGETS}.arn}}"
    subnets = ["${aws_subnet.network_public_a.id}"]
    add(found, FRONT, load_balancer_type="network", subnets=subnets)
    add(found, TARGETS, target_type="alb", port=8080, protocol="TCP")
    internal = "${aws_lb.internal.arn}"
    add(found, "aws_lb_target_group_attachment.front", target_group_arn=arn, target_id=internal, port=8080)
    action = [{"type": "forward", "target_group_arn": arn}]
    listener = {"load_balancer_arn": f"${{{FRONT}.arn}}", "port": 443, "protocol": "TCP"}
    add(found, "aws_lb_listener.front", **listener, default_action=action)
    return found


def opened(found):
    rule = {"security_group_id": "${aws_security_group.internal.id}", "ip_protocol": "tcp"}
    ports = {"from_port": 8080, "to_port": 8080, "cidr_ipv4": "0.0.0.0/0"}
    add(found, "aws_vpc_security_group_ingress_rule.world", **rule, **ports)
    return found


def test_before_an_application_one_both_have_to_let_in(document):
    closed = Reachability(document)
    blocked = closed.path("internet", "inventory", 8080, through="any")
    assert isinstance(blocked, Blocked)
    assert "aws_lb.internal admits 8080 only from aws_security_group.storefront" in blocked.whys
    assert {one.target for one in closed.exposures() if one.around} == set()
    reachability = Reachability(opened(document))
    for port in (443, 8080):  # the network one's, and the application one's
        carried = reachability.path("internet", "inventory", port, through="any")
        assert isinstance(carried, Carried)
        assert "aws_lb_listener.front (443) forwards to aws_lb_target_group.front" in str(carried)
    around = {(one.target, one.port) for one in reachability.exposures() if one.around}
    assert around == {("aws_lb.internal", 443), ("aws_lambda_function.inventory", 443)}


def test_everybody_inside_who_gets_to_it_is_found_behind_it(document):
    named = {
        "security_group_id": "${aws_security_group.internal.id}",
        "referenced_security_group_id": "${aws_security_group.front.id}",
        "ip_protocol": "-1",
    }
    add(document, "aws_security_group.front", vpc_id="${aws_vpc.network.id}")
    add(document, "aws_vpc_security_group_ingress_rule.front", **named)
    for direction in ("ingress", "egress"):
        everything = {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}
        own = {"security_group_id": "${aws_security_group.front.id}", **everything}
        add(document, f"aws_vpc_security_group_{direction}_rule.all_{direction}", **own)
    front = document["resource"]["aws_lb"]["front"]
    front |= {"internal": True, "security_groups": ["${aws_security_group.front.id}"]}
    add(
        document,
        "aws_instance.one",
        subnet_id="${aws_subnet.network_private_a.id}",
        vpc_security_group_ids=["${aws_security_group.front.id}"],
    )
    sources = {one.source for one in Reachability(document).who_reaches("inventory")}
    assert sources == {"aws_lambda_function.storefront", "aws_instance.one"}


def test_who_comes_in_before_it_may_come_in_behind_it(document):
    add(document, "aws_vpc_endpoint_service.shared", network_load_balancer_arns=["${aws_lb.front.arn}"])
    found = Reachability(document).path("internet", "inventory", 8080, through="any")
    assert isinstance(found, CannotTell)
    assert "aws_vpc_endpoint_service.shared leads from other VPCs and accounts" in found.why
