"""What `run` prints while it runs."""

import json

from constructs_lib.cli.support.run_lines import JsonLines, Lines

INNER = {
    "event": "answer", "time": 0.0, "hop": "2", "trace": "t", "parent": "1", "source": "storefront",
    "load_balancer": "internal", "port": 8080, "method": "GET", "path": "/x", "status": 200, "ms": 1.25,
    "target": "aws_lambda_function.inventory", "why": "",
}  # fmt: skip
OUTER = INNER | {
    "hop": "1", "parent": "", "source": "internet", "load_balancer": "public", "port": 80, "status": 502,
    "target": "aws_lambda_function.storefront", "why": "it failed",
}  # fmt: skip
DENIED = {
    "event": "denied", "time": 0.0, "trace": "t", "parent": "1", "source": "storefront",
    "target": "aws_lb.internal", "port": 8080, "hop": "aws_security_group.x", "why": "lets nothing out",
    "change": "[functions.storefront] ...",
}  # fmt: skip


def printed(capsys, *events):
    lines = Lines()
    for event in events:
        lines(event)
    return [line.partition(" ")[2] for line in capsys.readouterr().out.splitlines()]


def test_the_hops_of_a_trace_are_a_tree_once_the_first_is_answered(capsys):
    assert printed(capsys, INNER, OUTER) == [
        "internet → public:80 → storefront  GET /x  502  1.2 ms  it failed",
        "└─ storefront → internal:8080 → inventory  GET /x  200  1.2 ms",
    ]


def test_a_denial_names_the_hop_and_the_change_at_once_and_stands_in_the_tree(capsys):
    found = printed(capsys, DENIED, OUTER)
    assert found[0] == "storefront  x aws_lb.internal:8080  blocked by aws_security_group.x: lets nothing out"
    assert found[1] == "storefront    what would open it: [functions.storefront] ..."
    assert found[3] == "└─ storefront x aws_lb.internal:8080"


def test_what_functions_print_moves_no_cursor(capsys):
    log = {"event": "log", "time": 0.0, "function": "f", "line": "one\x1b[2Jtwo\nthree"}
    assert printed(capsys, log) == ["f  one\ufffd[2Jtwo", "f  three"]


def test_json_is_one_object_a_line(capsys):
    JsonLines()(OUTER)
    JsonLines()(DENIED)
    first, second = capsys.readouterr().out.splitlines()
    assert (json.loads(first)["status"], json.loads(second)["event"]) == (502, "denied")
