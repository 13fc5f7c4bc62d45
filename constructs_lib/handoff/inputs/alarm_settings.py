"""Who hears of alarms, and the alarms that follow an input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.figures import ids
from constructs_lib.handoff.inputs.variable import Place, Variable, begin_of_arn, matches
from constructs_lib.terraform_json import Document

_ALARMS = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
_ACTIONS = ("alarm_actions", "ok_actions", "insufficient_data_actions")


def topic_variable(document: Document, environment: Environment) -> Iterator[Variable]:
    """Yield an input for the topic that exists already, where the file names one."""
    topic = environment.alarms.topic_arn if environment.alarms else None
    if topic is None:
        return
    name = "alarms_topic_arn"
    region = environment.region
    arn = begin_of_arn(topic, "sns", region)
    form = f"{arn}:{ids.ACCOUNT}:[A-Za-z0-9_-]{{1,256}}"
    variable = Variable(
        name,
        "string",
        f"ARN of the SNS topic that alarms write to, a standard one in {region} that admits CloudWatch.",
        topic,
        matches(name, form),
        f"The ARN of a standard topic in {region}: {arn}:<account>:<name>.",
        wrong="on-call@example.com",
        other=f"{topic.rpartition(':')[0]}:another",
    )
    for kind in _ALARMS:
        for label, body in document.bodies_of(kind).items():
            for argument in _ACTIONS:
                if topic in (body.get(argument) or []):
                    asserted = f"contains({kind}.{label}.{argument}, var.{name})"
                    edit = _in_list(topic, f"${{var.{name}}}")
                    variable.places.append(Place(f"{kind}.{label}", argument, edit, asserted))
    if variable.places:
        yield variable


def _in_list(old: str, new: str) -> Any:
    return lambda found: [new if item == old else item for item in found]


def follow_timeout(document: Document, function: str, variable: Variable) -> None:
    """Let the alarm on a function's duration keep its share of the timeout.

    The line in the dashboard stays where it was.
    """
    address = f"{_ALARMS[0]}.{function}_duration"
    body: Mapping[str, Any] = document.bodies_of(_ALARMS[0]).get(f"{function}_duration", {})
    threshold, said = body.get("threshold"), f"timeout of {variable.default} s"
    if not isinstance(threshold, int | float) or body.get("metric_name") != "Duration":
        return
    share = f"${{var.{variable.name} * {threshold} / {variable.default}}}"
    variable.places.append(Place(address, "threshold", lambda _: share))
    words = f"timeout of ${{var.{variable.name}}} s"
    variable.places.append(Place(address, "alarm_description", lambda text: text.replace(said, words)))
