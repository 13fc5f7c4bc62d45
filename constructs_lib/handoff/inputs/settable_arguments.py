"""Which arguments operators may set: each maker turns a synthesized value into a variable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.figures import ids, quotas
from constructs_lib.figures.bounds import Bounds
from constructs_lib.figures.cloudwatch_logs import LOG_RETENTION_DAYS
from constructs_lib.figures.containers import ecr
from constructs_lib.figures.containers.ecs import TASKS
from constructs_lib.figures.lambda_tables import MEMORY_MB, TIMEOUT_S
from constructs_lib.figures.load_balancer import IDLE_TIMEOUT_S
from constructs_lib.handoff.inputs.variable import Subject, Variable, begin_of_arn, matches

_ACCOUNT = "123456789012"  # of examples
# What the egress of a service with another registry's image reaches is not what ECR needs.
_NO_ECR = 'length(regexall("\\\\.dkr\\\\.ecr\\\\.", var.{})) == 0'
# The one image of a container definition, as a literal.
IMAGE = re.compile(r'("image"\s*:\s*")((?:[^"\\$]|\$(?!\{))+)(")')


def memory(subject: Subject) -> Variable:
    """Memory of a function. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html."""
    name = f"{subject.stem}_memory_mb"
    return Variable(
        name,
        "number",
        f"Memory of the function {subject.name} in MB; CPU grows with it.",
        subject.value,
        _whole_number(name, MEMORY_MB),
        f"AWS Lambda takes whole numbers from {MEMORY_MB} MB.",
        wrong=MEMORY_MB.least // 2,
        other=_another(subject.value, 512, 1024),
    )


def timeout(subject: Subject) -> Variable:
    """Timeout of a function. https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html."""
    name = f"{subject.stem}_timeout_s"
    return Variable(
        name,
        "number",
        f"Seconds after which Lambda stops an invocation of the function {subject.name}.",
        subject.value,
        _whole_number(name, TIMEOUT_S),
        f"AWS Lambda takes whole numbers from {TIMEOUT_S} seconds.",
        wrong=TIMEOUT_S.most + 1,
        other=_another(subject.value, TIMEOUT_S.least, TIMEOUT_S.least + 1),
    )


def idle_timeout(subject: Subject) -> Variable:
    """Seconds without data before a load balancer closes a connection."""
    name = f"{subject.stem}_idle_timeout_s"
    return Variable(
        name,
        "number",
        f"Seconds without data before the {subject.name} load balancer closes a connection.",
        subject.value,
        _whole_number(name, IDLE_TIMEOUT_S),
        f"Elastic Load Balancing takes whole numbers from {IDLE_TIMEOUT_S} seconds.",
        wrong=IDLE_TIMEOUT_S.most + 1,
        other=_another(subject.value, IDLE_TIMEOUT_S.most, IDLE_TIMEOUT_S.most - 1),
    )


def deletion_protection(subject: Subject) -> Variable:
    """Whether AWS refuses to delete a load balancer."""
    return Variable(
        f"{subject.stem}_deletion_protection",
        "bool",
        f"Whether AWS refuses to delete the {subject.name} load balancer.",
        subject.value,
        "",
        "",
        wrong=None,
        other=not subject.value,
    )


def alarm_email(subject: Subject) -> Variable | None:
    """Address that a topic writes to."""
    if subject.body.get("protocol") != "email":
        return None
    name = f"{subject.stem}_email"
    return Variable(
        name,
        "string",
        f"Address that the topic {subject.name} writes to, once it has confirmed; another one is a new "
        "subscription.",
        subject.value,
        matches(name, forms.EMAIL.pattern[1:-1]),
        "One address like on-call@example.com.",
        wrong="on-call",
        other="another@example.com",
    )


def log_retention(subject: Subject) -> Variable:
    """Retention of a log group."""
    name = f"{subject.stem}_log_retention_days"
    days = ", ".join(str(number) for number in LOG_RETENTION_DAYS)
    return Variable(
        name,
        "number",
        f"Days that the logs of {subject.name} are kept.",
        subject.value,
        f"contains([{days}], var.{name})",
        f"CloudWatch Logs knows only these numbers of days: {days}.",
        wrong=2,
        other=_another(subject.value, 90, 180),
    )


def desired_count(subject: Subject) -> Variable:
    """Tasks of an ECS service."""
    return _tasks(subject, "desired_count", "Tasks of the service {} that run.")


def minimum_count(subject: Subject) -> Variable:
    """Lower end of a service's autoscaling."""
    return _tasks(subject, "minimum_count", "Tasks of the service {} that run at least.")


def maximum_count(subject: Subject) -> Variable:
    """Upper end of a service's autoscaling."""
    variable = _tasks(subject, "maximum_count", "Tasks of the service {} that run at most.")
    if isinstance(subject.body.get("min_capacity"), int):
        variable.condition += f" && var.{variable.name} >= var.{subject.stem}_minimum_count"
        variable.wrong = None
        variable.error = f"ECS takes whole numbers from {TASKS}, and no maximum below the minimum."
    return variable


def _tasks(subject: Subject, kind: str, description: str) -> Variable:
    """A number of tasks. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html."""
    name = f"{subject.stem}_{kind}"
    return Variable(
        name,
        "number",
        description.format(subject.name),
        subject.value,
        _whole_number(name, TASKS),
        f"ECS takes whole numbers from {TASKS}.",
        wrong=TASKS.least - 1,
        other=subject.value + 1 if isinstance(subject.value, int) else 1,
    )


