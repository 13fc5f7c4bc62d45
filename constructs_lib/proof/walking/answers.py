"""What the proof can say about one question: it is carried, it is blocked, or this document cannot tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of the way: the Terraform addresses that allow it, and the same as a sentence."""

    addresses: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Carried:
    """It gets through, by these hops in their order."""

    hops: tuple[Hop, ...] = ()

    def __str__(self) -> str:
        return "\n".join(hop.sentence for hop in self.hops)


@dataclass(frozen=True, slots=True)
class Blocked:
    """It does not get through. ``hop`` is the Terraform address where it ends, ``before`` what carried it
    there.
    """

    hop: str
    why: str
    before: tuple[Hop, ...] = ()
    also: tuple[Blocked, ...] = ()
    """Every other step of the same way that blocks."""

    @property
    def whys(self) -> str:
        """All that blocks, in the order of the way."""
        return "; and ".join(dict.fromkeys((self.why, *(one.why for one in self.also))))

    def __str__(self) -> str:
        return self.whys


@dataclass(frozen=True, slots=True)
class CannotTell:
    """A value decides that this document does not hold. Never to be read as a yes, nor as a no."""

    hop: str
    why: str
    before: tuple[Hop, ...] = ()

    def __str__(self) -> str:
        return self.why


Answer = Carried | Blocked | CannotTell


def carried(sentence: str, *addresses: str) -> Carried:
    """One hop that carries."""
    return Carried((Hop(addresses, sentence),))


def in_order(steps: Iterable[Answer]) -> Answer:
    """All steps have to carry: the first that blocks decides, even behind a doubtful one; the others that
    block are named with it.
    """
    hops: tuple[Hop, ...] = ()
    doubts: list[CannotTell] = []
    blocks: list[Blocked] = []
    for step in steps:
        if isinstance(step, Carried):
            hops += step.hops
        elif isinstance(step, Blocked):
            blocks.append(replace(step, before=hops + step.before))
        else:
            doubts.append(replace(step, before=hops + step.before))
            hops += step.before
    if blocks:
        others = (part for block in blocks[1:] for part in (replace(block, before=(), also=()), *block.also))
        first = blocks[0]
        return replace(first, also=tuple(dict.fromkeys((*first.also, *others))))
    return doubts[0] if doubts else Carried(hops)


def any_of(ways: Iterable[Answer], *, otherwise: Blocked | CannotTell) -> Answer:
    """One way is enough: the first that carries, else the first doubtful one, else the one that got
    farthest.
    """
    doubts: list[CannotTell] = []
    blocks: list[Blocked] = []
    for way in ways:
        if isinstance(way, Carried):
            return way
        if isinstance(way, CannotTell):
            doubts.append(way)
        else:
            blocks.append(way)
    if doubts:
        return doubts[0]
    return max(blocks, key=lambda block: len(block.before), default=otherwise)
