"""A rule of a listener that others share: which requests of which hosts go to one target group."""

from __future__ import annotations

from collections.abc import Sequence

from constructs_lib.bindings import (
    Construct,
    TerraformResource,
    TerraformResourceLifecycle,
    aws,
    has_token,
)
from constructs_lib.load_balancing.routing.routes import Route, route_problems, rule_priority
from constructs_lib.option_checks import refuse


def route_of(workload: str, paths: Sequence[str], hosts: Sequence[str], priority: int | None) -> Route:
    """The route of these options; letters of hosts become small, as AWS compares them.

    Raises:
        ConfigError: AWS refuses such paths, hosts or priority; none that holds a token is judged.
    """
    names = tuple(host if has_token(host) else host.lower() for host in hosts)
    route = Route(workload, tuple(paths), priority, names)
    if not any(map(has_token, (*paths, *hosts))):
        refuse(route_problems(route, workload))
    return route


def create_rule(
    scope: Construct,
    id_: str,
    route: Route,
    *,
    listener_arn: str,
    group_arn: str,
    after: Sequence[TerraformResource],
) -> aws.LbListenerRule:
    """Create the rule, after what stands before its target group."""
    return aws.LbListenerRule(
        scope,
        id_,
        listener_arn=listener_arn,
        priority=rule_priority(route),
        action=[aws.LbListenerRuleAction(type="forward", target_group_arn=group_arn)],
        condition=_conditions(route),
        tags={"Name": route.workload},
        depends_on=[*after] or None,
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    )


def _conditions(route: Route) -> list[aws.LbListenerRuleCondition]:
    found = []
    if route.hosts:
        hosts = aws.LbListenerRuleConditionHostHeader(values=[*route.hosts])
        found.append(aws.LbListenerRuleCondition(host_header=hosts))
    if route.paths:
        paths = aws.LbListenerRuleConditionPathPattern(values=[*route.paths])
        found.append(aws.LbListenerRuleCondition(path_pattern=paths))
    return found
