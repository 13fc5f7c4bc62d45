"""The body of a dashboard: a row for each thing, with a graph for each of its alarms.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.alarms.watches import Watch
from constructs_lib.figures.cloudwatch import GRID_WIDTH, WIDGETS_PER_DASHBOARD

_TITLE_HEIGHT, _GRAPH_HEIGHT, _GRAPHS_PER_LINE = 1, 5, 4
_GRAPH_WIDTH = GRID_WIDTH // _GRAPHS_PER_LINE
Rows = Mapping[str, Sequence[Watch]]


def dashboards(rows: Rows) -> Iterator[Rows]:
    """Part the rows where one dashboard does not take all of their widgets."""
    held: dict[str, Sequence[Watch]] = {}
    count = 0
    for title, watches in rows.items():
        if held and count + len(watches) + 1 > WIDGETS_PER_DASHBOARD:
            yield held
            held, count = {}, 0
        held[title] = watches
        count += len(watches) + 1
    if held:
        yield held


def dashboard_body(rows: Rows, *, region: str) -> str:
    """Write the rows in their order, each below its title."""
    widgets: list[dict[str, Any]] = []
    y = 0
    for title, watches in rows.items():
        place = {"x": 0, "y": y, "width": GRID_WIDTH, "height": _TITLE_HEIGHT}
        widgets.append({"type": "text", **place, "properties": {"markdown": f"## {title}"}})
        y += _TITLE_HEIGHT
        for number, watch in enumerate(watches):
            line, column = divmod(number, _GRAPHS_PER_LINE)
            x, top = column * _GRAPH_WIDTH, y + line * _GRAPH_HEIGHT
            place = {"x": x, "y": top, "width": _GRAPH_WIDTH, "height": _GRAPH_HEIGHT}
            widgets.append({"type": "metric", **place, "properties": _graph(watch, region)})
        y += -(-len(watches) // _GRAPHS_PER_LINE) * _GRAPH_HEIGHT
    return json.dumps({"widgets": widgets})


def _graph(watch: Watch, region: str) -> dict[str, Any]:
    lines: list[list[Any]] = []
    if watch.expression:
        lines.append([{"expression": watch.expression, "label": watch.key, "id": "shown"}])
    for id_, metric in watch.metrics.items():
        dimensions = [part for pair in metric.dimensions.items() for part in pair]
        more: dict[str, Any] = {"stat": metric.statistic}
        if watch.expression:
            more |= {"id": id_, "visible": False}
        lines.append([metric.namespace, metric.name, *dimensions, more])
    return {
        "title": watch.key,
        "region": region,
        "period": watch.period_s,
        "metrics": lines,
        "annotations": {"horizontal": [{"label": "alarm", "value": watch.threshold}]},
    }
