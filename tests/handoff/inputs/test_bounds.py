from constructs_lib.environment import Environment, Function
from constructs_lib.handoff.inputs.variables import variables_of
from tests.support.written_stacks import read


def timeouts(document):
    functions = {"a": Function(source="x", exposure="public", paths=["/*"])}
    environment = Environment(project="shop", environment="dev", region="eu-west-1", functions=functions)
    return {one.name: one for one in variables_of(read({"resource": document}), environment)}


def triggered(hidden):
    return {
        "aws_lambda_function": {"a": {"timeout": 20}},
        "aws_sqs_queue": {"jobs": {"visibility_timeout_seconds": hidden}},
        "aws_lambda_event_source_mapping": {
            "a": {
                "function_name": "${aws_lambda_alias.a.arn}",
                "event_source_arn": "${aws_sqs_queue.jobs.arn}",
            }
        },
    }


def test_a_load_balancer_waits_for_the_functions_behind_it_where_it_did():
    def idle(seconds):
        balancers = {"public": {"idle_timeout": seconds}}
        return timeouts({"aws_lambda_function": {"a": {"timeout": 20}}, "aws_lb": balancers})[
            "public_idle_timeout_s"
        ]

    assert idle(60).condition.endswith(" && var.public_idle_timeout_s >= max(var.a_timeout_s)")
    assert idle(60).wrong is None
    assert "max(" not in idle(10).condition


def test_a_function_ends_before_its_queue_shows_the_message_again():
    found = timeouts(triggered(120))["a_timeout_s"]
    assert found.condition.endswith(" && var.a_timeout_s <= 120")
    assert "at most 120, for so long the queue jobs hides a message" in found.error
    assert "queue" not in timeouts(triggered(10))["a_timeout_s"].error
