"""The policies as files: as many documents as AWS's size limit needs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from constructs_lib import iam
from constructs_lib.figures.access.requests import READS
from constructs_lib.figures.quotas import MANAGED_POLICIES_PER_ROLE, MANAGED_POLICY_LENGTH
from constructs_lib.figures.regions import partition_of
from constructs_lib.handoff import iam_actions
from constructs_lib.handoff.deploy_policy import services
from constructs_lib.handoff.deploy_policy.arns import Arns
from constructs_lib.handoff.deploy_policy.network import (
    Statement,
    ec2_statements,
    load_balancing_statements,
)
from constructs_lib.handoff.identity import Identity
from constructs_lib.terraform_json import Document

_MANY = 3
_WRITERS = {
    "acm": services.acm_statements,
    "application-autoscaling": services.autoscaling_statements,
    "ec2": ec2_statements,
    "elasticloadbalancing": load_balancing_statements,
    "iam": services.iam_statements,
    "kms": services.kms_statements,
    "lambda": services.lambda_statements,
    "route53": services.route53_statements,
    "wafv2": services.wafv2_statements,
}


def deploy_policies(identity: Identity, document: Document) -> list[iam.Document]:
    """Return the policies for whoever applies, each within the size of a managed policy.

    Names are exact, unless that takes more policies than a role carries: then they are what begins with the
    environment's prefix, where there is an environment.
    """
    exact = _documents(Arns(identity, document))
    if len(exact) <= MANAGED_POLICIES_PER_ROLE or identity.name_prefix is None:
        return exact
    return _documents(Arns(identity, document, by_prefix=True))


def policy_file(number: int) -> str:
    """Return the name of the file of a policy, from 1: ``deploy-policy.json``, ``deploy-policy-2.json``."""
    return f"deploy-policy{'' if number == 1 else f'-{number}'}.json"


def names_are_exact(policies: list[iam.Document], identity: Identity) -> bool:
    """Tell whether the policies name every function and role, not only the beginning of their names."""
    return f"function:{identity.name_prefix}-*" not in json.dumps(policies)


def _documents(arns: Arns) -> list[iam.Document]:
    statements = [_without_empty_condition(statement) for statement in _statements(arns)]
    return [iam.document(*part) for part in _packed(statements)]


def _without_empty_condition(statement: Statement) -> Statement:
    return {name: value for name, value in statement.items() if name != "Condition" or value}


def _statements(arns: Arns) -> Iterator[Statement]:
    actions = iam_actions.needed_actions(arns.document)
    reads = [action for action in actions if READS.fullmatch(action)]
    yield services.allow("Look", _shortened(reads), "*")
    by_service: dict[str, list[str]] = {}
    for action in actions:
        if not READS.fullmatch(action):
            by_service.setdefault(action.partition(":")[0], []).append(action)
    for service, own in by_service.items():
        if service in _WRITERS:
            yield from _WRITERS[service](arns, own)
        else:
            yield from services.named_statements(service, arns, own)
    yield from services.removing_statement(arns, actions)
    yield from services.state_statements(arns, partition_of(arns.identity.region))


def _shortened(actions: list[str]) -> list[str]:
    """Put ``Describe*`` in the place of three or more: a managed policy has room for so many only."""
    beginnings = Counter(action.partition(":Describe")[0] for action in actions if ":Describe" in action)
    many = {service for service, count in beginnings.items() if count >= _MANY and service != "ecs"}
    kept = [action for action in actions if not (":Describe" in action and action.partition(":")[0] in many)]
    return sorted([*kept, *(f"{service}:Describe*" for service in many)])


def _packed(statements: list[Statement]) -> Iterator[list[Statement]]:
    """Fill one document after the other; a statement that is too long for one is parted by its resources."""
    held: list[Statement] = []
    for statement in (part for one in statements for part in _parted(one)):
        if held and _size([*held, statement]) > MANAGED_POLICY_LENGTH:
            yield held
            held = []
        held.append(statement)
    if held:
        yield held


def _parted(statement: Statement) -> Iterator[Statement]:
    if _size([statement]) <= MANAGED_POLICY_LENGTH:
        yield statement
        return
    resources: list[Any] = statement["Resource"]
    parts: list[list[Any]] = [[]]
    for resource in resources:
        if _size([{**statement, "Sid": f"{statement['Sid']}00", "Resource": [*parts[-1], resource]}]) > (
            MANAGED_POLICY_LENGTH
        ):
            parts.append([])
        parts[-1].append(resource)
    for number, part in enumerate(parts, 1):
        yield {**statement, "Sid": f"{statement['Sid']}{number}", "Resource": part}


def _size(statements: list[Statement]) -> int:
    return len("".join(json.dumps(iam.document(*statements)).split()))
