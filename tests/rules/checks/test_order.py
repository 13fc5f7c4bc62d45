"""AWS's rules about an order that Terraform cannot infer."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, balancer, changed, function, group, vpc, without

DOOR, ORDERS, POLICY = "aws_lb.door", "aws_lambda_function.orders", "aws_iam_role_policy.own"
PUBLIC = ("public_a", "public_b")


def test_what_needs_the_internet_gateway_comes_after_it():
    found = vpc() | balancer("door", *PUBLIC, internal=False, depends_on=["aws_internet_gateway.main"])
    assert ask("internet-gateway-order", found) == {
        DOOR: "kept",
        "aws_nat_gateway.main": "kept",
    }


def test_an_elastic_ip_needs_no_internet_gateway():
    alone = {"aws_vpc.main": {"cidr_block": "10.0.0.0/16"}, "aws_eip.main": {"domain": "vpc"}}
    gateway = {"aws_internet_gateway.main": {"vpc_id": "${aws_vpc.main.id}"}}
    assert ask("internet-gateway-order", alone | gateway) == {}


def test_a_private_nat_gateway_needs_none_either():
    private = changed(vpc(), "aws_nat_gateway.main", depends_on=None, connectivity_type="private")
    assert ask("internet-gateway-order", private) == {}


def test_which_gateway_a_subnet_from_elsewhere_has_cannot_be_told():
    elsewhere = changed(
        changed(vpc(), "aws_nat_gateway.main", depends_on=None, subnet_id="subnet-0123456789abcdef0"),
        "aws_eip.main",
        depends_on=None,
    )
    said = ask("internet-gateway-order", elsewhere)["aws_nat_gateway.main"]
    assert said.startswith("cannot tell: is not made after aws_internet_gateway.main")


@pytest.mark.parametrize("address", ["aws_nat_gateway.main", DOOR])
def test_what_does_not_wait_for_it_is_named(address):
    found = vpc() | balancer("door", *PUBLIC, internal=False, depends_on=["aws_internet_gateway.main"])
    found = changed(changed(found, "aws_eip.main", depends_on=None), address, depends_on=None)
    said = ask("internet-gateway-order", found)[address]
    assert said == "broken: is not made after aws_internet_gateway.main, which it needs: add it to depends_on"


def test_waiting_for_what_waits_is_enough():
    found = vpc() | balancer("door", *PUBLIC, internal=False, depends_on=["aws_route_table.public"])
    assert ask("internet-gateway-order", found)[DOOR] == "kept"


def test_a_local_value_carries_the_order():
    found = vpc() | balancer("door", *PUBLIC, internal=False, tags={"Gateway": "${local.gateway}"})
    assert ask("internet-gateway-order", found)[DOOR].startswith("broken")
    assert (
        ask("internet-gateway-order", found, locals={"gateway": "${aws_internet_gateway.main.id}"})[DOOR]
        == "kept"
    )


def test_an_internal_load_balancer_needs_no_gateway():
    assert DOOR not in ask("internet-gateway-order", vpc() | balancer("door"))


def orders(**more):
    policy = {"role": "${aws_iam_role.own.id}", "policy": '{"Action": "ec2:CreateNetworkInterface"}'}
    made = vpc() | group("own") | function("orders", depends_on=[POLICY], **more)
    return made | {"aws_iam_role.own": {}, POLICY: policy}


def test_a_function_in_a_vpc_comes_after_its_policies():
    assert ask("lambda-policy-order", orders())[ORDERS] == "kept"
    assert ask("lambda-policy-order", changed(orders(), ORDERS, depends_on=None))[ORDERS] == (
        f"broken: is not made after {POLICY}, whose rights it needs: add it to depends_on"
    )


def test_the_policy_that_grants_network_interfaces_counts():
    other = {"aws_iam_role_policy_attachment.tables": {"role": "${aws_iam_role.own.name}"}}
    assert ask("lambda-policy-order", orders() | other)[ORDERS] == "kept"
    wrong = changed(orders() | other, ORDERS, depends_on=["aws_iam_role_policy_attachment.tables"])
    assert ask("lambda-policy-order", wrong)[ORDERS].startswith(f"broken: is not made after {POLICY}")


def test_a_role_from_elsewhere_is_not_asked():
    assert ORDERS not in ask("lambda-policy-order", without(orders(), POLICY))


def service(**more):
    target = {"target_group_arn": "${aws_lb_target_group.web.arn}", "container_port": 80}
    action = {"type": "forward", "target_group_arn": "${aws_lb_target_group.web.arn}"}
    return {
        "aws_lb_target_group.web": {"target_type": "ip"},
        "aws_lb.door": {},
        "aws_lb_listener.web": {"load_balancer_arn": "${aws_lb.door.arn}", "default_action": [action]},
        "aws_iam_role.start": {},
        "aws_iam_role_policy.start": {"role": "${aws_iam_role.start.name}"},
        "aws_ecs_task_definition.web": {"execution_role_arn": "${aws_iam_role.start.arn}"},
        "aws_ecs_service.web": {
            "task_definition": "${aws_ecs_task_definition.web.arn}",
            "load_balancer": [target],
            "depends_on": ["aws_lb_listener.web", "aws_iam_role_policy.start"],
            **more,
        },
    }


def test_a_service_comes_after_its_listener_and_its_execution_policy():
    web = "aws_ecs_service.web"
    assert ask("ecs-listener-order", service()) == ask("ecs-policy-order", service()) == {web: "kept"}
    no_policy = ask("ecs-policy-order", service(depends_on=["aws_lb_listener.web"]))[web]
    assert no_policy.startswith("broken: is not made after aws_iam_role_policy.start")
    no_listener = ask("ecs-listener-order", service(depends_on=["aws_iam_role_policy.start"]))[web]
    assert no_listener == (
        "broken: is not made after aws_lb_listener.web, and AWS refuses a target group that no listener uses"
    )
    elsewhere = without(service(depends_on=["aws_iam_role_policy.start"]), "aws_lb_listener.web")
    assert ask("ecs-listener-order", elsewhere)[web].startswith("cannot tell: which listener forwards")


def test_permission_and_attachment_are_replaced_without_a_gap():
    names = ("aws_lambda_permission.orders", "aws_lb_target_group_attachment.orders")
    group_ = {"aws_lb_target_group.orders": {"target_type": "lambda"}}
    arn = "${aws_lb_target_group.orders.arn}"
    first = {"lifecycle": {"create_before_destroy": True}}
    pair = {names[0]: {"source_arn": arn}, names[1]: {"target_group_arn": arn}}
    assert set(ask("lambda-target-replacement", group_ | pair)) == set(names)
    assert {said.partition(":")[0] for said in ask("lambda-target-replacement", group_ | pair).values()} == {
        "broken"
    }
    smooth = group_ | {name: {**body, **first} for name, body in pair.items()}
    assert ask("lambda-target-replacement", smooth) == dict.fromkeys(names, "kept")
