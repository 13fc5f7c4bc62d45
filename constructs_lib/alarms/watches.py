"""What is watched of each thing, by which metric, and from which figure on it is too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from constructs_lib.environment.tables.alarms import Thresholds
from constructs_lib.figures.cloudwatch import (
    CONTAINER_INSIGHTS,
    ECS_METRICS,
    LAMBDA_METRICS,
    LOAD_BALANCER_METRICS,
    NAT_METRICS,
    QUEUE_METRICS,
)

_MINUTE, _FIVE_MINUTES = 60, 300
Dimensions = Mapping[str, str]


@dataclass(frozen=True)
class Metric:
    """One metric of CloudWatch. statistic: such as ``Sum``, or a percentile like ``p95``."""

    namespace: str
    name: str
    dimensions: Dimensions
    statistic: str


@dataclass(frozen=True)
class Watch:
    """What an alarm watches. key: the end of its name, which no other kind of thing has.

    metrics: by the names that ``expression`` gives them; without an expression there is one. threshold: in
    the unit of the metric, too much from there on. period_s; periods: that are looked at, of which
    ``breaching`` have to be too much, all by default. missing: what a period without data is: most metrics
    exist only where something happened.
    """

    key: str
    words: str
    metrics: Mapping[str, Metric]
    threshold: float
    expression: str = ""
    period_s: int = _FIVE_MINUTES
    periods: int = 1
    breaching: int | None = None
    missing: Literal["notBreaching", "breaching"] = "notBreaching"

    @property
    def metric(self) -> Metric:
        """The metric of an alarm without an expression."""
        (only,) = self.metrics.values()
        return only


def _one(metric: Metric) -> Mapping[str, Metric]:
    return {metric.name: metric}


def load_balancer_watches(suffix: str, limits: Thresholds) -> Iterator[Watch]:
    """Watch a load balancer. suffix: as CloudWatch names it, ``app/<name>/<id>``."""

    def metric(name: str, statistic: str = "Sum") -> Mapping[str, Metric]:
        return _one(Metric(LOAD_BALANCER_METRICS, name, {"LoadBalancer": suffix}, statistic))

    yield Watch(
        "load-balancer-5xx",
        "It answers with 5xx itself: no target takes the request.",
        metric("HTTPCode_ELB_5XX_Count"),
        limits.load_balancer_5xx,
    )
    yield Watch(
        "rejected-connections",
        "It refuses connections: it has as many as it takes.",
        metric("RejectedConnectionCount"),
        limits.rejected_connections,
    )
    yield Watch(
        "latency-p95",
        "Of 100 requests, more than 5 wait longer than that for their target.",
        metric("TargetResponseTime", "p95"),
        limits.latency_p95_s,
        periods=3,
    )


def target_watches(
    load_balancer: str, target_group: str, limits: Thresholds, *, checked: bool
) -> Iterator[Watch]:
    """Watch what a load balancer sends requests to. checked: whether it has a health check."""
    dimensions = {"LoadBalancer": load_balancer, "TargetGroup": target_group}
    yield Watch(
        "target-5xx",
        "It answers requests of its load balancer with 5xx.",
        _one(Metric(LOAD_BALANCER_METRICS, "HTTPCode_Target_5XX_Count", dimensions, "Sum")),
        limits.target_5xx,
    )
    if checked:
        yield Watch(
            "unhealthy-targets",
            "Targets fail the health check.",
            _one(Metric(LOAD_BALANCER_METRICS, "UnHealthyHostCount", dimensions, "Maximum")),
            limits.unhealthy_targets,
            period_s=_MINUTE,
            periods=5,
        )


def function_watches(name: str, limits: Thresholds, *, timeout_s: int, concurrency: int) -> Iterator[Watch]:
    """Watch a function. concurrency: the invocations that it may have at a time.

    One that is off (0) or runs alone (1) is at its most whenever it runs: its throttles tell.
    """

    def metric(metric_name: str, statistic: str) -> Mapping[str, Metric]:
        return _one(Metric(LAMBDA_METRICS, metric_name, {"FunctionName": name}, statistic))

    yield Watch("errors", "Invocations fail.", metric("Errors", "Sum"), limits.function_errors)
    yield Watch(
        "throttles",
        "Lambda refuses invocations: too many run at a time.",
        metric("Throttles", "Sum"),
        limits.function_throttles,
    )
    often: dict[str, Any] = {"period_s": _MINUTE, "periods": 5, "breaching": 3}
    yield Watch(
        "duration",
        f"Invocations take nearly their timeout of {timeout_s} s.",
        metric("Duration", "Maximum"),
        _share(timeout_s * 1000, limits.duration_percent),
        **often,
    )
    if concurrency > 1:
        yield Watch(
            "concurrency",
            f"Of at most {concurrency} invocations at a time nearly all run.",
            metric("ConcurrentExecutions", "Maximum"),
            _share(concurrency, limits.concurrency_percent),
            **often,
        )
    yield Watch(
        "async-event-age",
        "Asynchronous events wait: they are retried, or there is no room for them.",
        metric("AsyncEventAge", "Maximum"),
        limits.async_event_age_s * 1000,
        **often,
    )


def queue_watches(name: str, limits: Thresholds, *, dead_letters: str | None) -> Iterator[Watch]:
    """Watch a queue that a function consumes, and its dead letters where their queue is known."""
    yield Watch(
        "oldest-message",
        "Messages wait: the function does not keep up, or fails again and again.",
        _one(Metric(QUEUE_METRICS, "ApproximateAgeOfOldestMessage", {"QueueName": name}, "Maximum")),
        limits.queue_oldest_message_s,
        periods=3,
    )
    if dead_letters:
        visible = "ApproximateNumberOfMessagesVisible"
        yield Watch(
            "dead-letters",
            "Messages were given up, and lie in the dead-letter queue.",
            _one(Metric(QUEUE_METRICS, visible, {"QueueName": dead_letters}, "Maximum")),
            limits.dead_letters,
        )


def _share(whole: int, percent: int) -> float:
    return max(1, whole * percent / 100)


def service_watches(cluster: str, service: str, limits: Thresholds) -> Iterator[Watch]:
    """Watch an ECS service of a cluster with Container Insights, which count its tasks."""
    dimensions = {"ClusterName": cluster, "ServiceName": service}
    for key, name, words, limit in (
        ("cpu", "CPUUtilization", "Its tasks are short of CPU.", limits.cpu_percent),
        ("memory", "MemoryUtilization", "Its tasks are short of memory.", limits.memory_percent),
    ):
        yield Watch(key, words, _one(Metric(ECS_METRICS, name, dimensions, "Average")), limit, periods=3)
    yield Watch(
        "missing-tasks",
        "Fewer tasks run than are desired. Without any figures it is on, too.",
        {
            "desired": Metric(CONTAINER_INSIGHTS, "DesiredTaskCount", dimensions, "Maximum"),
            "running": Metric(CONTAINER_INSIGHTS, "RunningTaskCount", dimensions, "Minimum"),
        },
        limits.missing_tasks,
        expression="desired - FILL(running, 0)",
        period_s=_MINUTE,
        periods=15,
        missing="breaching",
    )


def nat_watches(gateway_id: str, limits: Thresholds) -> Iterator[Watch]:
    """Watch a NAT gateway."""

    def metric(name: str) -> Metric:
        return Metric(NAT_METRICS, name, {"NatGatewayId": gateway_id}, "Sum")

    yield Watch(
        "port-allocation",
        "It has no port left for a connection to the same destination.",
        _one(metric("ErrorPortAllocation")),
        limits.nat_port_errors,
    )
    yield Watch(
        "drops",
        "It drops packets.",
        {
            "dropped": metric("PacketsDropCount"),
            "out": metric("PacketsInFromSource"),
            "back": metric("PacketsInFromDestination"),
        },
        limits.nat_dropped_percent,
        expression="100 * dropped / (out + back)",
        periods=3,
    )
