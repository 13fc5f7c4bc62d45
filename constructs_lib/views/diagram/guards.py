"""Which security groups a box carries, and in which subnets it is: the frame with the box inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from constructs_lib.proof.model.network import Model
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.terraform_json.values import Unknown
from constructs_lib.views.diagram.measure import FRAME, SIZES, STRIP, framed
from constructs_lib.views.diagram.picture import Box, Rect, Text
from constructs_lib.views.diagram.scene import Balancer, Guard, Node, Scene
from constructs_lib.views.diagram.text_width import fit
from constructs_lib.views.report.inventory import group_name, rule_in_words
from constructs_lib.views.zones_and_tiers import Place

NO_VPC = "in no VPC"
_MOST_RULES = 12
_NOT_KNOWN = "not known before an apply"


def guard_of(model: Model, interfaces: Iterable[Interface]) -> Guard:
    """Give the security groups of interfaces that one box stands for, each once."""
    groups = dict.fromkeys(group for interface in interfaces for group in interface.groups)
    known = [group for group in groups if not isinstance(group, Unknown)]
    names = [group_name(group) for group in known]
    if len(known) < len(groups):
        names.append(_NOT_KNOWN)
    rules = [rule for group in known for rule in _rules(model, group)]
    shown = rules if len(rules) <= _MOST_RULES else [*rules[: _MOST_RULES - 1], _more(rules)]
    return Guard(tuple(dict.fromkeys(names)), tuple(known), tuple(shown))


def _more(rules: list[str]) -> str:
    return f"and {len(rules) - _MOST_RULES + 1} more rules"


def _rules(model: Model, identity: str) -> Iterator[str]:
    group = model.groups.get(identity)
    for rule in (*group.ingress.rules, *group.egress.rules) if group else ():
        yield f"{group_name(identity)} {rule_in_words(model, rule)}"


def tier_of(places: Iterable[Place], interfaces: Iterable[Interface]) -> str:
    """Give the tiers of the subnets in which interfaces are, empty where the document does not tell them."""
    homes = {subnet for interface in interfaces for subnet in interface.subnets}
    tiers = dict.fromkeys(place.tier for place in places if place.address in homes)
    return ", ".join(sorted(tiers))


def frame(guard: Guard, rect: Rect, key: str) -> Iterator[Box]:
    """Draw the frame of a box's security groups, if it has any, with their names at its upper edge."""
    if not guard.names:
        return
    size, bold = SIZES["guard"]
    words = fit(f"SG {', '.join(guard.names)}", rect.width - 2 * FRAME - 4, size, bold=bold)
    text = Text(rect.x + FRAME + 2, rect.y + STRIP - 4, words, "guard")
    yield Box(rect, "guard", (text,), guard.addresses, guard.rules, key)


def inside(guard: Guard, rect: Rect) -> Rect:
    """Give the place of a box in the frame of its security groups."""
    return framed(rect) if guard.names else rect


def frame_height(guard: Guard) -> int:
    """Give what the frame adds to a box's height."""
    return STRIP + FRAME if guard.names else 0


def column_tiers(scene: Scene) -> dict[int, str]:
    """Give the tier of each column whose boxes are all in one."""
    tiers: dict[int, set[str]] = {}
    parts: tuple[Node | Balancer, ...] = (*scene.nodes, *scene.balancers)
    for part in parts:
        if part.tier:
            tiers.setdefault(part.column, set()).add(part.tier)
    return {column: found.pop() for column, found in tiers.items() if len(found) == 1}


def with_tiers(scene: Scene) -> Scene:
    """Let boxes say their tier where it is not that of their whole column."""
    known = column_tiers(scene)
    nodes = (
        replace(node, lines=(*node.lines, in_words(node.tier)))
        if node.tier != known.get(node.column, "")
        else node
        for node in scene.nodes
    )
    balancers = (
        replace(one, lines=(*one.lines, in_words(one.tier))) if one.tier != known.get(one.column, "") else one
        for one in scene.balancers
    )
    exits = (
        replace(node, lines=(*node.lines, in_words(node.tier))) if node.tier else node for node in scene.exits
    )
    return replace(scene, nodes=tuple(nodes), balancers=tuple(balancers), exits=tuple(exits))


def in_words(tier: str) -> str:
    """Say where a box is: ``in private subnets``."""
    return tier if tier == NO_VPC or not tier else f"in {tier.replace('load balancer', 'LB')} subnets"
