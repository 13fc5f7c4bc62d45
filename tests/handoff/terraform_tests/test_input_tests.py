from constructs_lib.environment import Environment
from constructs_lib.handoff.identity import of_environment
from constructs_lib.handoff.inputs.variables import variables_of
from constructs_lib.handoff.terraform_tests.input_tests import input_tests
from tests.support.written_stacks import read

ENVIRONMENT = Environment(project="shop", environment="dev", region="eu-west-1")
DOCUMENT = {
    "provider": {"aws": [{"region": "eu-west-1"}]},
    "resource": {"aws_lambda_function": {"f": {"memory_size": 256}}, "aws_kinesis_stream": {"q": {}}},
    "data": {"aws_caller_identity": {"current": {}}},
}


def text(document=DOCUMENT, **environment):
    found = read(document)
    intent = ENVIRONMENT.model_copy(update=environment)
    return input_tests(of_environment(intent), found, variables_of(found, intent))


def test_every_type_that_is_known_is_mocked_and_no_other():
    heads = [line.strip() for line in text().splitlines() if "mock_" in line]
    assert heads == [
        'mock_provider "aws" {',
        'mock_resource "aws_lambda_function" {',
        'mock_data "aws_caller_identity" {',
    ]


def test_the_mocked_account_is_the_one_that_is_allowed():
    assert '"210987654321"' in text(account_id="210987654321")
    assert '"123456789012"' in text()


def test_every_run_only_plans():
    found = text()
    assert found.count('run "') == found.count("command = plan") == 3


def test_inputs_are_tried_with_another_value_and_with_a_wrong_one():
    _, in_use, reached, refused = text().split('run "')
    assert "variables" not in in_use
    assert "f_memory_mb = 512" in reached
    assert "condition     = aws_lambda_function.f.memory_size == var.f_memory_mb" in reached
    assert "f_memory_mb = 64" in refused
    assert "expect_failures = [var.f_memory_mb]" in refused


def test_a_validation_that_looks_at_another_input_is_not_tried_with_a_wrong_one():
    target = {"web": {"min_capacity": 1, "max_capacity": 4}}
    refused = text({"resource": {"aws_appautoscaling_target": target}}).split('run "')[-1]
    assert "expect_failures = [var.web_minimum_count]" in refused
    assert "web_maximum_count" not in refused


def test_the_other_value_is_never_the_default():
    document = {"resource": {"aws_lambda_function": {"f": {"memory_size": 512}}}}
    assert "f_memory_mb = 1024" in text(document)


def test_without_inputs_the_configuration_alone_is_planned():
    found = text({"resource": {"aws_lb": {"internal": {"internal": True}}}})
    assert [line for line in found.splitlines() if line.startswith("run ")] == [
        'run "inputs_in_use_give_a_plan" {'
    ]
