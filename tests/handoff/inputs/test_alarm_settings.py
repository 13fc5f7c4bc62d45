from constructs_lib.environment import Environment
from constructs_lib.environment.tables.alarms import Alarms
from constructs_lib.handoff.inputs.variables import variables_of, with_variables
from tests.support.written_stacks import read

TOPIC = "arn:aws:sns:eu-west-1:123456789012:on-call"
OTHER = "arn:aws:sns:eu-west-1:123456789012:other"


def extracted(**resources):
    intent = Environment(
        project="shop", environment="dev", region="eu-west-1", alarms=Alarms(topic_arn=TOPIC)
    )
    content = {"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": resources}
    found = variables_of(read(content), intent)
    return with_variables(content, found)["resource"], {one.name: one for one in found}


def test_the_topic_of_the_file_is_an_input_wherever_it_stands_and_no_other_topic_is():
    resources, variables = extracted(
        aws_cloudwatch_metric_alarm={"a": {"alarm_actions": [TOPIC, OTHER], "ok_actions": [TOPIC]}},
        aws_cloudwatch_composite_alarm={"all": {"alarm_actions": [OTHER]}},
    )
    assert resources["aws_cloudwatch_metric_alarm"]["a"] == {
        "alarm_actions": ["${var.alarms_topic_arn}", OTHER],
        "ok_actions": ["${var.alarms_topic_arn}"],
    }
    assert resources["aws_cloudwatch_composite_alarm"]["all"] == {"alarm_actions": [OTHER]}
    assert variables["alarms_topic_arn"].default == TOPIC


def test_the_alarm_on_a_duration_follows_the_timeout():
    alarm = {"metric_name": "Duration", "threshold": 8000, "alarm_description": "nearly a timeout of 10 s."}
    resources, _ = extracted(
        aws_lambda_function={"f": {"timeout": 10}}, aws_cloudwatch_metric_alarm={"f_duration": alarm}
    )
    found = resources["aws_cloudwatch_metric_alarm"]["f_duration"]
    assert found["threshold"] == "${var.f_timeout_s * 8000 / 10}"
    assert found["alarm_description"] == "nearly a timeout of ${var.f_timeout_s} s."
