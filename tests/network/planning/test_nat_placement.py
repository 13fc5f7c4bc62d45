"""In which zones NAT gateways are made, and who uses which."""

from __future__ import annotations

from constructs_lib.network.planning.nat_placement import by_private_zone, nat_zones


def test_a_single_gateway_is_in_its_zone_else_in_the_first():
    assert nat_zones("single", "b", ["a", "b"]) == ["b"]
    assert nat_zones("single", None, ["c", "a"]) == ["c"]


def test_one_for_each_zone_is_in_each_once():
    assert nat_zones("per_az", None, ["a", "b", "a"]) == ["a", "b"]


def test_without_gateways_or_zones_there_is_none():
    assert nat_zones("none", None, ["a", "b"]) == nat_zones("single", None, []) == []


def test_a_private_subnet_uses_its_zones_gateway_else_the_first():
    assert by_private_zone("abc", {"b": "nat-b", "c": "nat-c"}) == {"a": "nat-b", "b": "nat-b", "c": "nat-c"}


def test_without_a_gateway_no_private_subnet_has_one():
    assert by_private_zone("ab", {}) == {}
