"""AWS's rules about VPCs, subnets, gateways and route tables."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, changed, function, group, subnet, vpc, without

UNKNOWN = "${var.nobody_knows}"


@pytest.mark.parametrize(
    ("address", "cidr"), [("aws_vpc.main", "10.0.0.0/8"), ("aws_subnet.private_a", "10.0.2.0/29")]
)
def test_a_block_is_16_to_28(address, cidr):
    assert set(ask("cidr-block-size", vpc()).values()) == {"kept"}
    found = ask("cidr-block-size", changed(vpc(), address, cidr_block=cidr))
    assert found[address] == f"broken: cidr_block is {cidr}; AWS takes /16 to /28"


def test_an_open_block_is_not_judged():
    found = ask("cidr-block-size", changed(vpc(), "aws_vpc.main", cidr_block=UNKNOWN))
    assert found["aws_vpc.main"] == "cannot tell: cidr_block (var.nobody_knows) is not in this document"


def test_subnets_lie_in_their_vpc_side_by_side():
    for rule in ("cidr-block-form", "subnet-in-vpc", "subnet-overlap"):
        assert set(ask(rule, vpc()).values()) == {"kept"}


@pytest.mark.parametrize(
    ("rule", "cidr", "sentence"),
    [
        ("subnet-in-vpc", "10.1.0.0/24", "10.1.0.0/24 lies outside of aws_vpc.main (10.0.0.0/16)"),
        (
            "cidr-block-form",
            "10.0.9.1/24",
            "cidr_block is 10.0.9.1/24, whose host bits are not zero: 10.0.9.0/24 is meant",
        ),
        ("cidr-block-form", "10.0.9", "cidr_block is 10.0.9, which is no range of IPv4 addresses"),
        ("subnet-overlap", "10.0.3.128/25", "overlaps aws_subnet.private_b (10.0.3.0/24)"),
    ],
)
def test_a_subnet_in_the_wrong_place_is_named(rule, cidr, sentence):
    found = ask(rule, changed(vpc(), "aws_subnet.private_a", cidr_block=cidr))
    assert found["aws_subnet.private_a"] == f"broken: {sentence}"


def test_both_of_two_that_overlap_are_named_and_nobody_else():
    found = ask("subnet-overlap", changed(vpc(), "aws_subnet.private_a", cidr_block="10.0.0.0/22"))
    broken = {address for address, said in found.items() if said != "kept"}
    assert broken == {f"aws_subnet.{name}" for name in ("public_a", "public_b", "private_a", "private_b")}
    assert found["aws_subnet.public_b"] == "broken: overlaps aws_subnet.private_a (10.0.0.0/22)"


def test_blocks_of_a_vpc_that_exists_are_not_known():
    found = ask("subnet-in-vpc", changed(vpc(), "aws_subnet.private_a", vpc_id="vpc-0123"))
    assert found["aws_subnet.private_a"] == "cannot tell: the blocks of vpc-0123 are not in this document"


def test_more_than_five_elastic_ips_are_worth_a_warning():
    five = {f"aws_eip.ip_{number}": {"domain": "vpc"} for number in range(5)}
    assert set(ask("elastic-ips", five).values()) == {"kept"}
    [said] = ask("elastic-ips", {**five, "aws_eip.more": {}}).values()
    assert said == "broken: 6 Elastic IPs; an account has 5 in a region until AWS grants more"


def test_regions_are_counted_apart():
    west = {f"aws_eip.west_{number}": {"provider": "aws.west"} for number in range(4)}
    east = {f"aws_eip.east_{number}": {} for number in range(4)}
    providers = {"aws": [{"region": "us-east-1"}, {"alias": "west", "region": "us-west-2"}]}
    assert ask("elastic-ips", west | east, provider=providers) == {
        "aws_eip in us-west-2": "kept",
        "aws_eip in us-east-1": "kept",
    }


def test_a_nat_gateway_is_in_a_public_subnet_with_an_address():
    for rule in ("nat-gateway-subnet", "nat-gateway-elastic-ip"):
        assert ask(rule, vpc()) == {"aws_nat_gateway.main": "kept"}
    inside = changed(vpc(), "aws_nat_gateway.main", subnet_id="${aws_subnet.private_a.id}")
    assert ask("nat-gateway-subnet", inside)["aws_nat_gateway.main"].startswith(
        "broken: aws_subnet.private_a is no public subnet: aws_route_table.private leads to a nat gateway"
    )
    bare = changed(vpc(), "aws_nat_gateway.main", allocation_id=None)
    assert (
        "a public NAT gateway needs an Elastic IP"
        in ask("nat-gateway-elastic-ip", bare)["aws_nat_gateway.main"]
    )


def test_a_private_or_regional_nat_gateway_needs_neither():
    for kind in ({"connectivity_type": "private"}, {"availability_mode": "regional"}):
        bent = changed(vpc(), "aws_nat_gateway.main", subnet_id=None, allocation_id=None, **kind)
        for rule in ("nat-gateway-subnet", "nat-gateway-elastic-ip"):
            assert ask(rule, bent) == {"aws_nat_gateway.main": "kept"}


def test_a_regional_nat_gateway_names_its_addresses_by_zone():
    def asked(**more):
        bare = changed(vpc(), "aws_nat_gateway.main", subnet_id=None, allocation_id=None)
        bent = changed(bare, "aws_nat_gateway.main", availability_mode="regional", **more)
        return ask("nat-gateway-elastic-ip", bent)["aws_nat_gateway.main"]

    zones = [{"availability_zone": f"us-east-1{z}", "allocation_ids": ["eipalloc-1"]} for z in "ab"]
    assert asked(availability_zone_address=zones[:1]) == "kept"
    assert "names eipalloc-1 for 2 zones" in asked(availability_zone_address=zones)
    assert "not in allocation_id" in asked(allocation_id="eipalloc-1")


def test_a_vpc_has_one_internet_gateway():
    assert ask("internet-gateways", vpc()) == {"aws_internet_gateway.main": "kept"}
    second = {"aws_internet_gateway.second": {"vpc_id": "${aws_vpc.main.id}"}}
    assert ask("internet-gateways", vpc() | second)["aws_internet_gateway.second"] == (
        "broken: aws_vpc.main has aws_internet_gateway.main too; AWS attaches one internet gateway to a VPC"
    )


def test_whether_an_existing_vpc_has_one_is_not_known():
    found = ask("internet-gateways", {"aws_internet_gateway.main": {"vpc_id": "vpc-0123"}})
    assert found["aws_internet_gateway.main"].startswith(
        "cannot tell: whether vpc-0123 has an internet gateway"
    )


def test_a_subnet_has_one_route_table():
    assert set(ask("subnet-route-table", vpc()).values()) == {"kept"}
    second = {
        "aws_route_table_association.second": {
            "subnet_id": "${aws_subnet.private_a.id}",
            "route_table_id": "${aws_route_table.public.id}",
        }
    }
    assert ask("subnet-route-table", vpc() | second)["aws_subnet.private_a"] == (
        "broken: has 2 route tables (aws_route_table_association.private_a, "
        "aws_route_table_association.second); AWS takes one for each subnet"
    )


def test_only_a_vpc_of_ones_own_loses_its_default_rules():
    own = {"aws_default_security_group.main": {"vpc_id": "${aws_vpc.main.id}"}}
    assert ask("default-security-group", vpc() | own) == {"aws_default_security_group.main": "kept"}


@pytest.mark.parametrize("vpc_id", ["vpc-0123", "${data.aws_vpc.shared.id}", None])
def test_an_existing_vpc_keeps_its_default_rules(vpc_id):
    taken = {"aws_default_security_group.main": {"vpc_id": vpc_id}, "data.aws_vpc.shared": {"id": "vpc-1"}}
    assert ask("default-security-group", taken)["aws_default_security_group.main"].endswith(
        "exists already: taking its default security group over strips the rules that others made"
    )


def egress(cidr):
    return {
        "aws_vpc_security_group_egress_rule.out": {
            "security_group_id": "${aws_security_group.own.id}",
            "cidr_ipv4": cidr,
            "ip_protocol": "tcp",
            "from_port": 443,
            "to_port": 443,
        }
    }


def test_somebody_may_use_a_nat_gateway():
    used = vpc() | group("own") | function("orders") | egress("0.0.0.0/0")
    assert ask("nat-gateway-use", used) == {"aws_nat_gateway.main": "kept"}
    closed = vpc() | group("own") | function("orders") | egress("10.0.0.0/16")
    assert ask("nat-gateway-use", closed)["aws_nat_gateway.main"] == (
        "broken: is billed by the hour, and no workload behind it may reach the internet (1)"
    )


def test_what_is_not_followed_may_use_it():
    server = {"aws_instance.web": {"subnet_id": "${aws_subnet.private_a.id}"}}
    closed = vpc() | group("own") | function("orders")
    assert ask("nat-gateway-use", closed | server)["aws_nat_gateway.main"].startswith("cannot tell")
    assert ask("nat-gateway-use", vpc())["aws_nat_gateway.main"].startswith("cannot tell")


def test_addresses_of_a_subnet_are_enough():
    small = {"aws_subnet.private_a": {"cidr_block": "10.0.2.0/28", "vpc_id": "${aws_vpc.main.id}"}}
    endpoints = {
        f"aws_vpc_endpoint.e{number}": {
            "vpc_endpoint_type": "Interface",
            "service_name": f"com.amazonaws.us-east-1.s{number}",
            "subnet_ids": ["${aws_subnet.private_a.id}"],
        }
        for number in range(11)
    }
    assert ask("subnet-addresses", vpc() | small | endpoints)["aws_subnet.private_a"] == "kept"
    with_function = vpc() | small | endpoints | group("own") | function("orders")
    assert ask("subnet-addresses", with_function)["aws_subnet.private_a"] == (
        "broken: 10.0.2.0/28 has 11 usable addresses, and 12 are needed (11 for endpoints, 1 for functions)"
    )


def test_functions_with_groups_of_their_own_need_many_interfaces():
    many = {}
    for number in range(126):
        many |= function(f"f{number}") | group(f"g{number}")
        many[f"aws_lambda_function.f{number}"]["vpc_config"] = {
            "subnet_ids": ["${aws_subnet.private_a.id}", "${aws_subnet.private_b.id}"],
            "security_group_ids": [f"${{aws_security_group.g{number}.id}}"],
        }
    assert ask("lambda-network-interfaces", vpc() | without(many, "aws_lambda_function.f0")) == {
        "aws_vpc.main": "kept"
    }
    assert (
        "its functions need 252 network interfaces"
        in ask("lambda-network-interfaces", vpc() | many)["aws_vpc.main"]
    )


def test_a_subnet_added_later_breaks_nothing():
    assert set(ask("subnet-overlap", vpc() | subnet("more", "10.0.9.0/24")).values()) == {"kept"}


def test_a_subnet_of_a_vpc_whose_block_is_chosen_elsewhere_cannot_be_told():
    own = {"aws_subnet.own": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.9.0.0/24"}}
    pool = {"aws_vpc.main": {"ipv4_ipam_pool_id": "ipam-pool-0123456789abcdef0", "ipv4_netmask_length": 16}}
    said = ask("subnet-in-vpc", own | pool)["aws_subnet.own"]
    assert said.startswith("cannot tell: 10.9.0.0/24 lies outside of aws_vpc.main")
    of_default = changed(own, "aws_subnet.own", vpc_id="${aws_default_vpc.main.id}")
    said = ask("subnet-in-vpc", of_default | {"aws_default_vpc.main": {}})["aws_subnet.own"]
    assert said.startswith("cannot tell")
