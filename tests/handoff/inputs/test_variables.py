import json

import pytest

from constructs_lib.environment import Environment
from constructs_lib.handoff.inputs.variables import variables_file, variables_of, with_variables
from tests.support.written_stacks import read

ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/one"
FIXED = {"Environment": "dev", "ManagedBy": "terraform", "Project": "shop"}
ENVIRONMENT = Environment(project="shop", environment="dev", region="eu-west-1")
ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web"


def document(tags=None, **resources):
    provider = {"region": "eu-west-1", "default_tags": [{"tags": {**FIXED, **(tags or {})}}]}
    return {"provider": {"aws": [provider]}, "resource": resources}


def extract(content):
    variables = variables_of(read(content), ENVIRONMENT)
    return with_variables(content, variables), variables


def extracted(**resources):
    changed, variables = extract(document(**resources))
    return changed["resource"], {v.name: v for v in variables if v.name != "tags"}


def container(image, **more):
    return {"container_definitions": json.dumps([{"name": "web", "image": image, **more}])}


def test_memory_timeout_and_log_retention_become_inputs_with_the_synthesized_defaults():
    resources, variables = extracted(
        aws_lambda_function={"order-api": {"memory_size": 256, "timeout": 3}},
        aws_cloudwatch_log_group={"order-api": {"name": "/aws/lambda/x", "retention_in_days": 30}},
    )
    assert resources["aws_lambda_function"]["order-api"] == {
        "memory_size": "${var.order_api_memory_mb}",
        "timeout": "${var.order_api_timeout_s}",
    }
    assert {name: (v.type, v.default) for name, v in variables.items()} == {
        "order_api_log_retention_days": ("number", 30),
        "order_api_memory_mb": ("number", 256),
        "order_api_timeout_s": ("number", 3),
    }


def test_listeners_of_one_load_balancer_share_the_certificate_input():
    resources, variables = extracted(
        aws_lb_listener={
            "public_443": {"certificate_arn": ARN},
            "public_8443": {"certificate_arn": ARN},
            "public_9443": {"certificate_arn": ARN + "-other"},
            "internal_443": {"certificate_arn": "${aws_acm_certificate_validation.internal.certificate_arn}"},
        }
    )
    assert resources["aws_lb_listener"] == {
        "public_443": {"certificate_arn": "${var.public_certificate_arn}"},
        "public_8443": {"certificate_arn": "${var.public_certificate_arn}"},
        "public_9443": {"certificate_arn": ARN + "-other"},
        "internal_443": {"certificate_arn": "${aws_acm_certificate_validation.internal.certificate_arn}"},
    }
    assert [(place.address, place.argument) for place in variables["public_certificate_arn"].places] == [
        ("aws_lb_listener.public_443", "certificate_arn"),
        ("aws_lb_listener.public_8443", "certificate_arn"),
    ]


def test_the_image_of_a_task_is_an_input_inside_its_definition():
    resources, variables = extracted(
        aws_ecs_task_definition={"web": container(f"{ECR}:1", note='"image": "not this one"')}
    )
    [definition] = json.loads(resources["aws_ecs_task_definition"]["web"]["container_definitions"])
    assert definition == {"name": "web", "image": "${var.web_image}", "note": '"image": "not this one"'}
    assert variables["web_image"].default == f"{ECR}:1"
    assert f'startswith(var.web_image, "{ECR}")' in variables["web_image"].condition


@pytest.mark.parametrize(
    "definitions",
    [
        json.dumps([{"image": "one:1"}, {"image": "two:1"}]),
        json.dumps([{"image": "${aws_ecr_repository.web.repository_url}:1"}]),
        "${jsonencode(local.containers)}",
    ],
)
def test_a_task_whose_image_is_no_single_literal_stays_as_it_is(definitions):
    body = {"container_definitions": definitions}
    resources, variables = extracted(aws_ecs_task_definition={"web": body})
    assert (resources["aws_ecs_task_definition"]["web"], variables) == (body, {})


