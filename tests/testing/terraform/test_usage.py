"""The types whose schemas are served are those of the configurations and states below the folders."""

from __future__ import annotations

import json

from constructs_lib.testing.terraform.usage import Usage


def test_configurations_of_both_syntaxes_and_states_are_looked_through(tmp_path):
    (tmp_path / "cdk.tf.json").write_text(
        json.dumps({"resource": [{"aws_vpc": {}}, {"null_resource": {}}], "data": {"aws_region": {}}})
    )
    (tmp_path / "main.tf").write_text(
        'resource "aws_subnet" "a" {}\n  data "aws_partition" "p" {}\n# resource "x" "y"\n'
    )
    resources = [
        {"mode": "managed", "type": "aws_eip"},
        {"mode": "data", "type": "aws_vpc"},
        {"mode": "managed", "type": "x"},
    ]
    (tmp_path / "terraform.dev.tfstate").write_text(json.dumps({"resources": resources}))
    (tmp_path / ".terraform").mkdir()
    (tmp_path / ".terraform" / "main.tf").write_text('resource "aws_lb" "a" {}\n')
    assert Usage([tmp_path]).types() == (
        {"aws_vpc", "aws_subnet", "aws_eip"},
        {"aws_region", "aws_partition", "aws_vpc"},
    )


def test_what_was_there_once_is_still_served(tmp_path):
    configuration = tmp_path / "cdk.tf.json"
    configuration.write_text('{"resource": {"aws_vpc": {}}}')
    usage = Usage([tmp_path])
    usage.types()
    configuration.unlink()
    usage.add([("resource", "aws_lb")])
    assert usage.types() == ({"aws_vpc", "aws_lb"}, set())


def test_a_file_that_is_no_json_is_left_to_terraform(tmp_path):
    (tmp_path / "cdk.tf.json").write_text("{")
    (tmp_path / "other.tf.json").write_text("[]")
    assert Usage([tmp_path]).types() == (set(), set())
