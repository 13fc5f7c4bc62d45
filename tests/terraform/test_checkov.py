"""checkov over every environment and example: each finding has a reason in writing, each reason is needed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.terraform.stacks import ROOT, SOURCES

CHECKOV = ROOT / "tools" / "checkov" / ".venv" / "bin" / "checkov"
REASONS = tomllib.loads((Path(__file__).parent / "checkov_reasons.toml").read_text())["reason"]
OPEN = {"ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]}
CONTROL = {"resource": {"aws_security_group": {"open": {"description": "open to all", **OPEN}}}}


def write(document, folder):
    """As checkov 3.3 can read it: it fails on ``required_version`` in ``terraform``, which nothing checks."""
    folder.mkdir(parents=True)
    kept = {key: value for key, value in document.items() if key not in ("//", "terraform")}
    (folder / "cdk.tf.json").write_text(json.dumps(kept, indent=2))


def addresses(file):
    """The addresses of the resources by the line on which each begins; checkov names some without a type."""
    found, kind = {}, ""
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        if match := re.match(r'^ {4}"(\w+)": {', line):
            kind = match[1]
        elif match := re.match(r'^ {6}"([\w-]+)": {', line):
            found[number] = f"{kind}.{match[1]}"
    return found


def run(folder, home):
    """The report of one run over all stacks, which downloads nothing."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    command = [CHECKOV, "--framework", "terraform_json", "--directory", folder, "--skip-download"]
    result = subprocess.run(
        [*command, "--output", "json", "--compact", "--soft-fail"],
        env={**kept, "HOME": str(home), "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def report(stack_of, tmp_path_factory):
    folder, home = tmp_path_factory.mktemp("checkov"), tmp_path_factory.mktemp("home")
    for source in SOURCES:
        write(json.loads((stack_of(source) / "cdk.tf.json").read_text()), folder / source.stem)
    write(CONTROL, folder / "control")
    found = run(folder, home)
    names = {path.name: addresses(path / "cdk.tf.json") for path in folder.iterdir()}
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
    assert read == {"control", *(source.stem for source in SOURCES)}
    assert ("CKV_AWS_24", "control", "aws_security_group.open") in findings


def test_every_finding_has_a_written_reason(findings):
    patterns = [(reason, pattern) for reason in REASONS for pattern in reason["addresses"]]
    open_ones = {f for f in findings if not any(explains(*pair, f) for pair in patterns)}
    assert sorted(f for f in open_ones if f[1] != "control") == []


def test_every_reason_is_needed_and_says_something(findings):
    pairs = [(reason, pattern) for reason in REASONS for pattern in reason["addresses"]]
    real = [finding for finding in findings if finding[1] != "control"]
    unneeded = [(r["check"], p) for r, p in pairs if not any(explains(r, p, f) for f in real)]
    assert unneeded == []
    assert [reason["check"] for reason in REASONS if not reason["reason"].strip()] == []
