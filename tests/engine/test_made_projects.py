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
