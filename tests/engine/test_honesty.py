"""What the real provider's schema refuses, Terraform refuses here too, in its own words."""

from __future__ import annotations

import pytest

from constructs_lib.testing.terraform import TerraformError
from tests.support.terraform.hand_written import VPC, function, security_group, write_stack


def refusal(terraform, folder, resource, **sections):
    with pytest.raises(TerraformError) as caught:
        terraform(write_stack(folder, resource, **sections)).validate()
    return caught.value


def test_an_unknown_argument_is_refused(terraform, tmp_path):
    error = refusal(terraform, tmp_path, {"aws_vpc": {"network": {"cidr": "10.0.0.0/16"}}})
    assert [item["summary"] for item in error.diagnostics] == ["Extraneous JSON object property"]
    assert 'No argument or block type is named "cidr"' in str(error)


def test_a_wrong_type_is_refused(terraform, tmp_path):
    error = refusal(terraform, tmp_path, {"aws_vpc": {"network": {"enable_dns_support": "sometimes"}}})
    assert [item["summary"] for item in error.diagnostics] == ["Incorrect attribute value type"]
    assert "a bool is required" in str(error)


def test_a_missing_required_argument_is_refused(terraform, tmp_path):
    error = refusal(terraform, tmp_path, {"aws_subnet": {"a": {"cidr_block": "10.0.0.0/24"}}})
    assert [item["summary"] for item in error.diagnostics] == ["Missing required argument"]
    assert 'The argument "vpc_id" is required' in str(error)


def test_a_missing_required_block_is_refused(terraform, tmp_path):
    listener = {
        "load_balancer_arn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/x",
        "port": 80,
    }
    error = refusal(terraform, tmp_path, {"aws_lb_listener": {"web": listener}})
    assert 'At least 1 "default_action" blocks are required' in str(error)


def test_a_second_block_where_one_is_allowed_is_refused(terraform, tmp_path):
    variables = [{"variables": {"A": "1"}}, {"variables": {"B": "2"}}]
    error = refusal(terraform, tmp_path, function(environment=variables))
    assert 'No more than 1 "environment" blocks are allowed' in str(error)


def test_a_computed_attribute_can_not_be_set(terraform, tmp_path):
    error = refusal(terraform, tmp_path, {"aws_vpc": {"network": {"arn": "arn:aws:ec2:::vpc/x"}}})
    assert [item["summary"] for item in error.diagnostics] == ["Value for unconfigurable attribute"]


def test_a_reference_to_an_undeclared_resource_is_refused(terraform, tmp_path):
    error = refusal(terraform, tmp_path, {"aws_subnet": {"a": {"vpc_id": "${aws_vpc.elsewhere.id}"}}})
    assert [item["summary"] for item in error.diagnostics] == ["Reference to undeclared resource"]
    assert 'A managed resource "aws_vpc" "elsewhere" has not been declared' in str(error)


def test_a_reference_to_an_attribute_that_does_not_exist_is_refused(terraform, tmp_path):
    resource = {**VPC, "aws_subnet": {"a": {"vpc_id": "${aws_vpc.network.vpc_id}"}}}
    error = refusal(terraform, tmp_path, resource)
    assert [item["summary"] for item in error.diagnostics] == ["Unsupported attribute"]


def test_a_cycle_is_refused(terraform, tmp_path):
    groups = {
        name: {"description": f"${{aws_security_group.{other}.id}}"}
        for name, other in (("a", "b"), ("b", "a"))
    }
    error = refusal(terraform, tmp_path, {"aws_security_group": groups})
    assert "Cycle: aws_security_group." in str(error)


def test_a_resource_type_that_the_bindings_do_not_have_is_refused(terraform, tmp_path):
    error = refusal(terraform, tmp_path, {"aws_teapot": {"mine": {}}})
    assert 'does not support resource type "aws_teapot"' in str(error)


def test_an_unknown_provider_argument_is_refused(terraform, tmp_path):
    error = refusal(terraform, tmp_path, VPC, provider={"aws": [{"regoin": "eu-west-1"}]})
    assert 'No argument or block type is named "regoin"' in str(error)


def test_a_malformed_arn_is_refused_with_its_place(terraform_on_each, tmp_path):
    error = refusal(terraform_on_each, tmp_path, function(role="inventory"))
    assert "is an invalid ARN" in str(error)
    assert "on cdk.tf.json line" in str(error)


def test_broken_json_is_refused(offline_terraform, tmp_path):
    stack = write_stack(tmp_path, VPC)
    (stack / "cdk.tf.json").write_text('{"resource": ')
    with pytest.raises(TerraformError, match="JSON"):
        offline_terraform(stack).validate()


def test_security_group_rules_inside_the_group_are_attributes_not_blocks(terraform, tmp_path):
    rule = {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["10.0.0.0/8"]}
    error = refusal(terraform, tmp_path, security_group(ingress=[rule]))
    assert (
        'attributes "description", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", and "self"'
        in str(error)
    )


def test_an_existing_account_that_is_not_allowed_is_refused_at_plan(terraform, tmp_path):
    provider = {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["210987654321"]}]}
    session = terraform(write_stack(tmp_path, VPC, provider=provider))
    session.validate()
    with pytest.raises(TerraformError, match="AWS account ID not allowed: 123456789012"):
        session.plan()


def test_an_allowed_account_is_accepted(offline_terraform, tmp_path):
    provider = {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["210987654321"]}]}
    stack = write_stack(tmp_path, VPC, provider=provider)
    assert offline_terraform(stack, account_id="210987654321").plan().created == ["aws_vpc.network"]
