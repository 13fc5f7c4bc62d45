"""Slots go by the letter of the zone."""

from __future__ import annotations

from string import ascii_lowercase

from constructs_lib.network.planning.slots import fewest_slots, sharing, slot_of


def test_a_zone_takes_the_slot_of_its_letter_modulo_their_number():
    assert [slot_of(zone, 8) for zone in "abhi"] == [0, 1, 7, 0]


def test_zones_that_share_a_slot_are_named_together():
    assert sharing("abcij", 8) == [["a", "i"], ["b", "j"]]
    assert sharing("abcij", 16) == []


def test_the_fewest_slots_keep_every_two_zones_apart():
    for one in ascii_lowercase:
        for other in ascii_lowercase:
            if one != other:
                slots = fewest_slots([one, other])
                assert slot_of(one, slots) != slot_of(other, slots)
                assert slots == 2 or slot_of(one, slots // 2) == slot_of(other, slots // 2)
