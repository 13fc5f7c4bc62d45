"""The architecture of a synthesized stack as one SVG."""

from __future__ import annotations

from constructs_lib.views.diagram.content import scene_of
from constructs_lib.views.diagram.draw import svg_of
from constructs_lib.views.diagram.layout import layout
from constructs_lib.views.written_stack import WrittenStack


def architecture_svg(stack: WrittenStack) -> str:
    """Draw a stack: zones, subnets, load balancers, workloads and who reaches whom.

    Its environment gives the title and the names of callers that exist already, where there is one.
    The arrows are those that the proof finds. More than thirty workloads and callers are drawn as groups.
    The picture is 1,200 pixels wide, follows the reader's light or dark setting, uses system fonts only,
    and equal documents give equal bytes.
    """
    return svg_of(layout(scene_of(stack)))
