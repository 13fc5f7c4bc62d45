import json

from constructs_lib.alarms.dashboard import dashboard_body, dashboards
from constructs_lib.alarms.watches import function_watches
from constructs_lib.environment.tables.alarms import Thresholds
from constructs_lib.figures.cloudwatch import WIDGETS_PER_DASHBOARD


def rows(count):
    watches = [*function_watches("f", Thresholds(), timeout_s=10, concurrency=100)]
    return {f"Function f{number}": watches for number in range(count)}


def widgets(part):
    return json.loads(dashboard_body(part, region="eu-west-1"))["widgets"]


def test_what_one_dashboard_does_not_take_is_on_the_next_and_rows_stay_whole():
    parts = [*dashboards(rows(200))]
    assert len(parts) == 3
    assert [title for part in parts for title in part] == [*rows(200)]
    assert all(len(widgets(part)) <= WIDGETS_PER_DASHBOARD for part in parts)
    assert [*dashboards(rows(83))] == [rows(83)]


def test_a_graph_shows_where_its_alarm_goes_off():
    shown = {one["properties"]["title"]: one["properties"] for one in widgets(rows(1))[1:]}
    assert shown["duration"]["annotations"]["horizontal"][0]["value"] == 8000
    assert shown["duration"]["metrics"] == [
        ["AWS/Lambda", "Duration", "FunctionName", "f", {"stat": "Maximum"}]
    ]
