"""``explain``: what an environment builds, in words and tables."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from constructs_lib.cli import app
from tests.support.architecture import default_document
from tests.support.command_line import command as run

TITLES = [
    "Who reaches whom",
    "How it gets through",
    "What the internet reaches",
    "Subnets",
    "Security group rules",
    "VPC endpoints",
    "Idle cost",
    "Picture",
]


def test_an_environment_file_is_explained_and_nothing_is_written(shop):
    result = run(shop, "explain", "environments/dev.toml")
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines if line.partition(":")[0] in TITLES] == TITLES
    assert any(line.split()[:3] == ["storefront", "inventory", "8080"] for line in lines)
    assert not (shop.root / "cdktf.out").exists()


def explained(tmp_path, *options):
    file = tmp_path / "main.tf.json"
    file.write_text(json.dumps(default_document()), encoding="utf-8")
    return CliRunner().invoke(app, ["explain", str(file), *options])


def test_markdown_and_json_are_the_same_on_every_run(tmp_path):
    for format_ in ("markdown", "json"):
        first, second = (explained(tmp_path, "--format", format_) for _ in range(2))
        assert (first.exit_code, first.stdout) == (0, second.stdout)
    assert json.loads(second.stdout)["subnets"]
    assert "## Who reaches whom" in explained(tmp_path, "--format", "markdown").stdout


def test_a_folder_is_explained_as_one_module(tmp_path):
    (tmp_path / "stack").mkdir()
    for kind, named in default_document()["resource"].items():
        file = tmp_path / "stack" / f"{kind}.tf.json"
        file.write_text(json.dumps({"resource": {kind: named}}), encoding="utf-8")
    whole = json.loads(explained(tmp_path, "--format", "json").stdout)
    result = CliRunner().invoke(app, ["explain", str(tmp_path / "stack"), "--format", "json"])
    parts = json.loads(result.stdout)
    assert sorted(map(str, parts["connections"])) == sorted(map(str, whole["connections"]))
    assert parts["subnets"] == whole["subnets"]


def test_a_file_that_is_none_is_the_users_fault(tmp_path):
    result = CliRunner().invoke(app, ["explain", str(tmp_path / "no.json")])
    assert (result.exit_code, result.stdout) == (2, "")
