from constructs_lib.handoff.terraform_tests.assertions import promises
from tests.support.written_stacks import read

RULE = "aws_vpc_security_group_ingress_rule"


def conditions(test, **resources):
    return [promise.condition for promise in promises(read({"resource": resources}))[test]]


def test_each_tier_promises_as_many_zones_as_it_has_subnets():
    tiers = {f"network_{tier}_{zone}": {} for tier in ("private", "internal_load_balancer") for zone in "ab"}
    assert conditions("subnets_lie_in_several_zones", aws_subnet=tiers)[:2] == [
        "length(distinct([aws_subnet.network_internal_load_balancer_a, "
        "aws_subnet.network_internal_load_balancer_b][*].availability_zone)) == 2",
        "length(distinct([aws_subnet.network_private_a, aws_subnet.network_private_b]"
        "[*].availability_zone)) == 2",
    ]


def test_private_routes_promise_to_stay_away_from_the_internet_gateway():
    routes = {"network_private_a": {}, "network_public": {}}
    assert conditions("subnets_lie_in_several_zones", aws_route=routes) == [
        "alltrue([for route in [aws_route.network_private_a] : route.gateway_id == null])"
    ]


def test_load_balancers_promise_the_side_that_they_face():
    found = conditions(
        "load_balancers_face_the_right_side", aws_lb={"internal": {"internal": True}, "public": {}}
    )
    assert found == [
        "aws_lb.internal.internal == true",
        "aws_lb.internal.drop_invalid_header_fields",
        "aws_lb.public.internal == false",
        "aws_lb.public.drop_invalid_header_fields",
    ]


def test_only_rules_that_admit_the_world_by_declaration_may_do_so():
    rules = {
        "public_from_internet_80": {"cidr_ipv4": "0.0.0.0/0", "from_port": 80, "to_port": 80},
        "internal_from_a_8080": {"referenced_security_group_id": "sg-1"},
        "public_from_office_443": {"cidr_ipv4": "198.51.100.0/24"},
    }
    closed, opened = conditions("nothing_is_open_that_is_not_declared", **{RULE: rules})
    assert f"[{RULE}.internal_from_a_8080, {RULE}.public_from_office_443]" in closed
    assert "public_from_internet_80" not in closed
    assert opened == (
        f"{RULE}.public_from_internet_80.from_port == 80 && {RULE}.public_from_internet_80.to_port == 80"
    )


def test_services_promise_no_public_addresses():
    assert conditions(
        "services_have_no_public_address", aws_ecs_service={"web": {"network_configuration": {}}}
    ) == ["!anytrue(aws_ecs_service.web.network_configuration[*].assign_public_ip)"]


def test_nothing_is_promised_of_what_is_not_there():
    assert [found for found in promises(read({})).values() if found] == []
