"""Slots: which of a tier's places an availability zone takes. It goes by the zone's letter alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def slot_of(zone: str, slots: int) -> int:
    """The slot of an availability zone's letter: a takes 0, b takes 1, ..., modulo the number of slots."""
    return (ord(zone) - ord("a")) % slots


def sharing(zones: Iterable[str], slots: int) -> list[list[str]]:
    """The zones that take the same slot, by slot; empty where each has one of its own."""
    by_slot: dict[int, list[str]] = {}
    for zone in zones:
        by_slot.setdefault(slot_of(zone, slots), []).append(zone)
    return [together for together in by_slot.values() if len(together) > 1]


def fewest_slots(zones: Sequence[str]) -> int:
    """The fewest slots, a power of 2, of which each of these zones has one of its own."""
    return next(slots for slots in (2, 4, 8, 16, 32) if not sharing(zones, slots))
