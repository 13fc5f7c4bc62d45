import re
from ipaddress import IPv4Network
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from constructs_lib.errors import ConfigError
from constructs_lib.network.planning.cidr import free_blocks, free_space
from constructs_lib.network.planning.plan import plan_subnets

VPC = "172.30.0.0/16"


def plan(**settings):
    return plan_subnets(**{"cidr": VPC, "availability_zones": ["a", "b"]} | settings)


def problems(**settings):
    with pytest.raises(ConfigError) as raised:
        plan(**settings)
    return {problem.field: problem for problem in raised.value.problems}


def subnets(found):
    return [*found.private.values(), *found.public.values(), *found.internal_load_balancer.values()]


def written(tier):
    return {zone: str(subnet) for zone, subnet in tier.items()}


def test_tiers_follow_each_other_and_zones_take_the_slot_of_their_letter():
    found = plan(
        block="172.30.64.0/20", availability_zones=["a", "c"], internal_load_balancer_prefix=27, zone_slots=4
    )
    assert written(found.private) == {"a": "172.30.64.0/24", "c": "172.30.66.0/24"}
    assert written(found.public) == {"a": "172.30.68.0/24", "c": "172.30.70.0/24"}
    assert written(found.internal_load_balancer) == {"a": "172.30.72.0/27", "c": "172.30.72.64/27"}


def test_without_a_block_the_plan_starts_at_the_beginning_of_the_vpc():
    assert written(plan().private) == {"a": "172.30.0.0/24", "b": "172.30.1.0/24"}


def test_without_an_internal_load_balancer_tier_that_part_of_the_plan_is_empty():
    assert plan().internal_load_balancer == {}


@pytest.mark.parametrize(("slots", "prefix", "block"), [(8, 28, 24), (8, 27, 23), (8, 24, 20), (4, 27, 24)])
def test_two_tiers_fill_exactly_the_block_of_the_documented_size(slots, prefix, block):
    settings = {"public_hosts_load_balancer": False, "private_hosts_load_balancer": False}
    settings |= {"zone_slots": slots, "private_prefix": prefix, "public_prefix": prefix}
    every_zone = list("abcdefgh"[:slots])
    found = plan(block=f"172.30.64.0/{block}", availability_zones=every_zone, **settings)
    assert sum(subnet.num_addresses for subnet in subnets(found)) == 1 << (32 - block)
    assert set(problems(block=f"172.30.64.0/{block + 1}", **settings)) == {"network.block"}


def test_a_larger_tier_after_a_smaller_one_is_aligned_to_its_own_size():
    found = plan(private_prefix=27, public_prefix=24)
    assert str(found.public["a"]) == "172.30.8.0/24"


def test_a_zone_beyond_the_slots_takes_the_slot_of_its_letter_modulo_their_number():
    assert plan(availability_zones=["b", "i"]).private["i"] == plan().private["a"]


def test_a_tier_with_a_block_of_its_own_lies_at_its_start():
    found = plan(private_block="172.30.128.0/20")
    assert written(found.private) == {"a": "172.30.128.0/24", "b": "172.30.129.0/24"}


def test_a_tier_with_a_block_of_its_own_moves_no_other_tier():
    assert plan(private_block="172.30.128.0/20").public == plan().public


def test_writing_down_where_the_tiers_lie_changes_nothing():
    pinned = plan(
        internal_load_balancer_prefix=27,
        private_block="172.30.0.0/21",
        public_block="172.30.8.0/21",
        internal_load_balancer_block="172.30.16.0/24",
    )
    assert pinned == plan(internal_load_balancer_prefix=27)


def test_the_zones_of_a_plan_come_in_the_order_in_which_they_were_named():
    assert list(plan(availability_zones=["c", "a"]).public) == ["c", "a"]


def test_an_occupied_block_in_a_slot_without_a_zone_is_no_problem():
    assert plan(occupied=["172.30.5.0/24"]) == plan()


def test_occupied_blocks_may_overlap_each_other():
    assert plan(occupied=["172.30.64.0/20", "172.30.64.0/24"]) == plan()


