"""The same stacks by cdktf and by cdktn: three lines of difference, and a state that suits both."""

from __future__ import annotations

import os
import subprocess

import pytest

from constructs_lib.bindings.flavour import FLAVOURS, VARIABLE, flavour
from constructs_lib.testing.terraform import offline_terraform
from tests.support.paths import FILES, ROOT
from tests.support.terraform.stacks import answers

pytestmark = [pytest.mark.engine, pytest.mark.slow]
FULL = ROOT / "examples" / "everything.toml"


@pytest.fixture(scope="module")
def stacks(tmp_path_factory):
    """Where the stacks of every environment and example lie, by flavour; ``make test-all`` installs both."""
    made = {}
    for name in FLAVOURS:
        python = ROOT / (".venv" if name == "cdktf" else f".venv-{name}") / "bin" / "python"
        folder = tmp_path_factory.mktemp(name)
        subprocess.run(
            [python, "main.py", "synth", *map(str, FILES), "--output", folder],
            cwd=ROOT,
            env={**os.environ, VARIABLE: name},
            check=True,
        )
        made[name] = folder / "stacks"
    return made


def test_what_they_write_differs_in_two_versions_and_the_providers_source(stacks):
    for file in FILES:
        texts = ((stacks[name] / file.stem / "cdk.tf.json").read_text().splitlines() for name in FLAVOURS)
        differing = [
            (ours.strip(), theirs.strip()) for ours, theirs in zip(*texts, strict=True) if ours != theirs
        ]
        assert differing == [
            ('"version": "0.21.0"', '"version": "0.24.0"'),
            ('"source": "aws",', '"source": "hashicorp/aws",'),
            ('"version": "6.25.0"', '"version": "6.69.1"'),
        ], file.stem


def test_a_state_of_one_is_an_empty_plan_with_the_other(stacks):
    first = flavour().name
    second = next(name for name in FLAVOURS if name != first)
    with offline_terraform(stacks[first] / FULL.stem, data=answers(FULL)) as session:
        session.apply()
        session.update(stacks[second] / FULL.stem)
        assert session.plan().is_empty
