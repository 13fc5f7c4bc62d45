"""What AWS refuses about load balancers, their target groups and what stands behind them."""

from __future__ import annotations

from collections import Counter

from constructs_lib.figures.changes.in_use import others, uses
from constructs_lib.figures.principals import LOAD_BALANCING, LOG_DELIVERY
from constructs_lib.testing.terraform.stand_in.live.network import subnets_of, vpcs_of
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject
from constructs_lib.testing.terraform.stand_in.live.refusal import Refusal, refuse
from constructs_lib.testing.terraform.stand_in.live.register import Register

_LOAD_BALANCER = "aws_lb"
_FORWARDING = uses()["aws_lb_target_group"].users


def subnets_of_another_vpc(change: Change, register: Register) -> Refusal | None:
    """Refuses subnets of several VPCs, and to move a load balancer into another one."""
    if not _sets(change, "subnets", "subnet_mapping.subnet_id"):
        return None
    before = vpcs_of(change.before, register) if change.before else set()
    vpcs = vpcs_of(change.thing, register) | before
    if len(vpcs) < 2:
        return None
    said = f"All subnets must belong to the same VPC, not to {' and '.join(sorted(vpcs))}"
    return refuse(change, others()["load-balancer-subnets-of-another-vpc"], said=said)


def groups_of_another_vpc(change: Change, register: Register) -> Refusal | None:
    """Refuses a security group that is not of the load balancer's VPC."""
    if not _sets(change, "security_groups"):
        return None
    vpcs = vpcs_of(change.before or change.thing, register)
    found = (register.find("aws_security_group", text) for text in sorted(change.thing.at("security_groups")))
    strange = [group for group in found if group and vpcs and group.values.get("vpc_id") not in vpcs]
    said = f"One or more security groups are invalid: {', '.join(map(str, strange))}"
    return refuse(change, others()["load-balancer-groups-of-another-vpc"], said=said) if strange else None


def zones_of_subnets(change: Change, register: Register) -> Refusal | None:
    """Refuses two subnets of one zone, and an application load balancer in one zone only."""
    if not _sets(change, "subnets", "subnet_mapping.subnet_id"):
        return None
    subnets = subnets_of(change.thing, register)
    zones = Counter(str(subnet.values.get("availability_zone")) for subnet in subnets)
    twice = sorted(zone for zone, count in zones.items() if count > 1)
    if twice:
        said = (
            f"A load balancer cannot be attached to multiple subnets in the same Availability Zone: {twice}"
        )
        return refuse(change, others()["load-balancer-zone-twice"], said=said)
    named = change.thing.at("subnets", "subnet_mapping.subnet_id")
    is_application = change.thing.values.get("load_balancer_type") in (None, "", "application")
    if len(named) == 1 and is_application:
        said = "At least two subnets in two different Availability Zones must be specified"
        return refuse(change, others()["load-balancer-in-one-zone"], said=said)
    return None


def log_bucket_admits_nobody(change: Change, register: Register) -> Refusal | None:
    """Refuses access logs in a bucket that is known here and does not admit the log delivery."""
    if not _sets(change, "access_logs.bucket") and not _turns_logs_on(change):
        return None
    bucket = log_bucket(change.after, register)
    policies = register.mentioning(bucket.identity, "aws_s3_bucket_policy") if bucket else []
    if bucket is None or any(LOG_DELIVERY in str(policy.values.get("policy")) for policy in policies):
        return None
    said = f"Access Denied for bucket: {bucket.identity}. Please check S3bucket permission"
    return refuse(change, others()["access-logs-without-policy"], said=said)


def log_bucket(balancer: LiveObject | None, register: Register) -> LiveObject | None:
    """The bucket, known here, that a load balancer writes its access logs into."""
    if balancer is None or balancer.type_name != _LOAD_BALANCER or not _logs(balancer):
        return None
    found = (register.find("aws_s3_bucket", name) for name in balancer.at("access_logs.bucket"))
    return next((bucket for bucket in found if bucket), None)