def test_a_plan_that_meets_an_occupied_block_is_refused_with_a_free_one():
    occupied = ["172.30.0.0/20", "172.30.16.0/20", "172.30.32.0/20"]
    found = problems(block="172.30.16.0/20", occupied=occupied)
    assert set(found) == {"network.block"}
    assert found["network.block"].value == "172.30.16.0/20"
    assert "172.30.16.0/24 (private, zone a) meets network.occupied[1], 172.30.16.0/20 (and 3 more)" in (
        found["network.block"].rule
    )
    assert 'network.block = "172.30.48.0/20"' in found["network.block"].way_out


def test_without_a_block_a_plan_that_meets_an_occupied_block_names_the_vpc_and_the_way_out_a_block():
    found = problems(occupied=["172.30.0.0/20"])
    assert set(found) == {"network.cidr"}
    assert found["network.cidr"].way_out == 'network.block = "172.30.16.0/20" is free'


def test_a_tier_that_meets_an_occupied_block_in_its_own_block_is_refused_by_that_blocks_name():
    found = problems(
        private_block="172.30.128.0/21", occupied=["172.30.128.0/24", "172.30.0.0/18"], block="172.30.64.0/18"
    )
    assert set(found) == {"network.private_block"}
    assert 'network.private_block = "172.30.64.0/21" is free' in found["network.private_block"].way_out


def test_the_free_block_is_not_one_that_a_tier_has_to_itself():
    found = problems(occupied=["172.30.0.0/18", "172.30.128.0/17"], private_block="172.30.64.0/21")
    assert found["network.cidr"].way_out == 'network.block = "172.30.80.0/20" is free'


def test_a_vpc_without_room_says_what_its_largest_free_block_is():
    found = problems(occupied=["172.30.0.0/17", "172.30.128.0/17"])
    assert "none is left" in found["network.cidr"].way_out


def test_a_block_too_small_for_the_tiers_names_the_largest_prefixes_that_fit_and_a_free_block():
    out = problems(block="172.30.64.0/22", occupied=["172.30.0.0/18"])["network.block"].way_out
    assert out == (
        'network.block = "172.30.64.0/20" is free and large enough, '
        "or network.private_prefix = 26 and network.public_prefix = 26"
    )


def test_a_vpc_too_small_for_the_tiers_names_prefixes_that_fit():
    out = problems(cidr="10.0.0.0/24")["network.cidr"].way_out
    assert out == "network.private_prefix = 27 and network.public_prefix = 27 and network.zone_slots = 4"


def test_a_vpc_too_small_for_any_plan_names_a_larger_one():
    assert problems(cidr="10.0.0.64/26")["network.cidr"].way_out == (
        'a larger VPC holds it: network.cidr = "10.0.0.0/20"'
    )


def test_a_tiers_block_too_small_for_its_slots_is_refused():
    found = problems(private_block="172.30.128.0/22")
    assert set(found) == {"network.private_block"}
    assert found["network.private_block"].rule == "8 slots of /24 take a /21"
    assert "network.private_prefix = 25" in found["network.private_block"].way_out


def test_a_tiers_block_on_another_tier_is_refused():
    found = problems(private_block="172.30.8.0/21")
    assert set(found) == {"network.private_block"}
    assert "the public tier, 172.30.8.0/21" in found["network.private_block"].rule


def test_an_internal_load_balancer_block_without_its_prefix_is_refused():
    found = problems(internal_load_balancer_block="172.30.128.0/24")
    assert (
        found["network.internal_load_balancer_block"].way_out == "network.internal_load_balancer_prefix = 27"
    )


