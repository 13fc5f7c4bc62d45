"""How many tasks a service runs, by its load."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from constructs_lib.bindings import Construct, address_of, aws
from constructs_lib.figures.bounds import Bounds
from constructs_lib.figures.containers.ecs import TASKS
from constructs_lib.load_balancing.target import TargetGroup
from constructs_lib.option_checks import bounded, refuse, scaling_bounds, scaling_goal

NAMESPACE = "ecs"
DIMENSION = "ecs:service:DesiredCount"


@dataclass(frozen=True)
class Autoscaling:
    """Bounds and goals. min_count and max_count: tasks. cpu_percent: average of all tasks, 1 to 100.

    requests_per_target: requests per task and minute, as its load balancer counts them.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html

    Raises:
        ConfigError: a number is out of its bounds, or there is no goal.
    """

    min_count: int
    max_count: int
    cpu_percent: int | None = 60
    requests_per_target: int | None = None

    def __post_init__(self) -> None:
        refuse(
            bounded("min_count", self.min_count, TASKS),
            bounded("max_count", self.max_count, Bounds(1, TASKS.most)),
            bounded("cpu_percent", self.cpu_percent, Bounds(1, 100)),
            bounded("requests_per_target", self.requests_per_target, Bounds(1, sys.maxsize)),
            scaling_bounds("min_count", self.min_count, self.max_count),
            scaling_goal("autoscaling", self.cpu_percent, self.requests_per_target),
        )


class ScalableService:
    """A service whose number of tasks follows its load."""

    def __init__(
        self, construct: Construct, *, target: aws.AppautoscalingTarget, settings: Autoscaling
    ) -> None:
        self._construct = construct
        self._target = target
        self._settings = settings

    def follow_cpu(self) -> None:
        """Follow the average use of CPU."""
        if self._settings.cpu_percent:
            metric = "ECSServiceAverageCPUUtilization"
            self._follow(self._construct, "cpu", metric, self._settings.cpu_percent, label=None)

    def follow_requests(self, scope: Construct, group: TargetGroup) -> None:
        """Follow the requests that a target group, whose construct is ``scope``, gets per task."""
        if self._settings.requests_per_target:
            label = f"{group.load_balancer_arn_suffix}/{group.resource.arn_suffix}"
            metric = "ALBRequestCountPerTarget"
            self._follow(scope, "requests", metric, self._settings.requests_per_target, label=label)

    def _follow(self, scope: Construct, kind: str, metric: str, goal: int, *, label: str | None) -> None:
        tracking = aws.AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration(
            target_value=goal,
            predefined_metric_specification=aws.AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification(
                predefined_metric_type=metric, resource_label=label
            ),
        )
        policy = aws.AppautoscalingPolicy(
            scope,
            f"scaling_{kind}",
            name=kind,
            policy_type="TargetTrackingScaling",
            service_namespace=self._target.service_namespace,
            resource_id=self._target.resource_id,
            scalable_dimension=self._target.scalable_dimension,
            target_tracking_scaling_policy_configuration=tracking,
        )
        address_of(scope).give(policy, kind)


def scale(
    construct: Construct, *, service: aws.EcsService, cluster_name: str, settings: Autoscaling
) -> ScalableService:
    """Make the service of ``construct`` scalable between its bounds, by CPU where that is a goal."""
    target = aws.AppautoscalingTarget(
        construct,
        "scalable_target",
        service_namespace=NAMESPACE,
        resource_id=f"service/{cluster_name}/{service.name}",
        scalable_dimension=DIMENSION,
        min_capacity=settings.min_count,
        max_capacity=settings.max_count,
    )
    address_of(construct).give(target)
    scalable = ScalableService(construct, target=target, settings=settings)
    scalable.follow_cpu()
    return scalable
