"""What a load balancer asks of a workload that it serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from constructs_lib.bindings import Construct, TerraformResource, aws
from constructs_lib.errors import Problem
from constructs_lib.figures import load_balancer as figures
from constructs_lib.network.security_groups import SecurityGroup
from constructs_lib.option_checks import bounded, is_token, refuse, request_path


@dataclass(frozen=True)
class HealthCheck:
    """How a load balancer finds out whether a target answers.

    path: requested with GET; success is a status of 200 to 399. timeout_s: less than interval_s. Thresholds:
    requests in a row. Their bounds are in `constructs_lib.figures.load_balancer`.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html

    Raises:
        ConfigError: one of these can't be.
    """

    path: str
    interval_s: int = 30
    timeout_s: int = 5
    healthy_threshold: int = 3
    unhealthy_threshold: int = 3

    def __post_init__(self) -> None:
        rule, way_out = f"is not less than interval_s = {self.interval_s}", "ask less often, or wait for less"
        is_longer = self.timeout_s >= self.interval_s
        refuse(
            () if is_token(self.path) else request_path("health_check.path", self.path),
            bounded("health_check.interval_s", self.interval_s, figures.HEALTH_CHECK_INTERVAL_S),
            bounded("health_check.timeout_s", self.timeout_s, figures.HEALTH_CHECK_TIMEOUT_S),
            bounded("health_check.healthy_threshold", self.healthy_threshold, figures.HEALTH_CHECK_THRESHOLD),
            bounded(
                "health_check.unhealthy_threshold", self.unhealthy_threshold, figures.HEALTH_CHECK_THRESHOLD
            ),
            [Problem("health_check.timeout_s", self.timeout_s, rule, way_out)] if is_longer else (),
        )


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
