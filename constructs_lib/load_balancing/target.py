"""What a load balancer asks of a workload that it serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from constructs_lib.bindings import Construct, TerraformResource, aws
from constructs_lib.network.security_groups import SecurityGroup


@dataclass(frozen=True)
class HealthCheck:
    """How a load balancer finds out whether a target answers.

    path: requested with GET; success is a status of 200 to 399. timeout_s: less than interval_s. Thresholds:
    requests in a row. Their bounds are in `constructs_lib.figures.load_balancer`.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
    """

    path: str
    interval_s: int = 30
    timeout_s: int = 5
    healthy_threshold: int = 3
    unhealthy_threshold: int = 3


@dataclass(frozen=True)
class TargetGroup:
    """A target group and what stands before it.

    name: its physical name. load_balancer_arn_suffix: as CloudWatch names the load balancer.
    """

    resource: aws.LbTargetGroup
    name: str
    arn: str
    load_balancer_arn_suffix: str


class Target(Protocol):
    """A workload that a load balancer can serve.

    name: its physical name. target_port: where it listens, None for a function. health_check: None where
    AWS's default holds, which is none for a function.
    """

    workload: str
    name: str
    target_type: Literal["lambda", "ip"]
    target_port: int | None
    health_check: HealthCheck | None

    @property
    def security_group(self) -> SecurityGroup:
        """The group that the load balancer reaches an IP target by."""
        ...

    def join(self, scope: Construct, group: TargetGroup) -> list[TerraformResource]:
        """Register with a target group; resources of it take the address of ``scope``.

        Return what has to stand before a listener or rule turns to the group.
        """
        ...

    def wait_for(self, listener: TerraformResource) -> None:
        """Be created after the listener, or the rule, that sends requests to it."""
