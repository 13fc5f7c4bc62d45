"""Brings a full scene into order: callees beside their callers, and of too many boxes of a kind one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from constructs_lib.views.diagram.scene import FRONT, PROTECTED, Balancer, Chip, Guard, Link, Node, Scene

MOST = 30
"""Workloads and callers that are drawn one by one."""
_FEW = 8
"""Callers that keep the order of the document."""
_PLURAL = {"function": "functions", "service": "services", "caller": "callers", "outside": "ranges"}


def folded(scene: Scene, most: int = MOST) -> Scene:
    """Give the scene, with groups in it where it has more than ``most`` workloads and callers."""
    single = [node for node in scene.nodes if node.column in (FRONT, PROTECTED)]
    if len(single) <= most:
        return scene
    home: dict[str, str] = {}
    nodes = (*(n for n in scene.nodes if n not in single), *_groups(single, home))
    links = _moved(scene.links, home)
    balancers = tuple(_with_fewer_chips(balancer, links, home) for balancer in scene.balancers)
    return replace(scene, nodes=nodes, balancers=balancers, links=_moved(links, home))


def ordered(scene: Scene) -> Scene:
    """Give the scene with callees in the order of their callers; many callers stand by what they call."""
    callees = callees_of(scene)
    front = [node for node in scene.nodes if node.column == FRONT]
    inner = [node for node in scene.nodes if node.column == PROTECTED]
    if len(front) > _FEW:
        front = _by_callees(front, callees)
    places: dict[str, list[int]] = {}
    for place, node in enumerate(front):
        for callee in callees.get(node.key, ()):
            places.setdefault(callee, []).append(place)
    means = {key: sum(found) / len(found) for key, found in places.items()}
    inner.sort(key=lambda node: means.get(node.key, len(front)))
    others = [node for node in scene.nodes if node.column not in (FRONT, PROTECTED)]
    return replace(scene, nodes=(*others, *front, *inner))


def front_heading(scene: Scene) -> str:
    """Say who stands before the internal load balancers."""
    front = {node.key for node in scene.nodes if node.column == FRONT}
    delivered = {link.target for link in scene.links if link.kind == "delivery"}
    triggered = {link.target for link in scene.links if link.kind == "trigger"}
    calling = {link.source for link in scene.links if link.kind == "call"}
    rest = front - delivered
    words = [
        *["public-facing"] * bool(front & delivered),
        *["callers"] * bool(rest & calling or rest - triggered),
        *["triggered"] * bool(rest & triggered),
    ]
    return ", ".join(words).capitalize()


def places_of(scene: Scene) -> dict[str, int]:
    """Give the place of each node and listener in an ordered scene, a listener that of what is behind it."""
    found = {node.key: place for place, node in enumerate(scene.nodes)}
    targets = behind(scene)
    for chip in (chip for balancer in scene.balancers for chip in balancer.chips):
        places = [found[target] for target in targets.get(chip.key, ()) if target in found]
        found[chip.key] = min(places, default=len(scene.nodes))
    return found


def behind(scene: Scene) -> dict[str, list[str]]:
    """Give the workloads to which each listener forwards."""
    found: dict[str, list[str]] = {}
    for link in scene.links:
        if link.kind == "delivery":
            found.setdefault(link.source, []).append(link.target)
    return found


def callees_of(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Give the workloads that each caller reaches through load balancers."""
    targets = behind(scene)
    found: dict[str, dict[str, None]] = {}
    for link in scene.links:
        if link.kind == "call":
            found.setdefault(link.source, {}).update(dict.fromkeys(targets.get(link.target, ())))
    return {caller: tuple(called) for caller, called in found.items()}


def _by_callees(nodes: list[Node], callees: Mapping[str, tuple[str, ...]]) -> list[Node]:
    """Put next to each caller the one that shares the most of its callees."""
    rest, found = nodes[1:], nodes[:1]
    while rest:
        own = set(callees.get(found[-1].key, ()))
        alike = [
            len(own & (other := set(callees.get(node.key, ())))) / (len(own | other) or 1) for node in rest
        ]
        found.append(rest.pop(alike.index(max(alike))))
    return found


def _groups(nodes: list[Node], home: dict[str, str]) -> list[Node]:
    groups: dict[tuple[int, str], list[Node]] = {}
    for node in nodes:
        groups.setdefault((node.column, node.kind), []).append(node)
    return [_group(own, home) for own in groups.values()]


def _group(nodes: list[Node], home: dict[str, str]) -> Node:
    first = nodes[0]
    if len(nodes) == 1:
        return first
    home.update((node.key, first.key) for node in nodes)
    title = f"{len(nodes)} {_PLURAL.get(first.kind, first.kind)}"
    names = ", ".join(node.title for node in nodes)
    tiers = ", ".join(dict.fromkeys(node.tier for node in nodes))
    return replace(
        first,
        title=title,
        lines=(names,),
        addresses=tuple(a for n in nodes for a in n.addresses),
        tier=tiers,
        guard=_one_guard([node.guard for node in nodes]),
    )


def _one_guard(guards: list[Guard]) -> Guard:
    """Say how many groups there are; those that each has by name."""
    shared = [name for name in guards[0].names if all(name in guard.names for guard in guards)]
    own = dict.fromkeys(name for guard in guards for name in guard.names if name not in shared)
    names = (f"{len(own)} own", *shared) if own else tuple(shared)
    return Guard(names, tuple(dict.fromkeys(address for guard in guards for address in guard.addresses)))


def _moved(links: tuple[Link, ...], home: Mapping[str, str]) -> tuple[Link, ...]:
    moved = (
        replace(link, source=home.get(link.source, link.source), target=home.get(link.target, link.target))
        for link in links
    )
    return tuple(dict.fromkeys(moved))


def _with_fewer_chips(balancer: Balancer, links: tuple[Link, ...], home: dict[str, str]) -> Balancer:
    """Listeners that join the same boxes become one chip."""
    into: dict[str, set[str]] = {}
    out: dict[str, set[str]] = {}
    for link in links:
        into.setdefault(link.target, set()).add(link.source)
        out.setdefault(link.source, set()).add(link.target)
    alike: dict[tuple[frozenset[str], frozenset[str], str], list[Chip]] = {}
    for chip in balancer.chips:
        ends = (frozenset(into.get(chip.key, ())), frozenset(out.get(chip.key, ())), chip.detail)
        alike.setdefault(ends, []).append(chip)
    for chips in alike.values():
        home.update((chip.key, chips[0].key) for chip in chips)
    return replace(balancer, chips=tuple(_one_chip(chips) for chips in alike.values()))


def _one_chip(chips: list[Chip]) -> Chip:
    first = chips[0]
    if len(chips) == 1:
        return first
    addresses = tuple(address for chip in chips for address in chip.addresses)
    return Chip(first.key, f"{len(chips)} ports", first.detail, addresses)
