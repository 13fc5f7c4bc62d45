"""The shapes of Terraform JSON that people write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from constructs_lib.proof import read_document, read_model
from tests.support.architecture import default_document, drop

if TYPE_CHECKING:
    from pathlib import Path


def test_a_list_of_objects_is_read_like_one_object() -> None:
    as_list = {"resource": [{"aws_vpc": [{"main": [{"cidr_block": "10.0.0.0/16"}]}]}]}
    assert [block.address for block in read_document(as_list).resources("aws_vpc")] == ["aws_vpc.main"]


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


def test_text_that_is_no_json_is_refused_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "cdk.tf.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"cdk\.tf\.json is not JSON"):
        read_model(file)
    with pytest.raises(ValueError, match="no Terraform configuration"):
        read_model("[]")


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
            "output": {"vpc": {"value": "${aws_vpc.gone.id}"}, "fine": {"value": "${local.ids}"}},
        }
    )
    assert document.dangling == (("local.ids", "aws_subnet.gone"), ("output.vpc", "aws_vpc.gone"))
