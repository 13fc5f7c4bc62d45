"""Alarms on everything that an environment makes, the composite alarms above them, and a dashboard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from constructs_lib.alarms.dashboard import dashboard_body, dashboards
from constructs_lib.alarms.groups import groups_of
from constructs_lib.alarms.topic import create_topic
from constructs_lib.alarms.watches import (
    Watch,
    function_watches,
    load_balancer_watches,
    nat_watches,
    queue_watches,
    service_watches,
    target_watches,
)
from constructs_lib.bindings import Construct, TerraformResourceLifecycle, address_of, aws
from constructs_lib.compute.fargate_service import FargateService
from constructs_lib.compute.lambda_function import LambdaFunction
from constructs_lib.environment.tables.alarms import Thresholds
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.cloudwatch import (
    ALARM_NAME_LENGTH,
    DASHBOARD_NAME_LENGTH,
)
from constructs_lib.figures.lambda_tables import CONCURRENT_EXECUTIONS
from constructs_lib.load_balancing.application_load_balancer import ApplicationLoadBalancer
from constructs_lib.names import physical_name
from constructs_lib.network.network import Network


@dataclass(frozen=True)
class AlarmOptions:
    """Who hears of it, and when. topic_arn: a topic that exists, or email: makes one, with ``kms_key_arn``.

    notify: ``each`` alarm, or ``once``: the one above all. concurrent_executions: what AWS grants the
    account's functions at a time.

    Raises ConfigError: there are both targets, or none.
    """

    topic_arn: str | None = None
    email: str | None = None
    kms_key_arn: str | None = None
    notify: Literal["each", "once"] = "each"
    thresholds: Thresholds = field(default_factory=Thresholds)
    concurrent_executions: int = CONCURRENT_EXECUTIONS

    def __post_init__(self) -> None:
        if (self.topic_arn is None) == (self.email is None):
            rule = "alarms have one target: a topic that exists, or an address for which one is made"
            raise ConfigError([Problem("topic_arn", self.topic_arn, rule, "give one of topic_arn and email")])


class Alarms(Construct):
    """Alarms on load balancers, functions and their queues, services and NAT gateways, and one dashboard.

    name: beginning of all physical names, such as ``shop-dev``. An alarm's address is that of what it
    watches with what is watched of it: ``aws_cloudwatch_metric_alarm.inventory_errors``; the composite alarm
    above all is ``aws_cloudwatch_composite_alarm.alarms``. A thing more adds alarms, and changes in place
    the group that they belong to and the dashboard.

    Attributes: ``topic_arn`` of whoever hears of them, None where nobody does; ``name``: as given.

    Raises ConfigError: there is nothing to watch.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        network: Network,
        load_balancers: Sequence[ApplicationLoadBalancer] = (),
        functions: Sequence[LambdaFunction] = (),
        services: Sequence[FargateService] = (),
        options: AlarmOptions,
    ) -> None:
        super().__init__(scope, id_)
        self.name = name
        self._options = options
        self._address = address_of(self)
        self._region = network.region
        self._rows: dict[str, list[Watch]] = {}
        self._made: dict[str, dict[str, list[str]]] = {}
        self._address_of: dict[str, str] = {}
        self.topic_arn = options.topic_arn or create_topic(
            self,
            self._address,
            name=name,
            region=network.region,
            email=options.email or "",
            kms_key_arn=options.kms_key_arn,
        )
        for exposure in ("public", "internal"):
            self._watch_side(exposure, load_balancers, functions, services)
        self._watch_nat_gateways(network.nat_gateway_ids, network.regional_nat_gateway_id)
        if not self._rows:
            rule = "there is no load balancer, function, service or NAT gateway to watch"
            raise ConfigError([Problem("alarms", name, rule, "add one, or leave the alarms out")])
        self._create_composite_alarms()
        self._create_dashboards()

    def _watch_side(
        self,
        exposure: str,
        load_balancers: Sequence[ApplicationLoadBalancer],
        functions: Sequence[LambdaFunction],
        services: Sequence[FargateService],
    ) -> None:
        """Watch a load balancer and its workloads, in the picture's order; who has none is in front."""
        for balancer in load_balancers:
            if balancer.exposure == exposure:
                watches = load_balancer_watches(balancer.arn_suffix, self._options.thresholds)
                id_ = balancer.node.id
                self._watch("load_balancers", f"Load balancer {id_}", (id_,), watches)

        balancers = sorted(load_balancers, key=lambda one: one.exposure)  # the public one decides
        doors = {name: one.exposure for one in balancers for name in one.target_groups}
        doors |= {
            n: "public" for one in load_balancers if one.exposure == "public" for n in one.target_groups
        }
        for function in sorted(functions, key=lambda one: one.workload):
            if doors.get(function.workload, "public") == exposure:
                self._watch_function(function)
                self._watch_target(f"Function {function.workload}", function, load_balancers)
        for service in sorted(services, key=lambda one: one.workload):
            if doors.get(service.workload, "public") == exposure:
                self._watch_service(service)
                self._watch_target(f"Service {service.workload}", service, load_balancers)

    def _watch_function(self, function: LambdaFunction) -> None:
        reserved = function.options.reserved_concurrency
        watches = function_watches(
            function.function.function_name,
            self._options.thresholds,
            timeout_s=function.options.timeout_s,
            concurrency=self._options.concurrent_executions if reserved is None else reserved,
        )
        self._watch("functions", f"Function {function.workload}", (function.workload,), watches)
        for label, queue in function.queues.items():
            if queue.name is None:  # a reference: known at the apply
                continue
            watches = queue_watches(
                queue.name, self._options.thresholds, dead_letters=queue.dead_letters_name
            )
            title, thing = f"Queue {label} of {function.workload}", (function.workload, "trigger", label)
            self._watch("queues", title, thing, watches)

    def _watch_service(self, service: FargateService) -> None:
        watches = service_watches(service.cluster.name, service.service.name, self._options.thresholds)
        self._watch("services", f"Service {service.workload}", (service.workload,), watches)

    def _watch_target(
        self,
        title: str,
        target: LambdaFunction | FargateService,
        load_balancers: Sequence[ApplicationLoadBalancer],
    ) -> None:
        for balancer in load_balancers:
            if group := balancer.target_groups.get(target.workload):
                watches = target_watches(
                    balancer.arn_suffix,
                    group.resource.arn_suffix,
                    self._options.thresholds,
                    checked=target.health_check is not None,
                )
                self._watch("load_balancers", title, (balancer.node.id, target.workload), watches)

    def _watch_nat_gateways(self, gateways: Mapping[str, str], regional: str | None) -> None:
        found: dict[tuple[str, ...], tuple[str, str]]
        found = {(zone,): (f"NAT gateway of zone {zone}", id_) for zone, id_ in gateways.items()}
        if regional:
            found[()] = ("NAT gateway", regional)
        for parts, (title, gateway_id) in found.items():
            watches = nat_watches(gateway_id, self._options.thresholds)
            self._watch("network", title, ("network", "nat", *parts), watches)

    def _watch(self, kind: str, title: str, thing: tuple[str, ...], watches: Iterable[Watch]) -> None:
        made = self._made.setdefault(kind, {}).setdefault("_".join(thing), [])
        for watch in watches:
            self._rows.setdefault(title, []).append(watch)
            address = "_".join((*thing, watch.key))
            name = physical_name(self.name, *thing, watch.key, limit=ALARM_NAME_LENGTH)
            alarm = self._create_alarm(f"{title}: {watch.words}", address, name, watch)
            self._address.give_whole(alarm, address)
            self._address_of[name] = f"aws_cloudwatch_metric_alarm.{address}"
            made.append(name)

    def _create_alarm(self, words: str, id_: str, name: str, watch: Watch) -> aws.CloudwatchMetricAlarm:
        actions = [self.topic_arn] if self._options.notify == "each" else None
        common: dict[str, Any] = {
            "alarm_name": name,
            "alarm_description": words,
            "comparison_operator": "GreaterThanOrEqualToThreshold",
            "threshold": watch.threshold,
            "evaluation_periods": watch.periods,
            "datapoints_to_alarm": watch.breaching or watch.periods,
            "treat_missing_data": watch.missing,
            "alarm_actions": actions,
            "ok_actions": actions,
            "lifecycle": _first(),
        }
        if watch.expression:
            return aws.CloudwatchMetricAlarm(self, id_, **common, metric_query=_queries(watch))
        metric = watch.metric
        percentile = metric.statistic.startswith("p")
        return aws.CloudwatchMetricAlarm(
            self,
            id_,
            **common,
            namespace=metric.namespace,
            metric_name=metric.name,
            dimensions=metric.dimensions,
            period=watch.period_s,
            statistic=None if percentile else metric.statistic,
            extended_statistic=metric.statistic if percentile else None,
            evaluate_low_sample_count_percentiles="ignore" if percentile else None,
        )

    def _create_composite_alarms(self) -> None:
        """Create one for each group, and above them, as often as it takes, until there is one."""
        above: dict[str, list[str]] = {}
        for kind, alarms in self._made.items():
            for group, members in groups_of(kind, alarms).items():
                name = self._create_composite(group, f"Something of {group} is wrong.", members)
                above[group] = [name]
        level = "groups"
        while len(groups := groups_of(level, above)) > 1:
            above = {
                group: [self._create_composite(group, "Something of these groups is wrong.", members)]
                for group, members in groups.items()
            }
            level += "_above"
        ((_, members),) = groups.items()
        self._create_composite("", f"Something of {self.name} is wrong.", members, notify=True)

    def _create_composite(
        self, group: str, words: str, members: Sequence[str], *, notify: bool = False
    ) -> str:
        parts = ("alarms", group) if group else ("alarms",)
        name = physical_name(self.name, *parts, limit=ALARM_NAME_LENGTH)
        rule = " OR ".join(f'ALARM("${{{self._address_of[one]}.alarm_name}}")' for one in sorted(members))
        actions = [self.topic_arn] if notify and self._options.notify == "once" else None
        alarm = aws.CloudwatchCompositeAlarm(
            self,
            "_".join(("composite", *parts)),
            alarm_name=name,
            alarm_description=words,
            alarm_rule=rule,
            alarm_actions=actions,
            ok_actions=actions,
            lifecycle=_first(),
        )
        address = "_".join(parts)
        self._address.give_whole(alarm, address)
        self._address_of[name] = f"aws_cloudwatch_composite_alarm.{address}"
        return name

    def _create_dashboards(self) -> None:
        for number, rows in enumerate(dashboards(self._rows), 1):
            more = () if number == 1 else (str(number),)
            dashboard = aws.CloudwatchDashboard(
                self,
                "_".join(("dashboard", *more)),
                dashboard_name=physical_name(self.name, *more, limit=DASHBOARD_NAME_LENGTH),
                dashboard_body=dashboard_body(rows, region=self._region),
            )
            self._address.give_whole(dashboard, "_".join(("alarms", *more)))


def _queries(watch: Watch) -> list[aws.CloudwatchMetricAlarmMetricQuery]:
    shown = aws.CloudwatchMetricAlarmMetricQuery(
        id="shown", expression=watch.expression, label=watch.key, return_data=True
    )
    return [
        shown,
        *(
            aws.CloudwatchMetricAlarmMetricQuery(
                id=id_,
                metric=aws.CloudwatchMetricAlarmMetricQueryMetric(
                    namespace=metric.namespace,
                    metric_name=metric.name,
                    dimensions=metric.dimensions,
                    period=watch.period_s,
                    stat=metric.statistic,
                ),
            )
            for id_, metric in watch.metrics.items()
        ),
    ]


def _first() -> TerraformResourceLifecycle:
    """What takes an alarm's place exists first, and a composite alarm turns away before one goes."""
    return TerraformResourceLifecycle(create_before_destroy=True)
