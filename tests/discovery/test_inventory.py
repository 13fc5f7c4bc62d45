from ipaddress import IPv4Network

import pytest

from constructs_lib.discovery.inventory import (
    Inventory,
    Owner,
    available_zones,
    cidrs_of,
    region_and_letter,
    region_of,
    subnets_of,
)
from tests.support.vpc_answers import OWN, VPC_ID, identity, inventory, route_table, subnet, tags, vpc, zone


def public(*tables, numbers=(1,)):
    subnets = [subnet(number, f"172.30.{number}.0/24") for number in numbers]
    found = inventory(Subnets=subnets, RouteTables=list(tables))
    return [found.public for found in subnets_of(found, VPC_ID, None)]


@pytest.mark.parametrize(
    ("name", "letter", "region"),
    [
        ("us-east-1a", "a", "us-east-1"),
        ("us-gov-west-1b", "b", "us-gov-west-1"),
        ("ap-southeast-12f", "f", "ap-southeast-12"),
        ("us-east-1-bos-1a", None, None),
        ("us-east-1-wl1-bos-wlz-1", None, None),
    ],
)
def test_only_availability_zones_have_a_letter_and_a_region(name, letter, region):
    assert region_and_letter(name) == (region, letter)


def test_local_wavelength_and_impaired_zones_are_left_out():
    others = [
        zone("us-east-1-bos-1a", ZoneType="local-zone"),
        zone("us-east-1-wl1-bos-wlz-1", ZoneType="wavelength-zone"),
        zone("us-east-1d", State="unavailable"),
    ]
    assert available_zones(
        inventory(AvailabilityZones=[zone("us-east-1b"), zone("us-east-1a"), *others])
    ) == ["a", "b"]


def test_without_zones_those_of_the_subnets_count():
    subnets = [subnet(1, "172.30.0.0/24", "us-east-1c"), subnet(2, "172.30.1.0/24", "us-east-1-bos-1a")]
    found = inventory(AvailabilityZones=None, Subnets=subnets)
    assert (available_zones(found), region_of(found)) == (["c"], "us-east-1")
    assert region_of(inventory(AvailabilityZones=None)) is None


def test_secondary_blocks_follow_the_primary_one():
    found = vpc("172.30.0.0/16", "172.31.0.0/16", "100.64.0.0/16")
    found["CidrBlockAssociationSet"][2]["CidrBlockState"]["State"] = "associated"
    found["CidrBlockAssociationSet"].append(
        {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "disassociated"}}
    )
    assert list(map(str, cidrs_of(found))) == ["172.30.0.0/16", "100.64.0.0/16", "172.31.0.0/16"]


def test_subnets_come_in_the_order_of_their_blocks_and_without_those_of_ipv6_alone():
    subnets = [subnet(1, "172.30.16.0/20"), subnet(2, "172.30.0.0/20"), subnet(3, None)]
    blocks = [found.block for found in subnets_of(inventory(Subnets=subnets), VPC_ID, None)]
    assert blocks == [IPv4Network("172.30.0.0/20"), IPv4Network("172.30.16.0/20")]


def test_subnets_of_other_vpcs_do_not_count():
    assert subnets_of(inventory(Subnets=[subnet(1, "172.30.0.0/20", VpcId="vpc-2")]), VPC_ID, None) == []


def test_own_subnets_carry_both_tags():
    subnets = [
        subnet(1, "172.30.0.0/24", Tags=tags(**OWN, Name="x")),
        subnet(2, "172.30.1.0/24", Tags=tags(Project="shop")),
        subnet(3, "172.30.2.0/24", Tags=tags(Project="shop", Environment="prod")),
        subnet(4, "172.30.3.0/24"),
    ]
    found = subnets_of(inventory(Subnets=subnets), VPC_ID, Owner("shop", "dev"))
    assert [found.id for found in found if found.own] == [identity("subnet", 1)]
    assert not any(found.own for found in subnets_of(inventory(Subnets=subnets), VPC_ID, None))


def test_a_subnet_is_public_by_its_own_table_or_else_by_the_main_one():
    assert public(route_table(1)) == [True]
    assert public(route_table(1, target="nat-1"), route_table(main=True)) == [False]
    assert public(route_table(1), route_table(main=True), numbers=(1, 2)) == [True, True]
    assert public(route_table(2), route_table(main=True, target=None), numbers=(1, 2)) == [False, True]
    assert public() == [False]


@pytest.mark.parametrize(
    ("target", "state"), [("vgw-1", "active"), ("igw-1", "blackhole"), ("eigw-1", "active")]
)
def test_a_default_route_elsewhere_does_not_make_a_subnet_public(target, state):
    assert public(route_table(1, target=target, state=state)) == [False]


def test_without_route_tables_it_is_unknown_whether_a_subnet_is_public():
    found = inventory(Subnets=[subnet(1, "172.30.0.0/24")], RouteTables=None)
    assert [found.public for found in subnets_of(found, VPC_ID, None)] == [None]


def test_the_same_entry_of_two_answers_counts_once():
    found = Inventory()
    found.add("Subnets", [subnet(1, "172.30.0.0/24")])
    found.add("Subnets", [subnet(1, "172.30.0.0/24"), subnet(2, "172.30.1.0/24")])
    assert len(found.of("Subnets")) == 2
    assert found.read == {"Subnets"}
