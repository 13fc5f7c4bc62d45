"""What several files declare together, and what Terraform refuses about it."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json.declarations import Declarations
from constructs_lib.terraform_json.sources import Part


def declared(*contents: Any) -> Declarations:
    return Declarations.of(
        Part(f"{name}.tf.json", content) for name, content in zip("abc", contents, strict=False)
    )


def problems(*contents: Any) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        declared(*contents)
    return [str(problem) for problem in raised.value.problems]


def test_one_object_and_lists_of_objects_are_read_alike() -> None:
    as_list = [
        {"resource": [{"aws_vpc": [{"main": [{"cidr_block": "10.0.0.0/16"}]}]}, {"aws_eip": {"a": {}}}]}
    ]
    as_object = {"resource": {"aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}}, "aws_eip": {"a": {}}}}
    assert declared(as_list).content == declared(as_object).content == as_object


def test_null_is_no_block() -> None:
    for content in (
        {"resource": None},
        {"resource": {"aws_vpc": None}},
        {"resource": {"aws_vpc": {"a": None}}},
    ):
        assert declared(content).named["resource"] == {}


def test_a_block_knows_its_address_and_its_file() -> None:
    found = declared(
        {"resource": {"aws_vpc": {"a": {}}}, "variable": {"port": {}}},
        {"data": {"aws_vpc": {"a": {}}}, "module": {"m": {}}, "output": {"url": {"value": 1}}},
    )
    everything = [one for named in found.named.values() for one in named.values()]
    assert {(one.address, one.type, one.label, one.file) for one in everything} == {
        ("aws_vpc.a", "aws_vpc", "a", "a.tf.json"),
        ("var.port", "var", "port", "a.tf.json"),
        ("data.aws_vpc.a", "data.aws_vpc", "a", "b.tf.json"),
        ("module.m", "module", "m", "b.tf.json"),
        ("output.url", "output", "url", "b.tf.json"),
    }


def test_files_are_merged() -> None:
    found = declared(
        {
            "terraform": {"required_version": ">= 1.5"},
            "locals": {"a": 1},
            "provider": {"aws": {}},
            "moved": {"from": 1},
        },
        {
            "terraform": [{"required_version": "< 2", "backend": [{"s3": [{"key": "k"}]}]}],
            "locals": [{"b": 2}, {"c": 3}],
            "provider": {"aws": [{"alias": "dns"}]},
            "moved": [{"from": 2}],
        },
    )
    assert found.content == {
        "terraform": {"required_version": ">= 1.5, < 2", "backend": {"s3": {"key": "k"}}},
        "locals": {"a": 1, "b": 2, "c": 3},
        "provider": {"aws": [{}, {"alias": "dns"}]},
        "moved": [{"from": 1}, {"from": 2}],
    }


def test_every_name_that_is_declared_twice_is_refused_with_both_files() -> None:
    twice = {
        "resource": {"aws_vpc": {"a": {}}},
        "data": {"aws_vpc": {"a": {}}},
        "output": {"a": {}},
        "variable": {"a": {}},
        "module": {"a": {}},
        "locals": {"a": 1},
        "provider": {"aws": [{"region": "us-east-1"}, {"alias": "dns"}]},
        "terraform": {"backend": {"s3": {}}, "required_providers": {"aws": {}}, "cloud": {}},
    }
    addresses = ["aws_vpc.a", "data.aws_vpc.a", "output.a", "var.a", "module.a", "local.a"]
    addresses += ["provider.aws", "provider.aws.dns"]
    addresses += [f"terraform.{name}" for name in ("backend", "required_providers", "cloud")]
    rule = "Terraform refuses a second declaration; the first is in a.tf.json"
    assert problems(twice, twice) == [
        f"b.tf.json: {address}: '{address}': {rule}: rename or remove one of the two" for address in addresses
    ]
    assert len(problems({"resource": [twice["resource"], twice["resource"]]})) == 1


def test_shapes_that_terraform_refuses_are_all_named() -> None:
    wrong = {
        "resource": {
            "aws_vpc": 7,
            "aws_eip": {"a": "x", "b": {"depends_on": 1}, "c": {"depends_on": [1]}, "d": {"lifecycle": 1}},
        },
        "terraform": {"backend": "s3"},
        "provider": {"aws": [1]},
        "locals": [[]],
    }
    assert [problem.split(": ")[1] for problem in problems(wrong)] == [
        "resource.aws_vpc",
        "resource.aws_eip.a",
        "resource.aws_eip.b.depends_on",
        "resource.aws_eip.c.depends_on",
        "resource.aws_eip.d.lifecycle",
        "terraform.backend",
        "provider.aws",
        "locals",
    ]
    for root in (1, "x", [1]):
        assert "is no Terraform JSON: an object, or a list of objects, belongs here" in problems(root)[0]


def test_a_block_that_terraform_does_not_know_is_named_with_the_one_that_is_meant() -> None:
    assert problems({"resources": {}}) == [
        "a.tf.json: resources: 'resources': Terraform knows no such block at the top: write resource"
    ]
    assert "the blocks are terraform, provider, locals," in problems({"AWSTemplateFormatVersion": "2010"})[0]
