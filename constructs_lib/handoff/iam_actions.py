"""The IAM actions that an apply needs, from the types of what is applied.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from constructs_lib import iam
from constructs_lib.environment import Environment
from constructs_lib.figures import principals
from constructs_lib.figures.regions import partition_of
from constructs_lib.terraform_json import Document

# Every apply asks who it is.
ALWAYS = ("sts:GetCallerIdentity",)
_PASSED_TO = {
    "aws_ecs_task_definition": principals.ECS_TASKS,
    "aws_flow_log": principals.FLOW_LOGS,
    "aws_lambda_function": principals.LAMBDA,
}
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
_SERVICE_LINKED = {
    "aws_appautoscaling_target": principals.ECS_AUTOSCALING,
    "aws_ecs_cluster": principals.ECS,
    "aws_ecs_service": principals.ECS,
    "aws_lb": principals.LOAD_BALANCING,
}
_MANY = 3
_PASS, _LINK = "iam:PassRole", "iam:CreateServiceLinkedRole"


def actions_of(type_name: str, *, data_source: bool = False) -> list[str]:
    """Return the actions of one type. KeyError: the table does not know it."""
    found: list[str] = _table()["data_sources" if data_source else "resources"][type_name]
    return found


def needed_actions(document: Document) -> list[str]:
    """Return the actions that create, read, change, tag and delete everything in the document, sorted.

    KeyError: a type that the table does not know.
    """
    actions = set(ALWAYS)
    for one in document.declared.values():
        type_name = one.type.removeprefix("data.")
        actions.update(actions_of(type_name, data_source=type_name != one.type))
        for argument, more in _table()["arguments"].get(one.type, {}).items():
            actions.update(more if one.body.get(argument) else [])
    return sorted(actions)


def by_service(actions: list[str]) -> dict[str, list[str]]:
    """Return the actions without their prefixes, by prefix."""
    found: dict[str, list[str]] = {}
    for action in actions:
        service, _, name = action.partition(":")
        found.setdefault(service, []).append(name)
    return found


def deploy_policy(environment: Environment, document: Document) -> dict[str, Any]:
    """Return an IAM policy for whoever applies: roles only under the environment's own names."""
    return iam.document(*_statements(environment, document), *_state(document))


def _statements(environment: Environment, document: Document) -> Iterator[dict[str, Any]]:
    actions = needed_actions(document)
    partition = partition_of(environment.region)
    own_arns = f"arn:{partition}:iam::{environment.account_id or '*'}"
    roles = f"{own_arns}:role/{environment.name_prefix}-*"
    own = [action for action in actions if action.startswith("iam:") and action not in (_PASS, _LINK)]
    yield _allow("Deploy", _shortened([action for action in actions if not action.startswith("iam:")]), "*")
    if own:
        policies = [f"{own_arns}:policy/{environment.name_prefix}-*"] if "iam:CreatePolicy" in own else []
        yield _allow("OwnRoles", own, [roles, *policies])
    if services := _services(document, _PASSED_TO):
        condition = {"StringEquals": {"iam:PassedToService": services}}
        yield {**_allow("PassOwnRoles", [_PASS], roles), "Condition": condition}
    if services := _services(document, _SERVICE_LINKED):
        condition = {"StringEquals": {"iam:AWSServiceName": services}}
        linked = f"{own_arns}:role/aws-service-role/*"
        yield {**_allow("ServiceLinkedRoles", [_LINK], linked), "Condition": condition}


def _shortened(actions: list[str]) -> list[str]:
    """Put ``Describe*`` in the place of three or more: a managed policy has room for so many only."""
    beginnings = Counter(action.partition(":Describe")[0] for action in actions if ":Describe" in action)
    many = {service for service, count in beginnings.items() if count >= _MANY}
    kept = [action for action in actions if not (":Describe" in action and action.partition(":")[0] in many)]
    return sorted([*kept, *(f"{service}:Describe*" for service in many)])


def _state(document: Document) -> Iterator[dict[str, Any]]:
    """Yield what the state's bucket asks for. https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required."""
    state = document.backend.get("s3")
    if not state:
        return
    bucket = f"arn:{partition_of(state.get('region', ''))}:s3:::{state['bucket']}"
    yield _allow("StateBucket", ["s3:ListBucket"], bucket)
    objects = [f"{bucket}/{state['key']}", f"{bucket}/{state['key']}.tflock"]
    yield _allow("State", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], objects)
    if key := state.get("kms_key_id"):
        yield _allow("StateKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], key)


def _allow(sid: str, actions: list[str], resource: str | list[str]) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}


def _services(document: Document, table: Mapping[str, str]) -> list[str]:
    return sorted({table[one.type] for one in document.declared.values() if one.type in table})


@cache
def _table() -> dict[str, Any]:
    text = Path(__file__).with_name("iam_actions.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
