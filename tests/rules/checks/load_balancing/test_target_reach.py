"""What lies between an application load balancer and its targets: two security groups."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, balancer, changed, group, listener, vpc, without

WEB, RULE = "aws_ecs_service.web", "alb-target-security-groups"
OUT, IN = "aws_vpc_security_group_egress_rule.door", "aws_vpc_security_group_ingress_rule.web"


def opening(owner, peer, port=8080):
    return {
        "security_group_id": f"${{aws_security_group.{owner}.id}}",
        "referenced_security_group_id": f"${{aws_security_group.{peer}.id}}",
        "ip_protocol": "tcp",
        "from_port": port,
        "to_port": port,
    }


def served(**more):
    action = {"type": "forward", "target_group_arn": "${aws_lb_target_group.web.arn}"}
    return (
        vpc()
        | group("door")
        | group("web")
        | balancer("door")
        | listener("web", default_action=[action])
        | {
            "aws_lb_target_group.web": {"target_type": "ip", "port": 80},
            WEB: {
                "network_configuration": {
                    "subnets": ["${aws_subnet.private_a.id}"],
                    "security_groups": ["${aws_security_group.web.id}"],
                },
                "load_balancer": {
                    "target_group_arn": "${aws_lb_target_group.web.arn}",
                    "container_port": 8080,
                },
            },
            OUT: opening("door", "web"),
            IN: opening("web", "door"),
            **more,
        }
    )


def test_groups_that_are_open_to_each_other_are_in_order():
    assert ask(RULE, served()) == {WEB: "kept"}


def test_a_door_that_lets_nothing_out_is_named():
    said = ask(RULE, without(served(), OUT))[WEB]
    assert said == "broken: aws_lb.door lets nothing out on 8080"


def test_targets_that_admit_nobody_on_their_port_are_named():
    wrong = served(**{IN: opening("web", "door", port=80)})
    assert ask(RULE, wrong)[WEB] == ("broken: web admits nothing on 8080; from aws_lb.door it admits 80")


def test_both_cuts_are_named():
    said = ask(RULE, without(served(), OUT, IN))[WEB]
    assert said == "broken: aws_lb.door lets nothing out on 8080; web admits nothing on 8080"


def test_groups_from_elsewhere_cannot_be_told():
    elsewhere = "sg-0123456789abcdef0"
    found = changed(served(), "aws_lb.door", security_groups=[elsewhere])
    found = changed(found, IN, referenced_security_group_id=elsewhere)
    assert ask(RULE, found)[WEB].startswith("cannot tell: sg-0123456789abcdef0, which aws_lb.door carries")


def test_a_module_that_may_add_the_rule_makes_it_unsure():
    module = {"open": {"source": "./open", "group": "${aws_security_group.door.id}"}}
    said = ask(RULE, without(served(), OUT), module=module)[WEB]
    assert said.startswith("cannot tell: module.open is a module that was not read")


def test_a_port_that_only_an_apply_knows_cannot_be_told():
    target = {"target_group_arn": "${aws_lb_target_group.web.arn}", "container_port": "${var.port}"}
    found = changed(served(), WEB, load_balancer=target)
    assert ask(RULE, found, variable={"port": {}})[WEB].startswith("cannot tell: on which port web takes")


@pytest.mark.parametrize("kind", ["network", "gateway"])
def test_other_load_balancers_are_not_asked(kind):
    assert ask(RULE, changed(without(served(), OUT), "aws_lb.door", load_balancer_type=kind)) == {}


def test_an_instance_is_a_target_too():
    attached = {
        "aws_instance.one": {
            "subnet_id": "${aws_subnet.private_a.id}",
            "vpc_security_group_ids": ["${aws_security_group.web.id}"],
        },
        "aws_lb_target_group_attachment.one": {
            "target_group_arn": "${aws_lb_target_group.web.arn}",
            "target_id": "${aws_instance.one.id}",
        },
    }
    said = ask(RULE, without(served(**attached), WEB))["aws_instance.one"]
    assert said == (
        "broken: aws_lb.door lets nothing out on 80; to aws_instance.one it lets out 8080; "
        "aws_instance.one admits nothing on 80; from aws_lb.door it admits 8080"
    )


def scaled(**template):
    action = {"type": "forward", "target_group_arn": "${aws_lb_target_group.web.arn}"}
    groups = ["${aws_security_group.web.id}"]
    return (
        vpc()
        | group("door")
        | group("web")
        | balancer("door")
        | listener("web", default_action=[action])
        | {
            "aws_lb_target_group.web": {"port": 8080},
            "aws_launch_template.web": {"vpc_security_group_ids": groups, **template},
            "aws_autoscaling_group.web": {
                "launch_template": {"id": "${aws_launch_template.web.id}"},
                "vpc_zone_identifier": ["${aws_subnet.private_a.id}"],
                "target_group_arns": ["${aws_lb_target_group.web.arn}"],
            },
            OUT: opening("door", "web"),
            IN: opening("web", "door"),
        }
    )


SCALED = "aws_autoscaling_group.web"


def test_instances_that_scale_carry_what_their_template_says():
    assert ask(RULE, scaled()) == {SCALED: "kept"}
    inside = {"security_groups": ["${aws_security_group.web.id}"]}
    assert ask(RULE, scaled(vpc_security_group_ids=None, network_interfaces=inside)) == {SCALED: "kept"}
    assert ask(RULE, without(scaled(), OUT))[SCALED].startswith(
        "broken: aws_lb.door lets nothing out on 8080"
    )


def test_they_may_be_attached_and_launched_in_other_ways():
    found = changed(scaled(), SCALED, target_group_arns=None, launch_template=None)
    found |= {
        "aws_launch_configuration.web": {"security_groups": ["${aws_security_group.web.id}"]},
        "aws_autoscaling_attachment.web": {
            "autoscaling_group_name": f"${{{SCALED}.name}}",
            "lb_target_group_arn": "${aws_lb_target_group.web.arn}",
        },
    }
    found = changed(found, SCALED, launch_configuration="${aws_launch_configuration.web.name}")
    assert ask(RULE, found) == {SCALED: "kept"}
    mixed = {"launch_template_specification": {"launch_template_id": "${aws_launch_template.web.id}"}}
    policy = {"launch_template": mixed}
    found = changed(scaled(), SCALED, launch_template=None, mixed_instances_policy=policy)
    assert ask(RULE, found) == {SCALED: "kept"}
    assert ask(RULE, without(found, IN))[SCALED].startswith(
        "broken: aws_autoscaling_group.web admits nothing"
    )


def test_a_template_from_elsewhere_cannot_be_told():
    elsewhere = changed(scaled(), SCALED, launch_template={"id": "lt-0123456789abcdef0"})
    assert ask(RULE, elsewhere)[SCALED].startswith("cannot tell: ")
