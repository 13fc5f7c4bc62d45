"""In which zones NAT gateways are made, and who uses which."""

from __future__ import annotations

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.network.planning.nat_placement import address_zones, by_private_zone, nat_zones


@pytest.mark.parametrize("zone", [None, "d"])
def test_a_single_gateway_needs_one_of_the_zones(zone):
    assert nat_zones("single", "b", ["a", "b"]) == ["b"]
    with pytest.raises(ConfigError, match=r"network\.nat_zone"):
        nat_zones("single", zone, ["c", "a"])


def test_one_for_each_zone_is_in_each_once():
    assert nat_zones("per_az", None, ["a", "b", "a"]) == ["a", "b"]


def test_a_regional_one_is_in_no_zone_and_has_an_address_in_each():
    assert nat_zones("regional", None, ["a", "b"]) == []
    assert address_zones("regional", None, ["b", "a", "b"]) == ["b", "a"]
    assert address_zones("single", "b", ["a", "b"]) == ["b"]


def test_without_gateways_or_zones_there_is_none():
    assert nat_zones("none", None, ["a", "b"]) == nat_zones("single", None, []) == []


def test_a_private_subnet_uses_its_zones_gateway_or_the_single_one():
    assert by_private_zone("ab", {"b": "nat-b", "a": "nat-a"}) == {"a": "nat-a", "b": "nat-b"}
    assert by_private_zone("ab", {"b": "nat-b"}, shared="nat-b") == {"a": "nat-b", "b": "nat-b"}


def test_a_zone_without_a_way_out_beside_others_is_an_error_that_names_one():
    with pytest.raises(ConfigError, match='a has none: add a = "nat-b", that of zone b') as caught:
        by_private_zone("abc", {"c": "nat-c", "b": "nat-b"})
    assert [problem.field for problem in caught.value.problems] == ["network.existing.nat_gateway_ids"]


def test_without_a_gateway_no_private_subnet_has_one():
    assert by_private_zone("ab", {}) == {}
