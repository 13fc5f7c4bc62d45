"""Statements for everything but the network: by the names that the document writes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from constructs_lib.figures import principals
from constructs_lib.figures.access.requests import REMOVES
from constructs_lib.handoff.deploy_policy.arns import Arns
from constructs_lib.handoff.deploy_policy.network import Statement, with_tags

_LAYER = "lambda:GetLayerVersion"
_REGISTER, _REQUEST, _RECORDS = (
    "application-autoscaling:RegisterScalableTarget",
    "acm:RequestCertificate",
    "route53:ChangeResourceRecordSets",
)
_ZONE_OF_ENDPOINTS = "route53:AssociateVPCWithHostedZone"
_TAG_CERTIFICATE = "acm:AddTagsToCertificate"
_SCALED = "application-autoscaling"
_MAKES_KEYS = ("kms:CreateKey", "kms:TagResource")


def allow(sid: str, actions: list[str], resource: str | list[str], **more: Any) -> Statement:
    """Give a statement that allows actions on resources."""
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource, **more}


def lambda_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Functions by name, with their versions and aliases; layers by their versions."""
    pollers = [action for action in actions if action.endswith("EventSourceMapping")]
    own = [action for action in actions if action not in (_LAYER, *pollers)]
    tagged = [action for action in own if "tag" in action.lower()] if pollers else []
    yield allow("Functions", own, arns.functions())
    if pollers:
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
        of_ours = {"ArnLike": {"lambda:FunctionArn": arns.functions()}}
        yield allow("Pollers", pollers, "*", Condition=of_ours)
    if tagged:
        yield allow("TagPollers", tagged, arns.of("lambda", "event-source-mapping:*"))
    if _LAYER in actions and (layers := arns.layers()):
        yield allow("Layers", [_LAYER], layers)


def route53_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Records of the environment's own domains; the private zones that endpoints bring."""
    zones = arns.zones()
    own = [a for a in actions if a not in (_RECORDS, _ZONE_OF_ENDPOINTS, "route53:GetChange")]
    if own and zones:
        yield allow("Zones", own, zones)
    if _RECORDS in actions and zones:
        key = "route53:ChangeResourceRecordSetsNormalizedRecordNames"
        names = {"ForAllValues:StringLike": {key: arns.domains()}}
        yield allow("Records", [_RECORDS], zones, Condition=names)
    if "route53:GetChange" in actions:
        yield allow("Changes", ["route53:GetChange"], f"{_partition(arns)}:route53:::change/*")
    if _ZONE_OF_ENDPOINTS in actions:
        zone = f"{_partition(arns)}:route53:::hostedzone/*"
        condition = {"StringLike": {"route53:VPCs": f"*VPCRegion={arns.identity.region}*"}}
        yield allow("PrivateNamesOfEndpoints", [_ZONE_OF_ENDPOINTS], zone, Condition=condition)


def _partition(arns: Arns) -> str:
    return ":".join(arns.of("x", "y").split(":")[:2])


def acm_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Certificates that have the environment's tags from the beginning."""
    new = [action for action in (_REQUEST, _TAG_CERTIFICATE) if action in actions]
    everything = arns.of("acm", "certificate/*")
    if new:
        yield allow("MakeCertificates", new, "*", Condition=with_tags(arns, "RequestTag"))
    own = [action for action in actions if action != _REQUEST]
    yield allow("OwnCertificates", own, everything, Condition=with_tags(arns, "ResourceTag"))


def wafv2_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Web ACLs that are named, put before the load balancers that are made.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
    """
    if web_acls := arns.web_acls():
        yield allow("WebAcls", actions, [*web_acls, *arns.load_balancers()])


def autoscaling_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Scalable targets of ECS services."""
    everything = arns.of(_SCALED, "scalable-target/*")
    if _REGISTER in actions:
        condition = {"StringEquals": {f"{_SCALED}:service-namespace": "ecs"}}
        yield allow("RegisterTargets", [_REGISTER], everything, Condition=condition)
    if f"{_SCALED}:TagResource" in actions:
        request = with_tags(arns, "RequestTag")
        yield allow("TagTargets", [f"{_SCALED}:TagResource"], everything, Condition=request)
    if own := [action for action in actions if action not in (_REGISTER, f"{_SCALED}:TagResource")]:
        yield allow("OwnTargets", own, everything, Condition=with_tags(arns, "ResourceTag"))