@pytest.mark.parametrize(
    ("cidr", "way_out"),
    [
        ("10.0.0.1/16", 'write "10.0.0.0/16"'),
        (" 10.0.0.0/16", 'write "10.0.0.0/16"'),
        ("10.0.0.0/016", 'write "10.0.0.0/16"'),
        ("10.0.0.0/33", 'write it like "10.0.0.0/24"'),
        ("10.0.0.0/255.255.0.0", 'write "10.0.0.0/16"'),
        ("10.0.0.0", 'write it like "10.0.0.0/24"'),
        ("10.0.0.256/16", 'write it like "10.0.0.0/16"'),
        ("", 'write it like "10.0.0.0/16"'),
        ("fd00::/56", "name an IPv4 block"),
        ("10.0.0.0/8", 'network.cidr = "10.0.0.0/16"'),
        ("10.0.0.0/29", 'network.cidr = "10.0.0.0/20"'),
    ],
)
def test_a_wrong_vpc_block_is_refused_with_what_to_write(cidr, way_out):
    found = problems(cidr=cidr)
    assert (set(found), found["network.cidr"].value, found["network.cidr"].way_out) == (
        {"network.cidr"},
        cidr,
        way_out,
    )


@pytest.mark.parametrize("key", ["block", "public_block", "private_block"])
def test_a_block_outside_the_vpc_is_refused(key):
    found = problems(**{key: "172.31.0.0/20"})
    assert set(found) == {f"network.{key}"}
    assert found[f"network.{key}"].way_out == f'a block in it, such as network.{key} = "172.30.0.0/20"'


def test_an_occupied_block_outside_the_vpc_is_refused():
    found = problems(occupied=["172.30.64.0/20", "172.31.0.0/20"])
    assert set(found) == {"network.occupied[1]"}
    assert VPC in found["network.occupied[1]"].rule


@pytest.mark.parametrize(
    ("settings", "way_out"),
    [
        ({"public_prefix": 28}, "network.public_prefix = 27"),
        ({"public_prefix": 29, "public_hosts_load_balancer": False}, "network.public_prefix = 28"),
        ({"public_prefix": 15}, "network.public_prefix = 24"),
        (
            {"private_prefix": 28},
            "network.internal_load_balancer_prefix = 27 gives the load balancer a tier of its own, "
            "or network.private_prefix = 27",
        ),
        ({"private_prefix": 29, "internal_load_balancer_prefix": 27}, "network.private_prefix = 28"),
        ({"internal_load_balancer_prefix": 28}, "network.internal_load_balancer_prefix = 27"),
    ],
)
def test_subnets_of_a_wrong_size_are_refused(settings, way_out):
    assert [problem.way_out for problem in problems(**settings).values()] == [way_out]


def test_small_private_subnets_are_legal_with_a_tier_for_the_internal_load_balancer():
    found = plan(private_prefix=28, internal_load_balancer_prefix=27)
    assert {subnet.prefixlen for subnet in found.private.values()} == {28}


@pytest.mark.parametrize(("slots", "nearest"), [(0, 2), (-1, 2), (6, 8), (64, 32)])
def test_slots_other_than_a_power_of_two_are_refused(slots, nearest):
    assert problems(zone_slots=slots)["network.zone_slots"].way_out == f"network.zone_slots = {nearest}"


@pytest.mark.parametrize(
    ("zone", "way_out"),
    [
        ("us-east-1b", 'write "b"'),
        ("us-gov-west-1b", 'write "b"'),
        ("B", 'write "b"'),
        ("use1-az1", 'write the last letter of its name, like "a"'),
        ("", 'write the last letter of its name, like "a"'),
        ("é", 'write the last letter of its name, like "a"'),
    ],
)
def test_a_zone_that_is_no_letter_is_refused(zone, way_out):
    found = problems(availability_zones=["a", zone])
    assert {field: problem.way_out for field, problem in found.items()} == {
        "network.availability_zones[1]": way_out
    }


@pytest.mark.parametrize(
    ("zones", "rule", "way_out"),
    [
        (["a"], "at least 2 availability zones", 'such as ["a", "b"]'),
        (["c"], "at least 2 availability zones", 'such as ["a", "c"]'),
        ([], "at least 2 availability zones", 'such as ["a", "b"]'),
        (["a", "b", "a"], "each zone once", 'network.availability_zones = ["a", "b"]'),
        (["a", "b", "i"], "zones a and i take the same one of 8 slots", "network.zone_slots = 16"),
    ],
)
def test_zones_that_do_not_go_together_are_refused(zones, rule, way_out):
    found = problems(availability_zones=zones)
    assert set(found) == {"network.availability_zones"}
    assert rule in found["network.availability_zones"].rule
    assert way_out in found["network.availability_zones"].way_out


