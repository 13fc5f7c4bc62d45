"""What a holder of the policies can do beyond the environment, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator

from constructs_lib import iam
from constructs_lib.environment import Environment
from constructs_lib.handoff.deploy_policy.documents import names_are_exact

_BEYOND = {
    "Look": "read what networks, load balancers, scalable targets and task definitions the account has",
    "DefaultGroupOfTheVpc": "put the environment's tags on security groups that have neither of them, and "
    "empty them: the group that AWS makes with a VPC has no tags before",
    "InterfacesOfAws": "delete network interfaces that nothing uses, and take addresses off them: those of "
    "functions and NAT gateways have nobody's tags",
    "RegisterTargets": "change the bounds between which any ECS service of the account scales",
    "MakeCertificates": "put the environment's tags on certificates of others",
    "PrivateNamesOfEndpoints": "associate VPCs with private hosted zones of the account",
}
_IN_LOOK = {
    "ecs:DeregisterTaskDefinition": "deregister task definitions of others, for which AWS knows no resource",
    "logs:DeleteLogDelivery": "change deliveries of flow logs of others, for which AWS knows no resource",
}


def beyond(environment: Environment, policies: list[iam.Document]) -> list[str]:
    """Return what a holder can do beyond the environment: a line each, none left out."""
    return [*_beyond(environment, policies)]


def _beyond(environment: Environment, policies: list[iam.Document]) -> Iterator[str]:
    sids = {statement["Sid"] for policy in policies for statement in policy["Statement"]}
    text = json.dumps(policies)
    if "iam:CreateRole" in text:
        boundary = environment.iam.permissions_boundary_arn
        if boundary:
            yield (
                f"give the environment's roles anything that the boundary `{boundary}` allows, and run code "
                "as them"
            )
        else:
            yield (
                "give the environment's roles any permissions, let anybody take them, and run code as them: "
                "whoever holds these policies can become an administrator of the account. "
                "`permissions_boundary_arn` in `[iam]` of the environment file ends that"
            )
    yield from (words for sid, words in _BEYOND.items() if sid in sids)
    yield from (words for action, words in _IN_LOOK.items() if action in text)
    if not names_are_exact(policies, environment):
        yield (
            f"do the same to functions, roles and log groups of others whose names begin with "
            f"`{environment.name_prefix}-`: exact names need more policies than a role carries"
        )
    if environment.account_id is None:
        yield "all this in any account that takes the policies: the environment names no `account_id`"
