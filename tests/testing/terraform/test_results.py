"""Plans, calls and errors are read from Terraform's own JSON."""

from __future__ import annotations

import json

import pytest

from constructs_lib.testing.terraform.results import Apply, EventLog, Plan, TerraformError


def plan(**actions):
    entries = [
        {"address": name, "mode": "managed", "change": {"actions": list(found), "replace_paths": [["name"]]}}
        for name, found in actions.items()
    ]
    return Plan(
        {
            "resource_changes": [
                *entries,
                {"address": "data.x", "mode": "data", "change": {"actions": ["read"]}},
            ]
        }
    )


def test_a_plan_sorts_addresses_by_what_happens_to_them():
    found = plan(
        e=["no-op"],
        d=["delete"],
        c=["create"],
        u=["update"],
        after=["create", "delete"],
        before=["delete", "create"],
    )
    assert (found.created, found.updated, found.deleted, found.replaced) == (
        ["c"],
        ["u"],
        ["d"],
        ["after", "before"],
    )
    assert [found.replace_order(name) for name in ("after", "before", "c")] == [
        "create-before-destroy",
        "destroy-before-create",
        None,
    ]
    assert found.reasons("after") == ["name"]


def test_a_plan_of_nothing_but_reads_is_empty():
    assert plan(e=["no-op"]).is_empty


def events(*lines):
    return EventLog(
        "\n".join(
            json.dumps({"type": kind, "hook": {"resource": {"addr": address}, "action": action}})
            for kind, address, action in lines
        )
    )


def test_calls_carry_positions_failures_and_what_never_ended():
    calls = events(
        ("apply_start", "a", "create"),
        ("apply_start", "b", "create"),
        ("apply_complete", "a", "create"),
        ("apply_start", "c", "delete"),
        ("apply_errored", "b", "create"),
    ).calls()
    assert [(call.address, call.started, call.completed, call.failed) for call in calls] == [
        ("a", 1, 3, False),
        ("b", 2, None, True),
        ("c", 4, None, False),
    ]
    applied = Apply(calls, Plan({}))
    assert (applied.is_before("a", "c"), applied.is_before("a", "b"), applied.is_before("b", "c")) == (
        True,
        False,
        False,
    )


def test_of_a_replacement_one_call_must_be_named():
    applied = Apply(
        events(
            ("apply_start", "a", "delete"),
            ("apply_complete", "a", "delete"),
            ("apply_start", "a", "create"),
            ("apply_complete", "a", "create"),
        ).calls(),
        Plan({}),
    )
    assert applied.call("a", "create").started == 3
    with pytest.raises(LookupError, match="2 calls for a"):
        applied.call("a")


def test_lines_that_are_no_json_are_passed_over():
    assert EventLog("panic: help\n").calls() == []


def test_an_error_reads_as_on_the_command_line():
    diagnostic = {
        "severity": "error",
        "summary": "Missing required argument",
        "detail": 'The argument "vpc_id" is required.',
        "address": "aws_subnet.a",
        "range": {"filename": "cdk.tf.json", "start": {"line": 7}},
        "snippet": {"context": "resource.aws_subnet.a", "code": '   "a": {', "start_line": 7},
    }
    warning = {"severity": "warning", "summary": "Deprecated", "detail": ""}
    error = TerraformError("validate", [warning, diagnostic])
    assert str(error) == (
        "terraform validate\n\n"
        "Error: Missing required argument\n\n"
        "  with aws_subnet.a,\n"
        "  on cdk.tf.json line 7, in resource.aws_subnet.a:\n"
        '  7: "a": {\n\n'
        'The argument "vpc_id" is required.'
    )
    assert error.diagnostics == [diagnostic]
