"""``diff`` and ``preview`` on what they take beside bundles; those are in test_handoff."""

import json

import pytest

from tests.support.command_line import command
from tests.support.projects import SHOP, project


@pytest.fixture
def shop(tmp_path):
    made = project(tmp_path)
    made.write(SHOP)
    made.write(SHOP.replace('nat_zone = "a"', 'nat_zone = "b"').replace("dev", "dev"), "newer")
    return made


def test_environment_files_are_compared_and_the_interruptions_named(shop):
    newer = shop.root / "environments" / "newer.toml"
    newer.write_text('environment = "dev"\n' + newer.read_text())
    result = command(shop, "diff", "environments/dev.toml", "environments/newer.toml")
    lines = result.stdout.splitlines()
    assert result.returncode == 0
    assert "2 added, 2 changed in place, 0 replaced, 2 removed" in lines
    assert [line.partition(":")[0] for line in lines[-2:]] == ["interrupted for about 1 min", "from then on"]


def test_a_state_stands_on_either_side(shop):
    vpc = {
        "address": "aws_vpc.n",
        "mode": "managed",
        "type": "aws_vpc",
        "name": "n",
        "values": {"id": "vpc-0123456789abcdef0", "cidr_block": "10.0.0.0/16"},
    }
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [vpc]}}}
    (shop.root / "state.json").write_text(json.dumps(state))
    written = {"resource": {"aws_vpc": {"n": {"cidr_block": "10.1.0.0/16"}}}}
    (shop.root / "new.tf.json").write_text(json.dumps(written))
    forth = command(shop, "diff", "state.json", "new.tf.json").stdout.splitlines()
    back = command(shop, "diff", "new.tf.json", "state.json").stdout.splitlines()
    assert (
        forth == back == ["-/+ aws_vpc.n: cidr_block", "0 added, 0 changed in place, 1 replaced, 0 removed"]
    )


def test_what_moved_to_another_address_is_said_and_nothing_else_written_or_live(shop):
    def network(name):
        inside = {"vpc_id": f"${{aws_vpc.{name}.id}}", "cidr_block": "10.0.0.0/24"}
        return {"aws_vpc": {name: {"cidr_block": "10.0.0.0/16"}}, "aws_subnet": {"a": inside}}

    vpc = {"address": "aws_vpc.n", "mode": "managed", "type": "aws_vpc", "name": "n"}
    vpc["values"] = {"id": "vpc-0123456789abcdef0", "cidr_block": "10.0.0.0/16"}
    subnet = {"address": "aws_subnet.a", "mode": "managed", "type": "aws_subnet", "name": "a"}
    subnet["values"] = {"vpc_id": "vpc-0123456789abcdef0", "cidr_block": "10.0.0.0/24"}
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [vpc, subnet]}}}
    files = {
        "state.json": state,
        "old.tf.json": {"resource": network("n")},
        "new.tf.json": {"resource": network("main")},
        "moved.tf.json": {
            "resource": network("main"),
            "moved": [{"from": "aws_vpc.n", "to": "aws_vpc.main"}],
        },
    }
    for name, content in files.items():
        (shop.root / name).write_text(json.dumps(content))

    def lines(*sides):
        return command(shop, "diff", *sides).stdout.splitlines()

    for old in ("state.json", "old.tf.json"):
        assert "  - aws_vpc.n" in lines(old, "new.tf.json")
        assert lines(old, "moved.tf.json") == [
            "moved: aws_vpc.n is now aws_vpc.main",
            "0 added, 0 changed in place, 0 replaced, 0 removed",
        ]
    assert lines("moved.tf.json", "moved.tf.json") == ["no differences"]


@pytest.mark.parametrize("side", ["nothing", "environments"])
def test_what_cannot_be_read_is_told_with_its_path(shop, side):
    result = command(shop, "diff", "environments/dev.toml", side)
    assert (result.returncode, result.stdout) == (2, "")
    assert side in result.stderr


def test_a_preview_says_why_it_compares_nothing(shop):
    result = command(shop, "preview", "environments/dev.toml")
    assert result.returncode == 0
    assert "dev: not compared with what is live: " in result.stdout
    assert "was not deployed from here" in result.stdout


def test_a_preview_compares_with_what_terraform_shows(shop, tmp_path):
    folder = shop.root / "cdktf.out" / "stacks" / "dev"
    (folder / ".terraform").mkdir(parents=True)
    shown = {
        "format_version": "1.0",
        "values": {
            "root_module": {
                "resources": [
                    {
                        "address": "aws_eip.old",
                        "mode": "managed",
                        "type": "aws_eip",
                        "name": "old",
                        "values": {"id": "eipalloc-1"},
                    }
                ]
            }
        },
    }
    (folder / "shown.json").write_text(json.dumps(shown))
    terraform = tmp_path / "terraform"
    terraform.write_text("#!/bin/sh\ncat shown.json\n")
    terraform.chmod(0o755)
    result = command(shop, "preview", "environments/dev.toml", TERRAFORM_BINARY_NAME=str(terraform))
    assert "1 removed" in result.stdout
    assert "from then on: old: the address is given back for good" in result.stdout
