"""The target group of a workload: what a load balancer sends requests to, and how it finds it healthy."""

from __future__ import annotations

from constructs_lib.bindings import Construct, TerraformResourceLifecycle, address_of, aws
from constructs_lib.load_balancing.target import HealthCheck, Target, TargetGroup
from constructs_lib.names import target_group_name
from constructs_lib.network.network import Network

# How long a target that goes may finish its requests: far less than AWS's default of 300 s, which every
# deployment would wait for. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
DEREGISTRATION_DELAY_S = 30
HEALTHY_STATUS = "200-399"
# AWS's own settings of a function's group, whose check is off: its interval has to exceed its timeout.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
NO_CHECK = HealthCheck("/", interval_s=35, timeout_s=30, healthy_threshold=5, unhealthy_threshold=2)


def create_target_group(
    scope: Construct, target: Target, *, name: str, network: Network, load_balancer_arn_suffix: str
) -> TargetGroup:
    """Create the group of a target, in whose scope it gets its address. name: the load balancer's, whole."""
    by_address = target.target_type == "ip"
    protocol = "HTTP" if by_address else None
    physical_name = target_group_name(
        name,
        target.workload,
        target_type=target.target_type,
        protocol=protocol,
        port=target.target_port,
        vpc=network.identity if by_address else None,
        function=None if by_address else target.name,
    )
    resource = aws.LbTargetGroup(
        scope,
        "target_group",
        name=physical_name,
        target_type=target.target_type,
        protocol=protocol,
        port=target.target_port,
        vpc_id=network.vpc_id if by_address else None,
        deregistration_delay=str(DEREGISTRATION_DELAY_S) if by_address else None,
        health_check=_health_check(target.health_check or NO_CHECK, enabled=target.health_check is not None),
        tags={"Name": f"{name}-{target.workload}"},
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    )
    return TargetGroup(
        address_of(scope).give(resource), physical_name, resource.arn, load_balancer_arn_suffix
    )


def _health_check(check: HealthCheck, *, enabled: bool) -> aws.LbTargetGroupHealthCheck:
    """Written whole, whether or not it is on: the provider leaves the last one where there is none."""
    return aws.LbTargetGroupHealthCheck(
        enabled=enabled,
        path=check.path,
        interval=check.interval_s,
        timeout=check.timeout_s,
        healthy_threshold=check.healthy_threshold,
        unhealthy_threshold=check.unhealthy_threshold,
        matcher=HEALTHY_STATUS,
    )
