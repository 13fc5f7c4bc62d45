"""The architecture of a synthesized stack as one SVG."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.views.diagram.content import scene_of
from constructs_lib.views.diagram.draw import svg_of
from constructs_lib.views.diagram.guards import in_words
from constructs_lib.views.diagram.layout import layout
from constructs_lib.views.diagram.scene import Balancer, Node, Scene
from constructs_lib.views.written_stack import WrittenStack

_MOST_WAYS = 60


def architecture_svg(stack: WrittenStack) -> str:
    """Draw a stack: zones, subnets, load balancers, workloads, their security groups and who reaches whom.

    Its environment gives the title and the names of callers that exist already, where there is one.
    The arrows are those that the proof finds; above fifteen calls from one column to another they are one
    bundle, and a matrix tells them apart. More than thirty workloads and callers are drawn as groups.
    The picture is 1,200 pixels wide, follows the reader's light or dark setting, uses system fonts only,
    lights the ways of the box that is pointed at without a script, says all of it as a text for those who
    do not see it, and equal documents give equal bytes.
    """
    scene = scene_of(stack)
    return svg_of(layout(scene), described(scene))


def described(scene: Scene) -> str:
    """Say in sentences what the picture shows."""
    found = [*_parts(scene), *dict.fromkeys(_ways(scene))]
    more = len(found) - _MOST_WAYS
    return " ".join(found if more <= 0 else [*found[:_MOST_WAYS], f"And {more} more."])


def _parts(scene: Scene) -> Iterator[str]:
    zones = ", ".join(dict.fromkeys(place.zone for place in scene.places))
    existing = ", which exists already" if scene.vpc.existing else ""
    yield f"{scene.vpc.name}{existing}{f', in {zones}' if zones else ''}."
    parts: tuple[Balancer | Node, ...] = (*scene.balancers, *scene.nodes)
    for part in parts:
        what = [*part.lines, in_words(part.tier), f"security groups {', '.join(part.guard.names)}"]
        shown = what if part.guard.names else what[:-1]
        yield f"{': '.join(filter(None, (part.title, ', '.join(filter(None, shown)))))}."


def _ways(scene: Scene) -> Iterator[str]:
    names = {node.key: node.title for node in (*scene.nodes, *scene.exits, *scene.beyond)}
    names |= {chip.key: f"{one.title} {chip.text}" for one in scene.balancers for chip in one.chips}
    through = {"nat": " through a NAT gateway", "gateway": " through the internet gateway", "unknown": ""}
    for link in (link for link in scene.links if {link.source, link.target} <= set(names)):
        doubt = "" if link.sure else ", which only an apply can tell"
        verb = "invokes" if link.kind == "trigger" else "reaches"
        port = f" ({link.label})" if link.label else ""
        way = f"{names[link.source]} {verb} {names[link.target]}{port}"
        yield f"{way}{through[link.passing]}{doubt}."
