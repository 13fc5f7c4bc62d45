"""What a holder of the policies can do beyond the environment, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator

from constructs_lib import iam
from constructs_lib.handoff.deploy_policy.documents import names_are_exact
from constructs_lib.handoff.identity import Identity

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
_BY_NAME = {
    "Buckets",
    "Functions",
    "LogGroups",
    "OwnRoles",
    "Queues",
    "Repositories",
    "RolesWithin",
    "Topics",
}
_BY_TAGS = {"ChangeLoadBalancing", "ChangeWhatHasTags", "OwnCertificates", "OwnKeys", "OwnTargets"}


def beyond(identity: Identity, policies: list[iam.Document]) -> list[str]:
    """Return what a holder can do beyond the environment: a line each, none left out."""
    return [*_beyond(identity, policies)]


def _beyond(identity: Identity, policies: list[iam.Document]) -> Iterator[str]:
    sids = {statement["Sid"] for policy in policies for statement in policy["Statement"]}
    text = json.dumps(policies)
    if "iam:CreateRole" in text:
        yield _of_roles(identity)
    yield from (words for sid, words in _BEYOND.items() if sid in sids)
    yield from (words for action, words in _IN_LOOK.items() if action in text)
    if identity.environment is None:
        yield from _of_a_stack(identity, policies, sids)
    elif not names_are_exact(policies, identity):
        yield (
            f"do the same to functions, roles and log groups of others whose names begin with "
            f"`{identity.name_prefix}-`: exact names need more policies than a role carries"
        )
    if identity.account_id is None:
        named = (
            "the environment names no `account_id`"
            if identity.environment
            else "the provider has no `allowed_account_ids`"
        )
        yield f"all this in any account that takes the policies: {named}"


def _of_roles(identity: Identity) -> str:
    roles, boundary = "give the environment's roles", identity.permissions_boundary_arn
    if boundary:
        return f"{roles} anything that the boundary `{boundary}` allows, and run code as them"
    ends = "`permissions_boundary_arn` in `[iam]` of the environment file ends that"
    if identity.environment is None:
        ends = "One `permissions_boundary` on every role of the stack ends that"
    return (
        f"{roles} any permissions, let anybody take them, and run code as them: "
        f"whoever holds these policies can become an administrator of the account. {ends}"
    )


def _of_a_stack(identity: Identity, policies: list[iam.Document], sids: set[str]) -> Iterator[str]:
    """What names and tags leave open where no environment file makes them tell this stack from others."""
    if sids & _BY_TAGS and not identity.own_tags:
        yield (
            "change and delete every network, load balancer, certificate and key of the account: without "
            "`default_tags` of the provider, nothing tells this stack's from others"
        )
    elif sids & _BY_TAGS:
        tags = ", ".join(f"`{name}` = `{value}`" for name, value in identity.own_tags.items())
        yield f"change and delete what else of networks, load balancers and keys has the tags {tags}"
    resources = {
        resource
        for policy in policies
        for statement in policy["Statement"]
        if statement["Sid"].rstrip("0123456789") in _BY_NAME
        for resource in _listed(statement["Resource"])
    }
    patterns = sorted(resource for resource in resources if _is_open(resource))
    if patterns:
        named = ", ".join(f"`{pattern}`" for pattern in patterns)
        yield f"do the same to what else these patterns mean, since the stack writes no whole names: {named}"


def _listed(found: str | list[str]) -> list[str]:
    return [found] if isinstance(found, str) else found


def _is_open(arn: str) -> bool:
    """Tell whether the resource's own name is a pattern; what belongs to it, as versions do, may be one."""
    return "*" in arn.split(":", 5)[5].removesuffix(":*")