def test_every_problem_is_reported_at_once():
    found = problems(
        cidr="10.0.0.1/16",
        block="x",
        occupied=["10.0.0.0/20", "y"],
        availability_zones=["a", "eu-west-1b"],
        private_prefix=29,
        zone_slots=3,
    )
    assert set(found) == {
        "network.cidr",
        "network.block",
        "network.occupied[1]",
        "network.availability_zones[1]",
        "network.private_prefix",
        "network.zone_slots",
    }


def test_a_wrong_zone_does_not_hide_that_a_subnet_meets_an_occupied_block():
    found = problems(availability_zones=["a", "B"], occupied=["172.30.0.0/24", "z"])
    assert set(found) == {"network.cidr", "network.availability_zones[1]", "network.occupied[1]"}


def test_free_blocks_lie_between_the_occupied_ones():
    found = free_blocks("10.0.0.0/22", ["10.0.1.0/24", "10.0.2.0/25"], 24)
    assert [str(block) for block in found] == ["10.0.0.0/24", "10.0.3.0/24"]
    assert free_blocks("10.0.0.0/22", ["10.0.0.0/16"], 24) == []


blocks = st.builds(
    lambda number, prefix: IPv4Network((0xAC1E0000 | number & 0xFFFF, prefix), strict=False),
    st.integers(0, 0xFFFF),
    st.integers(17, 28),
)


@given(st.lists(blocks, max_size=6), st.integers(16, 28))
def test_free_space_and_occupied_blocks_together_are_the_whole(occupied, prefix):
    free = free_space(IPv4Network(VPC), occupied)
    assert not any(one.overlaps(other) for one in free for other in occupied)
    assert not any(one.overlaps(other) for one, other in combinations(free, 2))
    sixteens = {start for block in occupied for start in range(int(block[0]), int(block[-1]), 16)}
    assert sum(block.num_addresses for block in free) == 65536 - 16 * len(sixteens)
    assert all(block.prefixlen == prefix for block in free_blocks(VPC, occupied, prefix))


def zones_of(draw):
    """Slots, and at least two zones in slots of their own."""
    slots = draw(st.sampled_from([2, 4, 8, 16, 32]))
    letters = draw(
        st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=2, max_size=8, unique=True)
    )
    by_slot = {ord(letter) % slots: letter for letter in letters}
    assume(len(by_slot) > 1)
    return {"zone_slots": slots, "availability_zones": list(by_slot.values())}


@st.composite
def settings(draw):
    """Settings that may have no room."""
    return zones_of(draw) | {
        "public_prefix": draw(st.integers(20, 27)),
        "private_prefix": draw(st.integers(20, 27)),
        "internal_load_balancer_prefix": draw(st.none() | st.integers(24, 27)),
        "occupied": draw(st.lists(blocks.map(str), max_size=4)),
        "block": draw(st.none() | blocks.map(str)),
    }


@st.composite
def roomy_settings(draw):
    """Settings whose tiers fit into their block, so that only what is occupied may be in the way."""
    zones = zones_of(draw)
    slot_bits = zones["zone_slots"].bit_length() - 1
    prefixes = [draw(st.integers(max(20, 18 + slot_bits), 27)) for _ in range(2)]
    third = draw(st.none() | st.integers(24, 27))
    largest = max(32 - prefix + slot_bits for prefix in (*prefixes, 24))
    number, prefix = draw(st.integers(0, 0xFFFF)), draw(st.integers(16, max(16, 32 - largest - 2)))
    return zones | {
        "public_prefix": prefixes[0],
        "private_prefix": prefixes[1],
        "internal_load_balancer_prefix": third,
        "occupied": draw(st.lists(blocks.map(str), max_size=4)),
        "block": draw(st.sampled_from([None, str(IPv4Network((0xAC1E0000 | number, prefix), strict=False))])),
    }


