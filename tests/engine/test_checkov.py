"""checkov over every environment and example: each finding has a reason in writing, each reason is needed."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase

import pytest

from constructs_lib.cli.support.bootstrap import synthesize_bootstrap
from constructs_lib.environment import load_environment
from constructs_lib.handoff.guards.checkov import (
    addresses_by_line,
    checkov_findings,
    reasons,
    run_checkov,
    write_readable,
)
from tests.support.paths import ROOT
from tests.support.terraform.stacks import SOURCES

PROGRAM = ROOT / "tools" / "checkov" / ".venv" / "bin" / "checkov"
REASONS = reasons()
OPEN = {"ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]}
CONTROL = {"resource": {"aws_security_group": {"open": {"description": "open to all", **OPEN}}}}


@pytest.fixture(scope="module")
def report(stack_of, tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkov")
    for source in SOURCES:
        write_readable(json.loads((stack_of(source) / "cdk.tf.json").read_text()), folder / source.stem)
    made = tmp_path_factory.mktemp("bootstrap")
    state = next(source for source in SOURCES if 'backend = "s3"' in source.read_text())
    synthesize_bootstrap(load_environment(state, project_root=ROOT), "bootstrap", output=made)
    [bootstrap] = made.rglob("cdk.tf.json")
    write_readable(json.loads(bootstrap.read_text()), folder / "bootstrap")
    write_readable(CONTROL, folder / "control")
    found = run_checkov(PROGRAM, folder)
    names = {path.name: addresses_by_line(path / "cdk.tf.json") for path in folder.iterdir()}
    return found["results"], found["summary"], names


def stack_of_result(result):
    return result["file_path"].split("/")[1]


@pytest.fixture(scope="module")
def findings(report):
    """Check, stack and address of each finding."""
    results, _, names = report
    return {
        (result["check_id"], stack, names[stack].get(result["file_line_range"][0], result["resource"]))
        for result in results["failed_checks"]
        for stack in [stack_of_result(result)]
    }


def explains(reason, pattern, finding):
    check, _, address = finding
    return reason["check"] == check and fnmatchcase(address, pattern)


def test_every_stack_is_read_and_an_open_group_is_found(report, findings):
    results, summary, _ = report
    assert summary["parsing_errors"] == 0
    read = {stack_of_result(result) for result in results["passed_checks"]}
    assert read == {"bootstrap", "control", *(source.stem for source in SOURCES)}
    assert ("CKV_AWS_24", "control", "aws_security_group.open") in findings


def test_every_finding_has_a_written_reason(findings):
    patterns = [(reason, pattern) for reason in REASONS for pattern in reason["addresses"]]
    open_ones = {f for f in findings if not any(explains(*pair, f) for pair in patterns)}
    assert [" ".join(f) for f in sorted(open_ones) if f[1] != "control"] == []


def test_every_reason_is_needed_and_says_something(findings):
    pairs = [(reason, pattern) for reason in REASONS for pattern in reason["addresses"]]
    real = [finding for finding in findings if finding[1] != "control"]
    unneeded = [(r["check"], p) for r, p in pairs if not any(explains(r, p, f) for f in real)]
    assert unneeded == []
    assert [reason["check"] for reason in REASONS if not reason["reason"].strip()] == []


def test_a_hand_off_may_tell_what_checkov_finds_with_the_reasons():
    found = {(one.check, one.address): (one.result, one.reason) for one in checkov_findings(PROGRAM, CONTROL)}
    assert found["CKV_AWS_24", "aws_security_group.open"] == ("failed", "")
    assert ("passed", "") in found.values()
