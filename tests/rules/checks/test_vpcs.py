"""Parts of two VPCs that are joined."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, balancer, changed, function, group, invoked, listener, vpc

OTHER = {"aws_vpc.other": {"cidr_block": "10.1.0.0/16"}}
TARGETS, ORDERS = "aws_lb_target_group.orders", "aws_lb_target_group.orders"
THERE = "${aws_vpc.other.id}"


def doors(**values):
    body = {"target_type": "ip", "port": 80, "protocol": "HTTP", "vpc_id": "${aws_vpc.main.id}", **values}
    return vpc() | OTHER | group("door") | balancer("door") | listener() | {TARGETS: body}


def test_a_target_group_is_in_its_load_balancers_vpc():
    assert ask("target-group-vpc", doors()) == {TARGETS: "kept"}
    assert ask("target-group-vpc", doors(vpc_id=THERE)) == {
        TARGETS: f"broken: {TARGETS} is in aws_vpc.other, aws_lb.door in aws_vpc.main"
    }
    said = ask("target-group-vpc", doors(vpc_id="${var.vpc}"), variable={"vpc": {}})[TARGETS]
    assert said.startswith("cannot tell: whether ")


def test_a_target_groups_service_is_in_its_vpc_and_functions_have_none():
    web = {
        "aws_ecs_service.web": {
            "network_configuration": {"subnets": ["${aws_subnet.there.id}"]},
            "load_balancer": {"target_group_arn": f"${{{TARGETS}.arn}}", "container_port": 80},
        },
        "aws_subnet.there": {"vpc_id": THERE, "cidr_block": "10.1.0.0/24"},
    }
    assert "aws_ecs_service.web in aws_vpc.other" in ask("target-group-vpc", doors() | web)[TARGETS]
    assert ask("target-group-vpc", invoked()) == {}


@pytest.mark.parametrize("address", ["aws_route_table.private", "aws_subnet.private_a"])
def test_a_route_table_and_its_subnet_are_in_one_vpc(address):
    tie = "aws_route_table_association.private_a"
    assert ask("route-table-vpc", vpc())[tie] == "kept"
    found = changed(vpc() | OTHER, address, vpc_id=THERE)
    assert ask("route-table-vpc", found)[tie].startswith("broken: aws_subnet.private_a is in ")
    found = changed(vpc(), address, vpc_id="${var.vpc}")
    assert ask("route-table-vpc", found, variable={"vpc": {}})[tie].startswith("cannot tell")


@pytest.mark.parametrize(("table", "gateway"), [("public", "aws_internet_gateway.main"), ("private", "nat")])
def test_a_route_leads_to_a_gateway_of_its_own_vpc(table, gateway):
    address = f"aws_route_table.{table}"
    assert ask("route-table-vpc", vpc())[address] == "kept"
    bent = "aws_subnet.public_a" if gateway == "nat" else gateway
    found = ask("route-table-vpc", changed(vpc() | OTHER, bent, vpc_id=THERE))
    assert found[address].startswith(f"broken: {address} is in aws_vpc.main, ")


def test_a_load_balancers_groups_are_in_the_vpc_of_its_subnets():
    door = vpc() | OTHER | balancer("door")
    assert ask("security-group-vpc", door | group("door"))["aws_lb.door"] == "kept"
    said = ask("security-group-vpc", door | group("door", vpc_id=THERE))["aws_lb.door"]
    assert said.startswith("broken: aws_lb.door is in aws_vpc.main, and aws_security_group.door is in ")


def test_an_instance_has_groups_of_its_own_vpc():
    body = {
        "subnet_id": "${aws_subnet.public_a.id}",
        "vpc_security_group_ids": ["${aws_security_group.own.id}"],
    }
    found = vpc() | OTHER | group("own", vpc_id=THERE) | {"aws_instance.one": body}
    assert ask("security-group-vpc", found)["aws_instance.one"].startswith("broken")


def test_a_group_from_elsewhere_and_a_function_are_not_asked():
    found = vpc() | balancer("door", security_groups=["sg-0123456789abcdef0"]) | function("orders")
    assert ask("security-group-vpc", found | group("own")) == {"aws_lb.door": "kept"}


def test_a_group_that_is_shared_with_another_vpc_may_be_carried_there():
    """AWS takes that: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html."""
    shared = {"security_group_id": "${aws_security_group.door.id}", "vpc_id": "${aws_vpc.main.id}"}
    found = vpc() | OTHER | balancer("door") | group("door", vpc_id=THERE)
    found |= {"aws_vpc_security_group_vpc_association.door": shared}
    assert ask("security-group-vpc", found)["aws_lb.door"].startswith("cannot tell: ")
