"""Faults of the machine: the cause in words, no traceback, and what was written before stays."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import pytest

from constructs_lib.bindings import App
from tests.support.command_line import command as run
from tests.support.command_line import contents, process
from tests.support.paths import ROOT

CHANGED = "def handler(event, context):\n    return {'changed': True}\n"
FULL = "ENOSPC: no space left on device, write"


def written(shop):
    """What a good run wrote, and a change that the next one would write."""
    assert run(shop).returncode == 0
    shop.function("inventory", CHANGED)
    return contents(shop.root / "cdktf.out")


def test_a_disk_that_is_full_leaves_what_was_written(shop, monkeypatch):
    before = written(shop)

    def synth(app):
        Path(app.outdir, "half").write_text("{")
        raise RuntimeError(FULL)

    monkeypatch.setattr(App, "synth", synth)
    for arguments in (
        ("synth",),
        ("handoff", "environments/dev.toml", "--output", "b"),
        ("prove", "environments/dev.toml"),
    ):
        result = run(shop, *arguments)
        assert (result.returncode, "no space left on device" in result.stderr) == (2, True)
        assert ("Traceback" in result.stderr, ".new-" in result.stderr) == (False, False)
    assert contents(shop.root / "cdktf.out") == before
    assert not (shop.root / "b").exists()


def test_a_proof_that_fails_leaves_what_was_written(shop, monkeypatch):
    before = written(shop)
    monkeypatch.setattr("constructs_lib.cli.support.verdicts.holds", lambda _: False)
    assert run(shop).returncode == 1
    assert contents(shop.root / "cdktf.out") == before


def test_a_picture_that_cannot_be_written_is_said_in_words(shop):
    result = run(shop, "diagram", "environments/dev.toml", "--output", "not/there.svg")
    assert result.stderr.startswith(
        "error: --output: 'not/there.svg': can't be written: No such file or directory"
    )


def program(tmp_path, text):
    path = tmp_path / "node"
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def test_a_node_that_is_none_is_named_with_its_variable(shop, tmp_path):
    version = '[ "$1" = --version ] && { echo v20.1.0; exit; }\n'
    for text, said in (
        ("", "can't be started: Exec format error"),
        ("#!/bin/sh\nexit 3\n", "can't be started: ended with status 3 when asked for its version"),
        ("#!/bin/sh\necho hello\n", "is no node: asked for its version, it says 'hello'"),
        (f"#!/bin/sh\n{version}exit 3\n", "runs nothing of jsii's"),
    ):
        node = program(tmp_path, text)
        result = process(shop, JSII_NODE=node)
        assert f"error: JSII_NODE: {node!r}: {said}: unset JSII_NODE" in result.stderr
        assert (result.returncode, "Traceback" in result.stderr) == (2, False)
    assert not (shop.root / "cdktf.out").exists()


def test_standard_output_that_takes_nothing_is_named(shop):
    shutil.copy(ROOT / "main.py", shop.root)
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "main.py", "check"],
            cwd=shop.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    said = "error: standard output: '': no space left on device: send it to another place\n"
    assert (result.returncode, result.stderr) == (2, said)


def interrupted(shop, after_s: float, *arguments: str, number: int = signal.SIGINT):
    """Start a command, interrupt it, and give its status, what it said, and which processes it left."""
    shutil.copy(ROOT / "main.py", shop.root)
    mark = uuid.uuid4().hex
    started = subprocess.Popen(
        [sys.executable, "main.py", *arguments],
        cwd=shop.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MARK": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(after_s)
    started.send_signal(number)
    _, said = started.communicate(timeout=60)
    left = [each.pid for each in psutil.process_iter() if _has(each, mark)]
    return started.returncode, said, left


def _has(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get("MARK") == mark
    except psutil.Error:
        return False


def test_ctrl_c_ends_with_130_silently_and_without_a_process_left(shop):
    before = written(shop)
    for after_s in (0.15, 0.5, 0.8):
        status, said, left = interrupted(shop, after_s)
        assert (status in (130, 0), said, left) == (True, "", [])
        if status == 130:
            assert json.loads(contents(shop.root / "cdktf.out")["stacks/dev/cdk.tf.json"])
    status, said, left = interrupted(shop, 0.4, number=signal.SIGTERM)
    assert (status, said, left) == (143, "", [])
    assert contents(shop.root / "cdktf.out").keys() >= {"stacks/dev/cdk.tf.json", "manifest.json"}
    assert {name for name in before if "assets" not in name} <= contents(shop.root / "cdktf.out").keys()


@pytest.mark.slow
def test_ctrl_c_at_any_time_leaves_one_whole_output(shop):
    before = written(shop)
    reference = shop.root / "reference"
    assert run(shop, "synth", "--output", "reference").returncode == 0
    possible = (before, contents(reference))
    for _ in range(60):
        status, said, left = interrupted(shop, random.uniform(0.1, 1.8))
        assert (status in (130, 0), said, left) == (True, "", [])
        found = contents(shop.root / "cdktf.out")
        assert any(found["stacks/dev/cdk.tf.json"] == one["stacks/dev/cdk.tf.json"] for one in possible)
        assert not [name for name in found if ".new-" in name]


@pytest.mark.slow
def test_runs_into_one_folder_go_one_after_the_other(shop):
    shutil.copy(ROOT / "main.py", shop.root)
    runs = [
        subprocess.Popen(
            [sys.executable, "main.py"],
            cwd=shop.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [(each.communicate(timeout=60), each.returncode) for each in runs]
    assert [code for _, code in said] == [0, 0]
    assert sorted(errors for (_, errors), _ in said)[-1] in (
        "",
        "waiting for another run that writes into cdktf.out\n",
    )
    assert len(contents(shop.root / "cdktf.out")) == 4
