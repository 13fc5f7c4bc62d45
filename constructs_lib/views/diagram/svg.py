"""The architecture of a synthesized stack as one SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.proof.reading.whole_model import read_model
from constructs_lib.views.diagram.content import scene_of
from constructs_lib.views.diagram.draw import svg_of
from constructs_lib.views.diagram.layout import layout


def architecture_svg(document: Mapping[str, Any], environment: Environment | None) -> str:
    """Draw a stack from its Terraform JSON: zones, subnets, load balancers, workloads and who reaches whom.

    environment: gives the title and the names of callers that exist already; None for anybody's document.
    The arrows are those that the proof finds. More than thirty workloads and callers are drawn as groups.
    The picture is 1,200 pixels wide, follows the reader's light or dark setting, uses system fonts only,
    and equal documents give equal bytes.
    """
    return svg_of(layout(scene_of(read_model(document), environment)))
