import json

import pytest
from typer.testing import CliRunner

from constructs_lib.cli import app
from tests.support.projects import SHOP, project

S3 = '\n[state]\nbackend = "s3"\nbucket = "acme-terraform-state"\n'


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.delenv("CDKTF_OUTDIR", raising=False)
    monkeypatch.chdir(tmp_path)
    return project(tmp_path)


def run(shop, *arguments):
    return CliRunner().invoke(app, ["bootstrap", *map(str, arguments)], obj=shop.root)


def test_the_stack_is_written_and_the_two_commands_are_said(shop):
    result = run(shop, shop.write(SHOP + S3))
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads((shop.root / "cdktf.out/stacks/dev-bootstrap/cdk.tf.json").read_text())
    assert document["resource"]["aws_s3_bucket"]["state"]["bucket"] == "acme-terraform-state"
    here = "terraform -chdir=cdktf.out/stacks"
    commands = [line.strip() for line in result.stdout.splitlines() if line.startswith("  ")]
    assert commands == [
        f"{here}/dev-bootstrap init && {here}/dev-bootstrap apply",
        f"{here}/dev init -migrate-state",
    ]
    assert "acme-terraform-state in eu-west-1" in result.stdout


def test_the_output_folder_may_be_another_one_with_blanks_in_its_name(shop):
    result = run(shop, shop.write(SHOP + S3), "--output", "other folder")
    assert (shop.root / "other folder/stacks/dev-bootstrap/cdk.tf.json").is_file()
    assert "-chdir='other folder/stacks/dev-bootstrap' init" in result.stdout
    assert not (shop.root / "cdktf.out").exists()


def test_a_file_without_an_s3_backend_is_wrong_input(shop):
    result = run(shop, shop.write(SHOP))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "state.backend: 'local'" in result.stderr
    assert not (shop.root / "cdktf.out").exists()


def test_a_broken_file_is_wrong_input(shop):
    result = run(shop, shop.write('region = "nowhere"'))
    assert result.exit_code == 2
    assert "region" in result.stderr
