from ipaddress import IPv4Network

import pytest

from constructs_lib.network.planning.block_capacity import Layout, layouts


def layout_of(block, slots, *, own_tier=False):
    found = layouts(IPv4Network(block))
    return next((x for x in found if (x.zone_slots, x.own_load_balancer_tier) == (slots, own_tier)), None)


@pytest.mark.parametrize(("block", "slots", "prefix"), [(20, 8, 24), (23, 8, 27), (24, 4, 27), (24, 8, 28)])
def test_two_tiers_fill_the_block_of_the_documented_size(block, slots, prefix):
    assert layout_of(f"172.30.64.0/{block}", slots) == Layout(slots, prefix, own_load_balancer_tier=False)


def test_a_tier_of_its_own_for_the_load_balancer_takes_room_from_the_others():
    assert layout_of("172.30.64.0/20", 8, own_tier=True) == Layout(8, 25, own_load_balancer_tier=True)


def test_a_load_balancer_needs_larger_subnets_than_28():
    (small,) = [x for x in layouts(IPv4Network("10.0.0.0/24")) if (x.zone_slots, x.tiers) == (8, 2)]
    assert (small.public_load_balancer, small.internal_load_balancer) == (False, False)
    assert layout_of("10.0.0.0/23", 8).public_load_balancer


def test_a_tier_of_its_own_houses_the_internal_load_balancer_beside_small_subnets():
    small = Layout(8, 28, own_load_balancer_tier=True)
    assert (small.public_load_balancer, small.internal_load_balancer, small.tiers) == (False, True, 3)


def test_a_block_that_is_too_small_for_any_plan_gives_none():
    assert layouts(IPv4Network("10.0.0.0/28")) == []


def test_five_addresses_of_each_subnet_are_reserved():
    usable = {prefix: Layout(8, prefix, own_load_balancer_tier=False).usable_addresses for prefix in (28, 24)}
    assert usable == {28: 11, 24: 251}
