import json

import pytest

from constructs_lib.environment import Environment, Function, Service
from constructs_lib.handoff.inputs.variables import variables_of, with_variables
from tests.support.written_stacks import read

URL = "http://${aws_lb.internal.dns_name}:8080"
OWN = {"LEVEL": "INFO"}


def environment(**variables):
    workload = {"exposure": "internal", "port": 8080}
    return Environment(
        project="shop",
        environment="dev",
        region="eu-west-1",
        functions={"order-api": Function(source="x", environment=OWN, **workload)},
        services={"web": Service(image="x", container_port=80, environment=variables or OWN, **workload)},
    )


def extracted(intent=None, **resources):
    content = {"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": resources}
    found = variables_of(read(content), intent or environment())
    return with_variables(content, found)["resource"], {one.name: one for one in found}


def task(variables, **more):
    pairs = [{"name": name, "value": value} for name, value in sorted(variables.items())]
    container = {"environment": pairs, "image": "a:1", **more}
    return {"web": {"container_definitions": json.dumps([container], separators=(",", ":"))}}


def test_the_variables_of_the_file_are_an_input_and_addresses_of_callees_stay():
    body = {"environment": {"variables": {**OWN, "STOCK_URL": URL}}}
    resources, variables = extracted(aws_lambda_function={"order-api": body})
    merged = f'${{merge(var.order_api_environment, {{ STOCK_URL = "{URL}" }})}}'
    assert resources["aws_lambda_function"]["order-api"] == {"environment": {"variables": merged}}
    [variable] = variables.values()
    assert variable.default == OWN
    assert '"STOCK_URL"' in variable.condition
    assert '"AWS_REGION"' in variable.condition
    assert "STOCK_URL is set already" in variable.error


def test_a_function_without_variables_can_get_some():
    resources, variables = extracted(aws_lambda_function={"order-api": {"handler": "h"}})
    block = resources["aws_lambda_function"]["order-api"]["dynamic"]["environment"]
    assert block["for_each"] == (
        "${length(var.order_api_environment) > 0 ? [var.order_api_environment] : []}"
    )
    assert variables["order_api_environment"].default == {}


def test_a_variable_that_the_file_does_not_have_or_that_is_a_reference_stays():
    everything = {"LEVEL": "${aws_vpc.network.id}", "SECRET_ARN": "arn:aws:x"}
    _, variables = extracted(aws_lambda_function={"order-api": {"environment": {"variables": everything}}})
    assert variables["order_api_environment"].default == {}


def test_the_room_for_variables_is_what_the_generated_ones_leave():
    full = {"LEVEL": "x" * 4096}
    _, variables = extracted(aws_lambda_function={"order-api": {"environment": {"variables": OWN}}})
    assert "<= 4096" in variables["order_api_environment"].condition
    _, variables = extracted(aws_lambda_function={"order-api": {"environment": {"variables": full}}})
    assert "base64encode" not in variables["order_api_environment"].condition


def test_the_variables_of_a_task_stand_in_its_definition():
    secrets = [{"name": "KEY", "valueFrom": "arn"}]
    resources, variables = extracted(aws_ecs_task_definition=task({**OWN, "STOCK_URL": URL}, secrets=secrets))
    text = resources["aws_ecs_task_definition"]["web"]["container_definitions"]
    merged = f'merge(var.web_environment, {{ STOCK_URL = "{URL}" }})'
    listed = f"[for name, value in {merged} : {{ name = name, value = value }}]"
    assert f'"environment":${{jsonencode({listed})}},' in text
    assert '["KEY", "STOCK_URL"]' in variables["web_environment"].condition


@pytest.mark.parametrize("variables", [{}, {"LEVEL": "a&b"}])
def test_a_task_without_variables_or_with_one_that_terraform_writes_otherwise_stays(variables):
    resources, found = extracted(environment(**variables), aws_ecs_task_definition=task(variables))
    assert "${jsonencode" not in resources["aws_ecs_task_definition"]["web"]["container_definitions"]
    assert list(found) == ["web_image"]
