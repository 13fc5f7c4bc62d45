"""Each command synthesizes, reads, models, proves and rules once, however much it shows."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from constructs_lib.bindings import App
from constructs_lib.cli import app
from constructs_lib.proof.model.network import Model
from constructs_lib.proof.promises.promise import Proof
from constructs_lib.rules import Ruling
from constructs_lib.terraform_json.document import Document
from tests.support.architecture import default_document
from tests.support.projects import SHOP, project

WAIVED = (
    SHOP + '[[waivers]]\nrule = "alb-idle-timeout"\naddress = "aws_lb.internal"\nreason = "a batch waits"\n'
)


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each thing is made from now on."""
    made: Counter[str] = Counter()

    def counted(name: str, owner: type, method: str) -> None:
        original = getattr(owner, method)

        def wrapper(self: object, *arguments: object, **named: object) -> object:
            made[name] += 1
            return original(self, *arguments, **named)

        monkeypatch.setattr(owner, method, wrapper)

    counted("synth", App, "synth")
    for owner in (Document, Model, Proof, Ruling):
        counted(owner.__name__.lower(), owner, "__init__")
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = project(tmp_path)
    made.write(SHOP)
    (tmp_path / "stack").mkdir()
    (tmp_path / "stack" / "main.tf.json").write_text(json.dumps(default_document()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


SYNTH, READ, PROOF, RULING = {"synth": 1}, {"document": 1, "model": 1}, {"proof": 1}, {"ruling": 1}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("synth environments/dev.toml", SYNTH | READ | PROOF | RULING),
        ("prove environments/dev.toml", SYNTH | READ | PROOF | RULING),
        ("prove environments/dev.toml --terraform stack", READ | PROOF | RULING),
        ("handoff environments/dev.toml --output bundle", SYNTH | READ | PROOF | RULING),
        ("explain environments/dev.toml", SYNTH | READ),
        ("explain stack --format json", READ),
        ("diagram stack", READ),
        ("lint stack", READ | RULING),
    ],
)
def test_each_thing_is_made_once(
    folder: Path, count: Counter[str], words: str, expected: dict[str, int]
) -> None:
    CliRunner().invoke(app, words.split(), obj=folder, catch_exceptions=False)
    assert count == expected


def test_a_file_with_a_waiver_is_synthesized_once(folder: Path, count: Counter[str]) -> None:
    (folder / "environments" / "dev.toml").write_text(WAIVED, encoding="utf-8")
    result = CliRunner().invoke(app, [], obj=folder)
    assert (result.exit_code, "waives nothing" in result.stderr) == (0, True)
    assert count == SYNTH | READ | PROOF | RULING


def test_nothing_is_left_in_the_temporary_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    for words in ("synth", "explain environments/dev.toml", "handoff environments/dev.toml --output bundle"):
        assert CliRunner().invoke(app, words.split(), obj=folder).exit_code == 0
    assert list(scratch.iterdir()) == []
