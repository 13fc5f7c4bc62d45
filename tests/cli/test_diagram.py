"""``diagram``: from a file to a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from constructs_lib.cli import app
from tests.support.architecture import default_document


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, root: Path = ROOT) -> Result:
    return CliRunner().invoke(app, ["diagram", *words], obj=root)


def test_the_picture_of_an_environment_lies_in_the_current_folder(folder: Path) -> None:
    result = run(str(ROOT / "environments" / "dev.toml"))
    assert (result.exit_code, result.stdout) == (0, "dev: dev.svg\n")
    assert 'data-address="aws_lambda_function.inventory"' in (folder / "dev.svg").read_text()


def test_any_terraform_json_is_drawn_and_named_after_its_stack(folder: Path) -> None:
    stack = folder / "prod"
    stack.mkdir()
    (stack / "cdk.tf.json").write_text(json.dumps(default_document()))
    assert run("prod/cdk.tf.json").stdout == "prod: prod.svg\n"


def test_a_folder_is_drawn_as_one_module_and_names_the_picture(folder: Path) -> None:
    (folder / "prod").mkdir()
    document = default_document()
    for kind, named in document["resource"].items():
        (folder / "prod" / f"{kind}.tf.json").write_text(json.dumps({"resource": {kind: named}}))
    (folder / "main.tf.json").write_text(json.dumps(document))
    assert run("prod").stdout == "prod: prod.svg\n"
    whole = run("main.tf.json", "--output", "-").stdout
    assert (folder / "prod.svg").read_text().count("data-address") == whole.count("data-address")


def test_a_folder_without_terraform_json_is_wrong_input(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("empty")
    assert result.exit_code == 2
    assert "path: 'empty': there is no *.tf.json in this folder" in result.stderr


def test_a_hyphen_writes_to_standard_output(folder: Path) -> None:
    (folder / "main.tf.json").write_text(json.dumps(default_document()))
    result = run("main.tf.json", "--output", "-")
    assert result.stdout.startswith("<svg ")
    assert [path.name for path in folder.iterdir()] == ["main.tf.json"]


@pytest.mark.parametrize("text", ["[]", "{", None])
def test_what_is_no_terraform_json_is_wrong_input(folder: Path, text: str | None) -> None:
    if text is not None:
        (folder / "main.tf.json").write_text(text)
    result = run("main.tf.json")
    assert (result.exit_code, "main.tf.json" in result.stderr) == (2, True)


def test_a_folder_that_does_not_exist_is_wrong_input(folder: Path) -> None:
    (folder / "main.tf.json").write_text(json.dumps(default_document()))
    result = run("main.tf.json", "--output", "nowhere/picture.svg")
    assert result.exit_code == 2
    assert "--output: 'nowhere/picture.svg'" in result.stderr
