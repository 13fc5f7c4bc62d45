"""Bundles links into nets, in which all sources reach all targets: one trunk stands for many arrows.

Of too many calls one trunk stands for all; who reaches whom is then said by the matrix.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from constructs_lib.views.diagram.scene import Link, LinkKind, Passing

_SHOWN_PORTS = 2
_DRAWN_PAIRS = 15
_DRAWN_NETS = 3
"""Of more calls than these in one channel, which take more trunks than these, all share one."""


@dataclass(frozen=True, slots=True)
class Net:
    """Boxes that are joined by one trunk. ``targets`` are pairs of a box and the label of its arrow."""

    sources: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]
    kind: LinkKind
    sure: bool
    passing: Passing = "unknown"
    pairs: frozenset[tuple[str, str]] | None = None
    """Who reaches whom, where that is not everybody everybody: such a net is a bundle."""

    def boxes(self) -> tuple[str, ...]:
        """Give everything that the net joins."""
        return (*self.sources, *(target for target, _ in self.targets))

    def runs_below(self, columns: Container[str]) -> bool:
        """Tell whether it joins its boxes below the columns. columns: the boxes that stand in one."""
        return self.kind == "trigger" or any(target not in columns for target, _ in self.targets)


def bundle(links: Iterable[Link]) -> tuple[Net, ...]:
    """Bundle links of one kind: by equal sources or by equal targets, whichever gives fewer trunks."""
    kinds: dict[tuple[LinkKind, bool, Passing], dict[tuple[str, str], list[str]]] = {}
    for link in links:
        pairs = kinds.setdefault((link.kind, link.sure, link.passing), {})
        labels = pairs.setdefault((link.source, link.target), [])
        if link.label not in labels:
            labels.append(link.label)
    return tuple(net for alike, pairs in kinds.items() for net in _smallest(pairs, *alike))


def _smallest(
    pairs: Mapping[tuple[str, str], list[str]], kind: LinkKind, sure: bool, passing: Passing
) -> tuple[Net, ...]:
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for source, target in pairs:
        into.setdefault(target, []).append(source)
        out.setdefault(source, []).append(target)
    by_sources = [(tuple(s), tuple(t)) for s, t in _alike(into).items()]
    by_targets = [(tuple(s), tuple(t)) for t, s in _alike(out).items()]
    chosen = by_sources if len(by_sources) <= len(by_targets) else by_targets
    if kind == "call" and len(pairs) > _DRAWN_PAIRS and len(chosen) > _DRAWN_NETS:
        targets = tuple((target, _label(pairs, sources, target)) for target, sources in into.items())
        return (Net(tuple(out), targets, kind, sure, passing, frozenset(pairs)),)
    return tuple(
        Net(sources, tuple((t, _label(pairs, sources, t)) for t in targets), kind, sure, passing)
        for sources, targets in chosen
    )


def _alike(ends: Mapping[str, list[str]]) -> dict[tuple[str, ...], list[str]]:
    """Group the boxes that have the same boxes at their other end."""
    found: dict[tuple[str, ...], list[str]] = {}
    for box, others in ends.items():
        found.setdefault(tuple(sorted(others)), []).append(box)
    return found


def _label(pairs: Mapping[tuple[str, str], list[str]], sources: Iterable[str], target: str) -> str:
    labels = list(dict.fromkeys(label for source in sources for label in pairs[source, target]))
    return ", ".join(labels) if len(labels) <= _SHOWN_PORTS else f"{len(labels)} ports"