def test_the_count_of_a_service_is_an_input_unless_autoscaling_owns_it():
    scaled = {"desired_count": 2, "lifecycle": {"ignore_changes": ["desired_count"]}}
    resources, variables = extracted(
        aws_ecs_service={"web": {"desired_count": 2}, "jobs": scaled},
        aws_appautoscaling_target={"jobs": {"min_capacity": 1, "max_capacity": 4}},
    )
    assert resources["aws_ecs_service"] == {
        "web": {"desired_count": "${var.web_desired_count}"},
        "jobs": scaled,
    }
    assert {name: v.default for name, v in variables.items()} == {
        "jobs_maximum_count": 4,
        "jobs_minimum_count": 1,
        "web_desired_count": 2,
    }


def test_an_image_function_gets_an_image_input_for_its_own_region():
    _, variables = extracted(aws_lambda_function={"a": {"image_uri": f"{ECR}@sha256:{'0' * 64}"}})
    assert list(variables) == ["a_image"]
    assert "eu-west-1" in variables["a_image"].condition


def test_tags_are_an_input_beside_those_that_stay():
    changed, [tags] = extract(document(tags={"owner": "me", "note": "100%%{x} $${y}"}))
    assert tags.default == {"owner": "me", "note": "100%{x} ${y}"}
    assert changed["provider"]["aws"][0]["default_tags"] == [
        {
            "tags": '${merge(var.tags, { "Project" = "shop", "Environment" = "dev", '
            '"ManagedBy" = "terraform" })}'
        }
    ]


def test_tags_that_are_expressions_stay_as_they_are():
    before = document(tags={"owner": "${data.aws_caller_identity.current.user_id}"})
    changed, variables = extract(before)
    assert (changed, variables) == (before, [])


def test_the_document_given_is_not_changed():
    before = document(aws_lambda_function={"a": {"memory_size": 256}})
    copy = json.loads(json.dumps(before))
    extract(before)
    assert before == copy


def test_every_input_has_a_type_a_description_a_default_and_a_validation():
    _, variables = extract(document(aws_lambda_function={"a": {"memory_size": 256}}))
    blocks = variables_file(variables)["variable"]
    assert {name: sorted(block) for name, block in blocks.items()} == {
        name: ["default", "description", "nullable", "type", "validation"] for name in ("a_memory_mb", "tags")
    }
    assert blocks["a_memory_mb"]["nullable"] is False


def test_no_maximum_below_the_minimum():
    _, variables = extracted(aws_appautoscaling_target={"web": {"min_capacity": 1, "max_capacity": 4}})
    assert variables["web_maximum_count"].condition.endswith("var.web_maximum_count >= var.web_minimum_count")
    _, alone = extracted(
        aws_appautoscaling_target={"web": {"min_capacity": "${local.least}", "max_capacity": 4}}
    )
    assert "minimum" not in alone["web_maximum_count"].condition


def test_a_load_balancer_may_be_protected_and_wait_for_another_time():
    resources, variables = extracted(
        aws_lb={"public": {"enable_deletion_protection": True, "idle_timeout": 60}}
    )
    assert resources["aws_lb"]["public"] == {
        "enable_deletion_protection": "${var.public_deletion_protection}",
        "idle_timeout": "${var.public_idle_timeout_s}",
    }
    block = variables["public_deletion_protection"].block()
    assert (block["type"], block["default"], "validation" in block) == ("bool", True, False)


def test_an_address_that_a_topic_writes_to_is_an_input_and_no_other_subscriber_is():
    resources, variables = extracted(
        aws_sns_topic_subscription={
            "alarms": {"protocol": "email", "endpoint": "on-call@example.com"},
            "queue": {"protocol": "sqs", "endpoint": "arn:aws:sqs:eu-west-1:123456789012:q"},
        }
    )
    assert resources["aws_sns_topic_subscription"]["alarms"]["endpoint"] == "${var.alarms_email}"
    assert list(variables) == ["alarms_email"]
