"""The tests that a made project begins with pass, on the packages of this environment."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from constructs_lib.starter.project import NewProject
from tests.support.paths import ROOT

PLUGIN = "constructs_lib.testing.pytest_plugin"


@pytest.mark.engine
@pytest.mark.parametrize(
    "composed", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["environments", "composed"]
)
def test_the_tests_of_a_new_project_pass(tmp_path, composed):
    NewProject("bakery", "eu-west-1", composed=composed).write(tmp_path)
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", PLUGIN, "--confcutdir=.", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, "skipped" in result.stdout) == (0, False), result.stdout + result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("composed", [False, True], ids=["environments", "composed"])
def test_types_of_a_new_project_are_right_and_few_modules_of_the_provider_are_read(tmp_path, composed):
    NewProject("bakery", "eu-west-1", composed=composed).write(tmp_path)
    wrong = "from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue\n\nSqsQueue(nam='x')\n"
    (tmp_path / "queue_of_mine.py").write_text(wrong)
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "-v",
            "--cache-dir",
            tmp_path / "cache",
            "main.py",
            "tests",
            "queue_of_mine.py",
        ],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert {line.split(":")[0] for line in result.stdout.splitlines() if ": error:" in line} == {
        "queue_of_mine.py"
    }
    parsed = [
        line for line in result.stderr.splitlines() if "Parsing" in line and "cdktf_provider_aws" in line
    ]
    assert len(parsed) < 10
