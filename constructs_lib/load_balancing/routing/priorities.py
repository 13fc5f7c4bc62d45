"""The numbers of listener rules, derived from workload and paths alone: no other route moves one. Pure.

The most specific path wins: exact paths first, then by the number of literal segments before the first
wildcard. A workload is one rule, and its least specific path decides where the rule lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from constructs_lib.figures.load_balancer import PATH_PATTERN_LENGTH
from constructs_lib.load_balancing.routing.patterns import EXACT, specificity

# Derived priorities lie from 1,000 to 39,999, in one band for each specificity, the most specific one first.
# Each width is a prime p with p % 4 == 3: in the wide bands, names that differ in one digit or in two
# adjacent ones never share a number.
_FIRST_DERIVED = 1_000
_EXACT_WIDTH = 6_163
_WIDTHS = [991, 18_451, 7_187, 2_399, 787, 383, 199, 83, 83] + [19] * (PATH_PATTERN_LENGTH - 9)


def _bands() -> dict[int, tuple[int, int]]:
    by_specificity = {EXACT: _EXACT_WIDTH} | dict(reversed([*enumerate(_WIDTHS)]))
    starts = accumulate(by_specificity.values(), initial=_FIRST_DERIVED)
    return {key: (start, width) for (key, width), start in zip(by_specificity.items(), starts, strict=False)}


_BANDS = _bands()


def derived_priority(workload: str, paths: Sequence[str]) -> int:
    """The number of the rule that sends ``paths`` to ``workload``.

    It lies in the band of the least specific path, at the remainder of the text as a number: the same in
    every run, whatever other routes there are and in whatever order the paths come.
    """
    start, width = _BANDS[min(specificity(path) for path in paths)]
    text = "\0".join([workload, *sorted(paths)])
    return start + int.from_bytes(text.encode(), "big") % width