def legal(chosen):
    try:
        return plan(**chosen)
    except ConfigError:
        assume(False)


@given(roomy_settings())
def test_subnets_lie_in_the_block_and_meet_neither_each_other_nor_an_occupied_block(chosen):
    found = subnets(legal(chosen))
    assert all(subnet.subnet_of(IPv4Network(chosen["block"] or VPC)) for subnet in found)
    assert not any(one.overlaps(other) for one, other in combinations(found, 2))
    assert not any(subnet.overlaps(IPv4Network(block)) for subnet in found for block in chosen["occupied"])


@given(roomy_settings(), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_adding_or_replacing_a_zone_moves_no_other_subnet(chosen, zone):
    before = legal(chosen)
    zones = [
        other for other in chosen["availability_zones"] if (ord(other) - ord(zone)) % chosen["zone_slots"]
    ]
    after = legal(chosen | {"availability_zones": [zone, *zones]})
    for zone in zones:
        assert (before.private[zone], before.public[zone]) == (after.private[zone], after.public[zone])
        assert before.internal_load_balancer.get(zone) == after.internal_load_balancer.get(zone)


@given(roomy_settings(), st.randoms(use_true_random=False))
def test_the_order_of_the_zones_does_not_matter(chosen, random):
    shuffled = random.sample(chosen["availability_zones"], len(chosen["availability_zones"]))
    assert legal(chosen) == legal(chosen | {"availability_zones": shuffled})


@given(roomy_settings(), st.integers(24, 27))
def test_adding_or_resizing_the_internal_load_balancer_tier_moves_nothing_else(chosen, prefix):
    without = legal(chosen | {"internal_load_balancer_prefix": None})
    added = legal(chosen | {"internal_load_balancer_prefix": prefix})
    assert (without.private, without.public) == (added.private, added.public)


def applied(way_out):
    first = way_out.split(", or ")[0]
    pairs = re.findall(r'network\.(\w+) = (?:"([^"]*)"|(\d+))', first)
    return {key: text or int(number) for key, text, number in pairs}


@given(settings())
def test_the_way_out_of_a_plan_without_room_works(chosen):
    try:
        plan(**chosen)
    except ConfigError as error:
        (problem,) = error.problems
        assume("no subnet may meet" in problem.rule or "does not hold" in problem.rule)
        assume(not problem.way_out.startswith("free a block"))
        plan(**chosen | applied(problem.way_out))


@given(roomy_settings(), blocks)
def test_the_way_out_of_a_tier_that_has_no_room_in_its_block_works(chosen, block):
    chosen |= {"block": "172.30.0.0/17"}
    legal(chosen)
    try:
        plan(**chosen | {"public_block": str(block)})
    except ConfigError as error:
        problem = error.problems[0]
        assume(not problem.way_out.startswith("free a block"))
        plan(**chosen | {"public_block": str(block)} | applied(problem.way_out))


def test_a_public_tier_that_is_not_made_moves_no_other_and_meets_nothing():
    settings = {"block": "172.30.64.0/20", "internal_load_balancer_prefix": 27, "zone_slots": 4}
    whole = plan(**settings)
    without = plan(**settings, public_tier=False, occupied=[str(whole.public["a"])])
    assert (without.public, without.private) == ({}, whole.private)
    assert without.internal_load_balancer == whole.internal_load_balancer


def test_a_public_tier_that_is_not_made_needs_no_room_at_the_end():
    assert written(plan(block="172.30.64.0/21", public_tier=False).private) == {
        "a": "172.30.64.0/24",
        "b": "172.30.65.0/24",
    }
    assert set(problems(block="172.30.64.0/22", public_tier=False)) == {"network.block"}
    assert plan(public_prefix=29, public_tier=False).public == {}


def test_the_way_out_does_not_resize_a_public_tier_that_is_not_made():
    found = problems(cidr="172.30.64.0/22", public_tier=False)
    assert found["network.cidr"].way_out == "network.private_prefix = 25"