def listener_keeps_its_policy(change: Change, _: Register) -> Refusal | None:
    """Refuses HTTP on a listener of HTTPS: the provider keeps the security policy and sends it along."""
    law = others()["listener-keeps-its-policy"]
    if change.before is None or change.after is None or change.thing.type_name != law.type_name:
        return None
    turns = change.before.values.get("protocol") == "HTTPS" and change.after.values.get("protocol") == "HTTP"
    said = "An SSL policy cannot be specified for HTTP listeners"
    return refuse(change, law, said=said) if turns and change.after.values.get("ssl_policy") else None


def target_group_is_anothers(change: Change, register: Register) -> Refusal | None:
    """Refuses to forward to a target group that another load balancer forwards to."""
    if change.after is None or change.after.type_name not in _FORWARDING:
        return None
    own = _load_balancer(change.after)
    for group in sorted(change.after.at(*_FORWARDING[change.after.type_name])):
        strange = [thing for thing in forwarding(group, register) if _load_balancer(thing) != own]
        if strange:
            return refuse(change, others()["target-group-of-another-load-balancer"], strange)
    return None


def function_has_no_permission(change: Change, register: Register) -> Refusal | None:
    """Refuses to register a function that is known here and that the load balancer may not invoke."""
    law = others()["function-without-permission"]
    if change.before is not None or change.thing.type_name != law.type_name:
        return None
    target, group = (str(change.thing.values.get(name)) for name in ("target_id", "target_group_arn"))
    arn, qualifier = function_and_qualifier(target)
    function = register.find("aws_lambda_function", arn)
    if function is None:
        return None
    names = function.at("arn", "function_name")
    permissions = [
        permission
        for name in sorted(names)
        for permission in register.mentioning(name, "aws_lambda_permission")
        if _lets(permission, names, qualifier, group)
    ]
    said = f"{LOAD_BALANCING} does not have permission to invoke {target} from target group {group}"
    return None if permissions else refuse(change, law, said=said)


def service_has_no_load_balancer(change: Change, register: Register) -> Refusal | None:
    """Refuses a service whose target group is known here while nothing forwards to it."""
    law = others()["service-without-load-balancer"]
    if change.after is None or change.thing.type_name != law.type_name:
        return None
    path = "load_balancer.target_group_arn"
    groups = change.after.at(path) - (change.before.at(path) if change.before else set())
    for group in sorted(groups):
        if register.find("aws_lb_target_group", group) and not forwarding(group, register):
            said = f"The target group with targetGroupArn {group} does not have an associated load balancer"
            return refuse(change, law, said=said)
    return None


def forwarding(group: str, register: Register) -> list[LiveObject]:
    """The listeners and rules that forward to a target group."""
    return [
        thing
        for thing in register.mentioning(group, *_FORWARDING)
        if group in thing.at(*_FORWARDING[thing.type_name])
    ]


def _sets(change: Change, *paths: str) -> bool:
    """Whether the change gives these arguments of a load balancer: it makes it, or they differ."""
    if change.after is None or change.after.type_name != _LOAD_BALANCER:
        return False
    return change.before is None or change.before.at(*paths) != change.after.at(*paths)


def _logs(balancer: LiveObject | None) -> bool:
    blocks = (balancer.values.get("access_logs") or []) if balancer else []
    return any(block.get("enabled") is True for block in blocks)


def _turns_logs_on(change: Change) -> bool:
    return change.thing.type_name == _LOAD_BALANCER and not _logs(change.before) and _logs(change.after)


def _load_balancer(thing: LiveObject) -> str:
    """The path of the load balancer in the ARN of a listener or of its rule's listener: ``app/name/id``."""
    arn = str(thing.values.get("load_balancer_arn") or thing.values.get("listener_arn"))
    return "/".join(arn.split("/")[1:4])


def function_and_qualifier(arn: str) -> tuple[str, str]:
    """``arn:aws:lambda:region:account:function:name:live`` without its qualifier, and the qualifier."""
    parts = arn.split(":")
    return ":".join(parts[:7]), parts[7] if len(parts) > 7 else ""


def _lets(permission: LiveObject, names: set[str], qualifier: str, group: str) -> bool:
    values = permission.values
    function, _, named = str(values.get("function_name")).partition(":function:")
    is_the_one = values.get("function_name") in names or f"{function}:function:{named}" in names
    return (
        is_the_one
        and (values.get("qualifier") or "") == qualifier
        and values.get("principal") == LOAD_BALANCING
        and values.get("source_arn") in (None, "", group)
    )