Resources = Callable[[Arns], list[str]]
BY_NAME: Mapping[str, tuple[str, Resources]] = {
    "cloudwatch": ("Alarms", Arns.alarms),
    "ecr": ("Repositories", Arns.repositories),
    "ecs": ("Ecs", Arns.ecs),
    "events": ("Rules", Arns.event_rules),
    "logs": ("LogGroups", Arns.log_groups),
    "s3": ("Buckets", Arns.buckets),
    "scheduler": ("Schedules", Arns.schedules),
    "sns": ("Topics", Arns.topics),
    "sqs": ("Queues", Arns.queues),
}
"""Services of which every action is allowed on what the document names."""


def named_statements(service: str, arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Give the statement of a service whose resources have names."""
    sid, resources = BY_NAME[service]
    if found := resources(arns):
        yield allow(sid, actions, found)


def kms_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Keys that are named; those that are made here have the environment's tags from the beginning."""
    if keys := arns.keys():
        yield allow("Keys", [action for action in actions if action not in _MAKES_KEYS], keys)
    if not arns.document.resources("aws_kms_key"):
        return
    yield allow("MakeKeys", [*_MAKES_KEYS], "*", Condition=with_tags(arns, "RequestTag"))
    own = [action for action in actions if action not in (*_MAKES_KEYS, "kms:ListAliases")]
    yield allow("OwnKeys", own, arns.of("kms", "key/*"), Condition=with_tags(arns, "ResourceTag"))
    if named := [action for action in own if action.endswith("Alias")]:
        yield allow("Aliases", named, arns.aliases())


_PASSED: Mapping[str, tuple[tuple[str, str], ...]] = {
    principals.LAMBDA: (("aws_lambda_function", "role"),),
    principals.ECS_TASKS: (
        ("aws_ecs_task_definition", "task_role_arn"),
        ("aws_ecs_task_definition", "execution_role_arn"),
    ),
    principals.FLOW_LOGS: (("aws_flow_log", "iam_role_arn"),),
    principals.SCHEDULER: (("aws_scheduler_schedule", "target.role_arn"),),
}
_PASS, _LINK = "iam:PassRole", "iam:CreateServiceLinkedRole"
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
_LIMITED = ("iam:AttachRolePolicy", "iam:CreateRole", "iam:DetachRolePolicy", "iam:PutRolePolicy")
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
_SERVICE_LINKED = {
    "aws_appautoscaling_target": principals.ECS_AUTOSCALING,
    "aws_ecs_cluster": principals.ECS,
    "aws_ecs_service": principals.ECS,
    "aws_lb": principals.LOAD_BALANCING,
}


def iam_statements(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """Roles by name, with the boundary where the environment has one; each handed to its service only."""
    roles, boundary = arns.roles(), arns.identity.permissions_boundary_arn
    limited = [a for a in actions if a in _LIMITED] if boundary else []
    own = [a for a in actions if a not in (_PASS, _LINK, *limited)]
    if own and (mine := [*roles, *arns.policies()]):
        yield allow("OwnRoles", own, mine)
    if limited and boundary:
        condition = {"StringEquals": {"iam:PermissionsBoundary": boundary}}
        yield allow("RolesWithin", [*limited, "iam:PutRolePermissionsBoundary"], roles, Condition=condition)
    for number, (service, kinds) in enumerate(_PASSED.items()):
        if passed := arns.roles(*kinds):
            to = {"StringEquals": {"iam:PassedToService": service}}
            yield allow(f"PassRoles{number or ''}", [_PASS], passed, Condition=to)
    types = {one.type for one in arns.document.declared.values()}
    if services := sorted({name for kind, name in _SERVICE_LINKED.items() if kind in types}):
        named = {"StringEquals": {"iam:AWSServiceName": services}}
        linked = arns.of("iam", "role/aws-service-role/*", regional=False)
        yield allow("ServiceLinkedRoles", [_LINK], linked, Condition=named)


def removing_statement(arns: Arns, actions: list[str]) -> Iterator[Statement]:
    """What an earlier bundle made, and this one has no name for, goes by its tags."""
    found = [action for action in actions if REMOVES.fullmatch(action)]
    if found and arns.identity.own_tags:
        yield allow("RemoveWhatHasTags", found, "*", Condition=with_tags(arns, "ResourceTag"))


def state_statements(arns: Arns, partition: str) -> Iterator[Statement]:
    """Give what the state's bucket asks for.

    https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
    """
    state = arns.document.backend.get("s3")
    if not state:
        return
    bucket = f"arn:{partition}:s3:::{state['bucket']}"
    objects = [f"{bucket}/{state['key']}", f"{bucket}/{state['key']}.tflock"]
    within = {"StringLike": {"s3:prefix": [state["key"], f"{state['key']}.tflock"]}}
    yield allow("StateBucket", ["s3:ListBucket"], bucket, Condition=within)
    yield allow("State", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], objects)
    if key := state.get("kms_key_id"):
        yield allow("StateKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], key)
