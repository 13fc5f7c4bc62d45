"""The least and the most of something that AWS takes."""

from __future__ import annotations

from typing import NamedTuple


class Bounds(NamedTuple):
    """Both ends of a range, which both belong to it; as a text ``128 to 10240``."""

    least: int
    most: int

    def hold(self, number: float) -> bool:
        """Whether the number lies in the range."""
        return self.least <= number <= self.most

    def __str__(self) -> str:
        return f"{self.least} to {self.most}"
