"""Bundles links into nets, in which all sources reach all targets: one trunk stands for many arrows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from constructs_lib.views.diagram.scene import Link, LinkKind

_SHOWN_PORTS = 2


@dataclass(frozen=True, slots=True)
class Net:
    """Boxes that are joined by one trunk. ``targets`` are pairs of a box and the label of its arrow."""

    sources: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]
    kind: LinkKind
    sure: bool

    def boxes(self) -> tuple[str, ...]:
        """Give everything that the net joins."""
        return (*self.sources, *(target for target, _ in self.targets))


def bundle(links: Iterable[Link]) -> tuple[Net, ...]:
    """Bundle links of one kind: by equal sources or by equal targets, whichever gives fewer trunks."""
    kinds: dict[tuple[LinkKind, bool], dict[tuple[str, str], list[str]]] = {}
    for link in links:
        labels = kinds.setdefault((link.kind, link.sure), {}).setdefault((link.source, link.target), [])
        if link.label not in labels:
            labels.append(link.label)
    return tuple(net for (kind, sure), pairs in kinds.items() for net in _smallest(pairs, kind, sure))


def _smallest(pairs: Mapping[tuple[str, str], list[str]], kind: LinkKind, sure: bool) -> tuple[Net, ...]:
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for source, target in pairs:
        into.setdefault(target, []).append(source)
        out.setdefault(source, []).append(target)
    by_sources = [(tuple(s), tuple(t)) for s, t in _alike(into).items()]
    by_targets = [(tuple(s), tuple(t)) for t, s in _alike(out).items()]
    chosen = by_sources if len(by_sources) <= len(by_targets) else by_targets
    return tuple(
        Net(sources, tuple((t, _label(pairs, sources, t)) for t in targets), kind, sure)
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
