from ipaddress import IPv4Network

import pytest

from constructs_lib.discovery.free_place import Place, Wanted, free_place, own_place
from constructs_lib.errors import ConfigError
from constructs_lib.network.planning.plan import plan_subnets

VPC, SECOND = IPv4Network("172.30.0.0/16"), IPv4Network("100.64.0.0/20")
SEED = [IPv4Network(f"172.30.{third}.0/20") for third in (0, 16, 32)]


def free(*taken, cidrs=(VPC,), wanted=None):
    return free_place("vpc-1", cidrs, [IPv4Network(block) for block in taken], ["a", "b"], wanted or Wanted())


def own(wanted, planned=None):
    made = plan_subnets(
        cidr="172.30.0.0/16",
        availability_zones=["a", "b"],
        **(planned or {"block": wanted.block, **wanted.sizes}),
    )
    return [*made.private.values(), *made.public.values(), *made.internal_load_balancer.values()]


def test_the_first_free_block_that_holds_the_tiers_is_proposed():
    assert free(*SEED) == Place(VPC, IPv4Network("172.30.48.0/20"))


@pytest.mark.parametrize(
    ("sizes", "prefix"),
    [
        ({}, 20),
        ({"public_prefix": 27, "private_prefix": 27}, 23),
        ({"zone_slots": 4}, 21),
        ({"internal_load_balancer_prefix": 27}, 19),
        ({"public_block": "172.30.0.0/21"}, 21),
        ({"public_block": "172.30.0.0/21", "private_block": "172.30.8.0/21"}, 28),
    ],
)
def test_the_block_is_as_large_as_the_tiers_that_lie_in_it(sizes, prefix):
    assert Wanted(sizes=sizes).prefix == prefix


def test_the_block_of_the_file_stays_where_its_plan_meets_nobody():
    wanted = Wanted(block="172.30.64.0/20")
    assert free(*SEED, "172.30.66.0/24", wanted=wanted).block == IPv4Network("172.30.64.0/20")


def test_the_block_of_the_file_goes_where_its_plan_meets_somebody():
    wanted = Wanted(block="172.30.64.0/20")
    assert free(*SEED, "172.30.65.0/24", wanted=wanted).block == IPv4Network("172.30.48.0/20")


def test_a_secondary_block_is_taken_where_the_primary_one_is_full():
    assert free("172.30.0.0/16", cidrs=(VPC, SECOND)) == Place(SECOND, SECOND)


def test_where_no_block_is_large_enough_the_largest_comes_with_sizes_that_fit():
    full = [f"172.30.{third}.0/24" for third in range(256) if third != 7]
    sizes = {"zone_slots": 4, "public_prefix": 27, "private_prefix": 27}
    assert free(*full) == Place(VPC, IPv4Network("172.30.7.0/24"), sizes)


def test_a_full_vpc_is_told_how_to_grow():
    with pytest.raises(ConfigError) as raised:
        free("172.30.0.0/16")
    assert "associate-vpc-cidr-block --vpc-id vpc-1" in raised.value.problems[0].way_out


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(block="172.30.64.0/20"),
        Wanted(block="172.30.64.0/19", sizes={"internal_load_balancer_prefix": 27}),
        Wanted(block="172.30.64.0/20", sizes={"private_block": "172.30.128.0/20"}),
    ],
)
def test_own_subnets_are_found_in_the_block_of_the_file(wanted):
    assert own_place([VPC], own(wanted), ["a", "b"], wanted) == Place(VPC, IPv4Network(wanted.block))


def test_without_a_file_the_default_sizes_tell_the_block():
    made = own(Wanted(), planned={"block": "172.30.64.0/20"})
    assert own_place([SECOND, VPC], made, ["a", "b"], Wanted()) == Place(VPC, IPv4Network("172.30.64.0/20"))


def test_subnets_of_other_sizes_are_not_guessed_at():
    made = own(Wanted(), planned={"block": "172.30.64.0/23", "public_prefix": 27, "private_prefix": 27})
    assert own_place([VPC], made, ["a", "b"], Wanted()) is None


def test_a_file_that_would_move_a_subnet_is_not_confirmed():
    made = own(Wanted(), planned={"block": "172.30.64.0/20"})
    moved = Wanted(block="172.30.64.0/20", sizes={"zone_slots": 4})
    assert own_place([VPC], made, ["a", "b"], moved) is None
