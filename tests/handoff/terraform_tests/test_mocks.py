import json
import re

import pytest

from constructs_lib.handoff.terraform_tests.mocks import mock_data, mock_resource

ARN = re.compile(r"arn:aws(-cn)?:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|lambda)?:.+")


@pytest.mark.parametrize(
    "type_name",
    [
        "aws_lb",
        "aws_lb_listener",
        "aws_lb_target_group",
        "aws_lambda_function",
        "aws_lambda_alias",
        "aws_iam_role",
    ],
)
def test_arns_have_the_form_that_the_provider_checks(type_name):
    found = mock_resource(type_name, region="cn-north-1", account="210987654321")
    arns = {name: value for name, value in found.items() if name.endswith("arn")}
    assert "arn" in arns
    for value in arns.values():
        assert ARN.fullmatch(value)
        assert "{" not in value
    assert ":210987654321:" in found["arn"]


def test_ids_look_like_the_ids_of_aws():
    assert re.fullmatch("vpc-[0-9a-f]{17}", mock_resource("aws_vpc", region="eu-west-1")["id"])


def test_a_type_that_the_table_does_not_know_has_no_mock():
    assert mock_resource("aws_kinesis_stream", region="eu-west-1") == {}
    assert mock_data("aws_kinesis_stream", region="eu-west-1") == {}


def test_data_sources_answer_with_an_account_a_partition_and_json():
    assert (
        mock_data("aws_caller_identity", region="eu-west-1", account="210987654321")["account_id"]
        == "210987654321"
    )
    partition = mock_data("aws_partition", region="cn-north-1")
    assert (partition["partition"], partition["dns_suffix"]) == ("aws-cn", "amazonaws.com.cn")
    assert json.loads(mock_data("aws_iam_policy_document", region="eu-west-1")["json"])["Statement"] == []


def test_an_adopted_vpc_has_the_cidr_that_the_environment_expects():
    found = mock_data("aws_vpc", region="eu-west-1", vpc_cidr="10.9.0.0/16")
    assert (found["cidr_block"], found["cidr_block_associations"][0]["cidr_block"]) == ("10.9.0.0/16",) * 2
    assert found["enable_dns_support"] is True


def test_what_is_read_lies_in_the_adopted_vpc():
    gateway = mock_data("aws_internet_gateway", region="eu-west-1", vpc_id="vpc-1")
    assert gateway["attachments"] == [{"vpc_id": "vpc-1", "state": "available"}]
    assert mock_data("aws_subnet", region="eu-west-1", vpc_id="vpc-1")["vpc_id"] == "vpc-1"
    assert "vpc_id" not in mock_data("aws_subnet", region="eu-west-1")
