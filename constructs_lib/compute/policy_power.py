"""What a legal policy gives beyond what one workload can need: an administrator, or the way to become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from constructs_lib.errors import Problem
from constructs_lib.figures.access.escalations import ASSUME_ROLE, GRANTS, PASS_ROLE
from constructs_lib.iam.evaluation import Policies, decide
from constructs_lib.iam.parsing import read_statements
from constructs_lib.iam.patterns import Open, Text, spelled
from constructs_lib.iam.statements import Statement

_HEAD: Text = ("arn:", Open("partition", one_segment=True))
_IN_ACCOUNT: Text = (":", Open("region", one_segment=True), ":", Open("account", one_segment=True), ":")


def _arn(service: str, name: str) -> Text:
    return (*_HEAD, f":{service}", *_IN_ACCOUNT, f"{name}/", Open("name", one_segment=True))


_OF_ADMINISTRATORS: Mapping[str, Text] = {
    "cloudtrail:StopLogging": _arn("cloudtrail", "trail"),
    "ec2:TerminateInstances": _arn("ec2", "instance"),
    "iam:CreateUser": _arn("iam", "user"),
    "kms:ScheduleKeyDeletion": _arn("kms", "key"),
    "rds:DeleteDBInstance": _arn("rds", "db"),
    "s3:DeleteBucket": (*_HEAD, ":s3:::", Open("bucket", one_segment=True)),
}
"""Actions of services that no workload needs together, each on anything there."""
_OF_IAM: Text = (*_HEAD, ":iam::", Open("account", one_segment=True), ":", Open("name"))
_MOST = 3
_SHOWN = 3


def administrator(statement: Mapping[str, Any], field: str) -> Iterator[Problem]:
    """Refuse an administrator's statement, however it is written: whoever runs code would own the account."""
    whole = {"Action", "NotAction"} & statement.keys() and {"Resource", "NotResource"} & statement.keys()
    if statement.get("Effect") != "Allow" or not whole:
        return
    unconditional = {key: value for key, value in statement.items() if key != "Condition"}
    policies = Policies(tuple(read_statements([unconditional], field)))
    allowed = [
        action
        for action, anything in _OF_ADMINISTRATORS.items()
        if decide(policies, action, anything).allowed is not False and _reaches(policies, anything)
    ]
    key = "Action" if "Action" in statement else "NotAction"
    if len(allowed) > _MOST and key in statement:
        rule = "allows nearly everything: the workload would be an administrator of the account"
        yield Problem(
            f"{field}.{key}", statement[key], rule, "name the actions and the resources that it needs"
        )


def _reaches(policies: Policies, anything: Text) -> bool:
    """Whether a resource is meant for what it is not: by a wildcard, or by not being named."""
    return any(
        one.resources.inverted or any("*" in spelled(p).split(":")[-1] for p in one.resources.patterns)
        for one in policies.statements
        if one.resources.holds(anything) is not False
    )


def policy_warnings(statements: Iterable[Any], *, field: str) -> list[Problem]:
    """Statements that are legal but let more happen than one workload can need."""
    return [
        problem
        for number, statement in enumerate(statements)
        if isinstance(statement, dict) and statement.get("Effect") == "Allow"
        for problem in (
            *_wide(statement, f"{field}[{number}]"),
            *_escalating(statement, f"{field}[{number}]"),
        )
    ]


def _wide(statement: Mapping[str, Any], field: str) -> Iterator[Problem]:
    if "NotAction" in statement:
        rule = "Allow with NotAction allows every other action, those of services to come too"
        yield Problem(f"{field}.NotAction", statement["NotAction"], rule, "name what is allowed in Action")
    for action in _texts(statement.get("Action")):
        if action.endswith(":*") and "*" in _texts(statement.get("Resource")):
            rule = "every action of a service on every resource"
            yield Problem(f"{field}.Action", action, rule, "name the actions, or the resources' ARNs")


def _escalating(statement: Mapping[str, Any], field: str) -> Iterator[Problem]:
    """Actions by which somebody gets more than his policies say."""
    [read] = read_statements([statement], field)
    on_iam = read.resources.holds(_OF_IAM) is not False
    found = [
        f"{action} {does}" for action, does in GRANTS.items() if on_iam and read.acts(action) is not False
    ]
    if on_iam and read.acts(PASS_ROLE) is not False:
        found.append(f"{PASS_ROLE} lets code run as another role")
    if on_iam and read.acts(ASSUME_ROLE) is not False and _any_name(read):
        found.append(f"{ASSUME_ROLE} takes every role that lets it")
    if found:
        more = f", and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        rule = f"a way to more than this policy says: {'; '.join(found[:_SHOWN])}{more}"
        way_out = "leave it to whoever deploys, or name the one role that it is for"
        key = "Action" if "Action" in statement else "NotAction"
        yield Problem(f"{field}.{key}", statement.get(key), rule, way_out)


def _any_name(read: Statement) -> bool:
    return read.resources.inverted or any("*" in spelled(one) for one in read.resources.patterns)


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
