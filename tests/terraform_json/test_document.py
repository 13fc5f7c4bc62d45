"""The shapes of Terraform JSON that people write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.proof import read_model
from constructs_lib.terraform_json import read_document
from tests.support.architecture import default_document, drop

if TYPE_CHECKING:
    from pathlib import Path


def test_metadata_of_cdktf_is_ignored() -> None:
    document = {
        "//": {"metadata": {}},
        "resource": {"//": {}, "aws_vpc": {"main": {"//": {}, "cidr_block": "10.0.0.0/16"}}},
    }
    assert list(read_document(document).blocks) == ["aws_vpc.main"]


def test_the_files_of_a_folder_are_one_document(tmp_path: Path) -> None:
    document = default_document()
    compute = {"resource": {"aws_lambda_function": document["resource"].pop("aws_lambda_function")}}
    (tmp_path / "network.tf.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "compute.tf.json").write_text(json.dumps(compute), encoding="utf-8")
    assert set(read_model(tmp_path).functions) == {
        "aws_lambda_function.inventory",
        "aws_lambda_function.storefront",
    }


def test_what_holds_nothing_to_judge_is_refused() -> None:
    nothing = (
        {},
        "[]",
        {"resource": None},
        {"resource": {"aws_vpc": {}}},
        {"locals": {"a": 1}},
        {"output": {}},
    )
    for source in nothing:
        with pytest.raises(ConfigError, match="holds no resource, no data source and no module call"):
            read_document(source)
        assert not read_document(source, may_be_empty=True).size


def test_how_much_was_read_is_told() -> None:
    document = {
        "resource": {"aws_vpc": {"a": {"count": 2}, "b": {}}},
        "data": {"aws_vpc": {"c": {}}},
        "module": {"open": {"source": "x/y/z"}},
    }
    found = read_document(document)
    assert str(found.size) == "2 resources, 1 data sources, 1 module calls not followed"
    assert [call.body for call in found.module_calls.values()] == [{"source": "x/y/z"}]
    assert list(read_document({"module": document["module"]}).module_calls) == ["module.open"]


def test_what_is_written_is_given_as_it_is_written() -> None:
    vpc = {"//": {"metadata": {}}, "cidr_block": "${local.cidr}"}
    found = read_document(
        {
            "terraform": {"backend": {"s3": {"bucket": "b"}}, "required_version": ">= 1.5"},
            "provider": {"aws": {"region": "us-east-1"}},
            "resource": {"aws_vpc": {"a": vpc}},
            "data": {"aws_vpc": {"b": {}}},
            "output": {"id": {"value": "${aws_vpc.a.id}"}},
        }
    )
    assert (found.bodies_of("aws_vpc"), found.bodies_of("data.aws_vpc")) == ({"a": vpc}, {"b": {}})
    assert (found.bodies_of("aws_eip"), list(found.declared)) == ({}, ["aws_vpc.a", "data.aws_vpc.b"])
    assert found.outputs == {"id": {"value": "${aws_vpc.a.id}"}}
    assert (found.backend, found.settings["required_version"]) == ({"s3": {"bucket": "b"}}, ">= 1.5")
    assert (found.provider_bodies("aws"), found.provider_bodies("tls")) == ([{"region": "us-east-1"}], [])
    assert read_document({**found.content, "terraform": {"cloud": {}}}).backend == {"cloud": {}}


def test_a_count_of_zero_is_no_resource() -> None:
    document = {"resource": {"aws_vpc": {"main": {"count": 0}}}}
    assert list(read_document(document).blocks) == []


def test_a_resource_whose_count_is_open_is_nothing_that_can_be_relied_on() -> None:
    document = {
        "variable": {"n": {}},
        "resource": {"aws_subnet": {"x": {"count": "${var.n}", "vpc_id": "vpc-1"}}},
    }
    assert "count is not known" in str(read_document(document).blocks["aws_subnet.x"].ref("vpc_id"))


def test_references_to_missing_resources_are_found() -> None:
    document = default_document()
    drop(document, "aws_eip.network_nat_a")
    assert read_document(document).dangling == (("aws_nat_gateway.network_nat_a", "aws_eip.network_nat_a"),)


def test_depends_on_counts_as_a_reference() -> None:
    document = {"resource": {"aws_vpc": {"main": {"depends_on": ["aws_eip.gone"]}}}}
    assert read_document(document).dangling == (("aws_vpc.main", "aws_eip.gone"),)


def test_references_in_the_middle_of_a_string_are_found() -> None:
    document = {
        "resource": {"aws_iam_role": {"r": {"policy": '{"Resource": "${aws_sqs_queue.gone.arn}/*"}'}}}
    }
    assert read_document(document).dangling == (("aws_iam_role.r", "aws_sqs_queue.gone"),)


def test_references_of_local_values_and_outputs_lead_somewhere_too() -> None:
    document = read_document(
        {
            "locals": {"ids": ["${aws_subnet.gone.id}"]},
            "data": {"aws_region": {"here": {}}},
            "output": {"vpc": {"value": "${aws_vpc.gone.id}"}, "fine": {"value": "${local.ids}"}},
        }
    )
    assert document.dangling == (("local.ids", "aws_subnet.gone"), ("output.vpc", "aws_vpc.gone"))
