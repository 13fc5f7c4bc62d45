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


def test_a_rule_that_names_an_unknown_group_is_wrong_input_to_whatever_shows_a_document(tmp_path):
    document = default_document()
    document["resource"]["aws_vpc_security_group_ingress_rule"]["lost"] = {
        "security_group_id": "${aws_security_group.gone.id}",
        "ip_protocol": "-1",
        "cidr_ipv4": "0.0.0.0/0",
    }
    file = tmp_path / "main.tf.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    results = [CliRunner().invoke(app, [*asked, str(file)]) for asked in (["explain"], ["diagram"])]
    assert [result.exit_code for result in results] == [2, 2]
    assert all("aws_security_group.gone" in result.output for result in results)
