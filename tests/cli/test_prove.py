import json
from pathlib import Path

import pytest

from tests.support.command_line import command as run
from tests.support.projects import SHOP

ROOT = Path(__file__).resolve().parents[2]


def bent(shop, bend):
    run(shop)
    file = shop.root / "cdktf.out/stacks/dev/cdk.tf.json"
    document = json.loads(file.read_text())
    bend(document["resource"])
    file.write_text(json.dumps(document))


def test_what_a_file_would_become_is_proven_and_nothing_is_written(shop):
    result = run(shop, "prove", "environments/dev.toml")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("dev: proven, ")
    assert not (shop.root / "cdktf.out").exists()


def test_a_broken_promise_is_named_with_the_place_that_breaks_it(shop):
    bent(shop, lambda r: r["aws_vpc_security_group_ingress_rule"].pop("internal_from_storefront_8080"))
    result = run(shop, "prove", "environments/dev.toml", "--terraform", "cdktf.out/stacks/dev")
    assert (result.returncode, result.stdout) == (2, "")
    assert "storefront calls inventory on 8080" in result.stderr
    assert "aws_lb.internal" in result.stderr


def test_a_single_file_may_be_named(shop):
    run(shop)
    result = run(shop, "prove", "environments/dev.toml", "--terraform", "cdktf.out/stacks/dev/cdk.tf.json")
    assert result.returncode == 0


@pytest.mark.parametrize("path", ["src", "no/such/file", "main.py"])
def test_a_path_without_terraform_json_is_the_users_fault(shop, path):
    result = run(shop, "prove", "environments/dev.toml", "--terraform", path)
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)
    assert "name a cdk.tf.json, or a folder with *.tf.json files" in result.stderr


def test_what_the_file_names_by_id_is_told_apart_from_what_is_not_understood(shop):
    legacy = (
        SHOP
        + """
[callers.legacy]
security_group_id = "sg-0123456789abcdef0"
calls = ["inventory"]
"""
    )
    shop.write(legacy)
    result = run(shop, "prove", "environments/dev.toml", "--strict")
    assert result.returncode == 0
    assert "taken from the file: legacy (sg-0123456789abcdef0) calls inventory on 8080" in result.stderr
    assert "0 depend on what is elsewhere; 1 on what the file names by id" in result.stdout


def test_strict_fails_over_what_is_not_understood(shop):
    run(shop)
    file = shop.root / "cdktf.out/stacks/dev/cdk.tf.json"
    document = json.loads(file.read_text())
    document["module"] = {"open": {"source": "./open", "group": "${aws_security_group.internal.id}"}}
    file.write_text(json.dumps(document))
    words = ("prove", "environments/dev.toml", "--terraform", "cdktf.out/stacks/dev")
    relaxed, strict = run(shop, *words), run(shop, *words, "--strict")
    assert (relaxed.returncode, strict.returncode) == (0, 2)
    assert "module.open is a module that was not read" in strict.stderr
    assert "1 module calls not followed" in relaxed.stdout
