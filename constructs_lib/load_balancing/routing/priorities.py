"""The numbers of listener rules, derived from workload, hosts and paths alone: no other moves one. Pure.

The most specific host wins: exact hosts first, then by the labels behind the last wildcard, then rules for
any host. For one host the most specific path wins: exact paths first, then by the number of literal segments
before the first wildcard. A workload is one rule, and its least specific host and path decide where it lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from constructs_lib.figures.load_balancer import PATH_PATTERN_LENGTH
from constructs_lib.load_balancing.routing.hosts import host_specificity
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

# Rules with hosts lie among the exact paths and those of three literal segments or more, before all that is
# likely beside them: paths of at most two segments of any host. Bands by host, in each by path.
_MOST_LABELS, _MOST_SEGMENTS = 4, 4
_HOST_WIDTHS = {EXACT: 199, 4: 83, 3: 199, 2: 887, 1: 2_503, 0: 5_003}
_WILDCARD_WIDTHS = {EXACT: 47, 4: 19, 3: 47, 2: 103, 1: 263, 0: 379}


def _host_bands() -> dict[tuple[int, int], tuple[int, int]]:
    widths = {(EXACT, path): width for path, width in _HOST_WIDTHS.items()}
    for labels in range(_MOST_LABELS, 0, -1):
        widths |= {(labels, path): width for path, width in _WILDCARD_WIDTHS.items()}
    starts = accumulate(widths.values(), initial=_FIRST_DERIVED)
    return {key: (start, width) for (key, width), start in zip(widths.items(), starts, strict=False)}


_HOST_BANDS = _host_bands()


def derived_priority(workload: str, paths: Sequence[str], hosts: Sequence[str] = ()) -> int:
    """The number of the rule that sends ``paths`` of ``hosts`` to ``workload``.

    It lies in the band of the least specific host and path, at the remainder of workload and paths as a
    number: the same in every run, whatever other routes there are and in whatever order the paths come. One
    more host that is no less specific doesn't move it.
    """
    path = min((specificity(path) for path in paths), default=0)
    start, width = _BANDS[path] if not hosts else _HOST_BANDS[_host_band(hosts, path)]
    text = "\0".join([workload, *sorted(paths)])
    return start + int.from_bytes(text.encode(), "big") % width


def _host_band(hosts: Sequence[str], path: int) -> tuple[int, int]:
    host = min(map(host_specificity, hosts))
    labels = EXACT if host == EXACT else max(1, min(host, _MOST_LABELS))
    return labels, EXACT if path == EXACT else min(path, _MOST_SEGMENTS)