def function_image(subject: Subject) -> Variable:
    """Image of a function. https://docs.aws.amazon.com/lambda/latest/dg/images-create.html."""
    name = f"{subject.stem}_image"
    registry = f"^{ecr.registry_pattern(subject.region)}/".replace("\\", "\\\\")
    return Variable(
        name,
        "string",
        f"Image of the function {subject.name} in ECR, in the function's region; a digest rather than a tag.",
        subject.value,
        f'can(regex("{registry}[a-z0-9._/-]+[:@][A-Za-z0-9._:-]+$", var.{name}))',
        f"An image of ECR in {subject.region} with a tag or a digest.",
        wrong="public.ecr.aws/docker/library/python:3.13",
        other=f"{ecr.registry_host(_ACCOUNT, subject.region)}/another@sha256:{64 * '0'}",
    )


def container_image(subject: Subject) -> Variable | None:
    """Image of a task definition that has exactly one, as a literal.

    The task's execution role may pull from the repository of a private ECR image only.
    """
    images = [found[1] for found in IMAGE.findall(str(subject.value))]
    if len(images) != 1:
        return None
    name = f"{subject.stem}_image"
    [image] = images
    characters = f'can(regex("^[A-Za-z0-9][A-Za-z0-9._/:@-]*$", var.{name}))'
    repository = re.match(ecr.REGISTRY + "/[^:@]+", image)
    where = f"the repository {repository[0]}" if repository else "any registry but ECR"
    same = f"startswith(var.{name}, {json.dumps(repository[0])})" if repository else _NO_ECR.format(name)
    return Variable(
        name,
        "string",
        f"Image of the service {subject.name}, from {where}; a digest rather than a tag.",
        image,
        f"{characters} && {same}",
        f"An image from {where}; of letters, digits and the characters . _ / : @ - only.",
        wrong="no image",
        other=f"{repository[0]}:another" if repository else "public.ecr.aws/docker/library/nginx:another",
    )


def certificate(subject: Subject) -> Variable:
    """Certificate of a load balancer's listeners, by the part of their names before the port."""
    load_balancer = subject.stem.rpartition("_")[0] or subject.stem
    name = f"{load_balancer}_certificate_arn"
    arn = begin_of_arn(subject.value, "acm", subject.region)
    return Variable(
        name,
        "string",
        f"ARN of the ACM certificate of the {load_balancer} load balancer, in its region.",
        subject.value,
        matches(name, f"{arn}:{ids.ACCOUNT}:certificate/.+"),
        f"An ARN of ACM in {subject.region}: {arn}:<account>:certificate/<id>.",
        wrong=f"arn:aws:iam::{_ACCOUNT}:server-certificate/old",
        other=f"{str(subject.value).rpartition('/')[0]}/another",
    )


def tags(own: Mapping[str, str], *, fixed: Iterable[str]) -> Variable:
    """Tags of every resource, beside the ``fixed`` ones."""
    kept = [*fixed]
    most = quotas.TAGS_PER_RESOURCE - len(kept)
    names = f", beside {', '.join(kept)}, which stay" if kept else ""
    return Variable(
        "tags",
        "map(string)",
        f"Tags of every resource{names}.",
        dict(own),
        f"length(var.tags) <= {most} && alltrue([for key, value in var.tags : length(key) >= 1 "
        f"&& length(key) <= {quotas.TAG_KEY_LENGTH} && length(value) <= {quotas.TAG_VALUE_LENGTH} "
        f"&& !startswith(lower(key), {json.dumps(quotas.TAG_RESERVED_PREFIX)})])",
        f"At most {most} tags; keys of 1 to {quotas.TAG_KEY_LENGTH} characters without "
        f"{quotas.TAG_RESERVED_PREFIX} in front, values of at most {quotas.TAG_VALUE_LENGTH}.",
        wrong={f"{quotas.TAG_RESERVED_PREFIX}owner": "platform"},
        other={**own, "another": "tag"},
    )


def _whole_number(name: str, bounds: Bounds) -> str:
    variable = f"var.{name}"
    return f"{variable} >= {bounds.least} && {variable} <= {bounds.most} && floor({variable}) == {variable}"


def _another(value: Any, one: int, two: int) -> int:
    return two if value == one else one


MAKERS: dict[tuple[str, str], Callable[[Subject], Variable | None]] = {
    ("aws_appautoscaling_target", "max_capacity"): maximum_count,
    ("aws_appautoscaling_target", "min_capacity"): minimum_count,
    ("aws_cloudwatch_log_group", "retention_in_days"): log_retention,
    ("aws_ecs_service", "desired_count"): desired_count,
    ("aws_ecs_task_definition", "container_definitions"): container_image,
    ("aws_lambda_function", "image_uri"): function_image,
    ("aws_lambda_function", "memory_size"): memory,
    ("aws_lambda_function", "timeout"): timeout,
    ("aws_lb", "enable_deletion_protection"): deletion_protection,
    ("aws_lb", "idle_timeout"): idle_timeout,
    ("aws_lb_listener", "certificate_arn"): certificate,
    ("aws_sns_topic_subscription", "endpoint"): alarm_email,
}
"""By resource type and argument."""
