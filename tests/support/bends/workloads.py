"""What goes wrong with workloads and load balancers that the generator wrote, one resource at a time."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.support.bends.bend import (
    CLOSED,
    ENDPOINT,
    OPENING,
    PRIVATE,
    ROUTE,
    WAYS,
    Bend,
    Edit,
    busy_groups,
    less,
    moved,
    one_group_more,
    other,
    put,
    ref,
    where,
)
from tests.support.stacks_written import Body, Written

NOT_FOUND = [
    {"type": "fixed-response", "fixed_response": {"content_type": "text/plain", "status_code": "404"}}
]
LOGIN = {"type": "authenticate-oidc", "order": 1, "authenticate_oidc": {"client_id": "x"}}


def forwards(attribute: str, same_side: bool) -> Edit:
    """Forward to a target group of the same load balancer, or of the other one, that is not meant."""

    def edit(body: Body, written: Written) -> Body | None:
        front = str(body.get("load_balancer_arn") or body.get("listener_arn"))
        side = "internal" if "internal" in front else "public"
        groups = [n for n in written.of("aws_lb_target_group") if n.startswith(side) == same_side]
        texts = [ref(f"aws_lb_target_group.{name}", "arn") for name in groups]
        wrong = [text for text in texts if text != body[attribute][0].get("target_group_arn")]
        return {**body, attribute: [{"type": "forward", "target_group_arn": wrong[0]}]} if wrong else None

    return edit


def not_taken(edit: Edit) -> Edit:
    """Bend default actions that are asked at all: no rule takes every path before."""

    def bend(body: Body, written: Written) -> Body | None:
        side = "internal" if "internal" in body["load_balancer_arn"] else "public"
        own = ref(f"aws_lb_listener.{side}_{body['port']}", "arn")
        rules = written.document["resource"].get("aws_lb_listener_rule", {}).values()
        taken = any(rule["listener_arn"] == own and '"/*"' in json.dumps(rule) for rule in rules)
        return edit(body, written) if default("fixed-response")(body) and not taken else None

    return bend


def with_rules(edit: Edit) -> Edit:
    """Bend functions whose own group has rules: to lose one that opens nothing changes nothing."""

    def bend(body: Body, written: Written) -> Body | None:
        own = body["vpc_config"]["security_group_ids"][0]
        busy = any(own == ref(f"aws_security_group.{name}") for name in busy_groups(written))
        return edit(body, written) if busy else None

    return bend


def condition(**more: list[str]) -> Edit:
    """Ask for something else, too, or for other paths."""
    return lambda body, _: {
        **body,
        "condition": [{**body["condition"][0], **{k: {"values": v}}} for k, v in more.items()],
    }


def takes_some_paths(rule: str) -> bool:
    """Whether a rule leaves paths to others."""
    return '"path_pattern"' in rule and '"/*"' not in rule


def of_every_host(body: Body, _: Written) -> Body | None:
    """Ask for no host any more."""
    rest = [one for one in body["condition"] if "host_header" not in one]
    if len(rest) == len(body["condition"]):
        return None
    return {**body, "condition": rest or [{"path_pattern": {"values": ["/*"]}}]}


def on_service(edit: Edit) -> Edit:
    return lambda body, written: {
        **body,
        "network_configuration": edit(body["network_configuration"], written) or {},
    }


def default(kind: str) -> Callable[[Body], bool]:
    return lambda body: body["default_action"][0]["type"] == kind


LOAD_BALANCING = [
    Bend(
        "aws_lb",
        "is public instead of internal, or the reverse",
        lambda b, _: {**b, "internal": not b["internal"]},
        WAYS | PRIVATE,
    ),
    Bend(
        "aws_lb",
        "is internal, and in public subnets",
        where(lambda b: b["internal"], moved("public", "subnets")),
        PRIVATE,
    ),
    Bend(
        "aws_lb",
        "is internal, with one public subnet",
        where(
            lambda b: b["internal"],
            lambda b, _: {**b, "subnets": [b["subnets"][0], "${aws_subnet.network_public_b.id}"]},
        ),
        PRIVATE,
    ),
    Bend(
        "aws_lb",
        "is public, and in private subnets",
        where(lambda b: not b["internal"], moved("private", "subnets")),
        WAYS,
    ),
    Bend("aws_lb", "carries no group", put(security_groups=[]), WAYS),
    Bend("aws_lb", "carries one group more", one_group_more("security_groups"), OPENING),
    Bend("aws_lb", "is a network load balancer", put(load_balancer_type="network"), WAYS),
    Bend("aws_lb_listener", "is on another port", lambda b, _: {**b, "port": b["port"] + 1}, WAYS),
    Bend("aws_lb_listener", "is of another load balancer", other("load_balancer_arn", "aws_lb", "arn"), WAYS),
    Bend(
        "aws_lb_listener",
        "answers instead of forwarding",
        where(default("forward"), put(default_action=NOT_FOUND)),
        WAYS,
    ),
    Bend(
        "aws_lb_listener",
        "answers instead of redirecting",
        where(default("redirect"), put(default_action=NOT_FOUND)),
        WAYS,
    ),
    Bend(
        "aws_lb_listener",
        "forwards what no rule takes",
        not_taken(forwards("default_action", True)),
        ROUTE | CLOSED,
    ),
    Bend(
        "aws_lb_listener",
        "forwards elsewhere",
        where(default("forward"), forwards("default_action", True)),
        WAYS,
    ),
    Bend(
        "aws_lb_listener",
        "forwards to the other load balancer's",
        where(default("forward"), forwards("default_action", False)),
        WAYS,
    ),
    Bend(
        "aws_lb_listener_rule",
        "is of another listener",
        other("listener_arn", "aws_lb_listener", "arn"),
        WAYS,
    ),
    Bend("aws_lb_listener_rule", "forwards elsewhere", forwards("action", True), ROUTE),
    Bend("aws_lb_listener_rule", "forwards to the other load balancer's", forwards("action", False), ROUTE),
    Bend("aws_lb_listener_rule", "answers instead of forwarding", put(action=NOT_FOUND), ROUTE),
    Bend("aws_lb_listener_rule", "takes another path", condition(path_pattern=["/nothing"]), ROUTE),
    Bend(
        "aws_lb_listener_rule",
        "takes every path",
        where(
            lambda b: '"path_pattern"' in json.dumps(b) and '"/*"' not in json.dumps(b),
            condition(path_pattern=["/*"]),
        ),
        ROUTE,
    ),
    Bend("aws_lb_listener_rule", "takes every host", of_every_host, ROUTE),
    Bend("aws_lb_listener_rule", "asks for a host, too", condition(host_header=["x.example.com"]), ROUTE),
    Bend(
        "aws_lb_listener_rule",
        "asks for a login first",
        lambda b, _: {**b, "action": [LOGIN, {**b["action"][0], "order": 2}]},
        by="warning",
    ),
    Bend("aws_lb_target_group", "is for instances", put(target_type="instance"), WAYS),
    Bend(
        "aws_lb_target_group_attachment",
        "holds another function",
        other("target_id", "aws_lambda_alias", "arn"),
        WAYS,
    ),
    Bend(
        "aws_lb_target_group_attachment",
        "holds no alias",
        lambda b, _: {**b, "target_id": b["target_id"].replace("aws_lambda_alias", "aws_lambda_function")},
        WAYS,
    ),
    Bend(
        "aws_lb_target_group_attachment",
        "is of another target group",
        other("target_group_arn", "aws_lb_target_group", "arn"),
        WAYS,
    ),
]

COMPUTE = [
    Bend(
        "aws_lambda_permission",
        "is for another target group",
        other("source_arn", "aws_lb_target_group", "arn"),
        WAYS,
    ),
    Bend("aws_lambda_permission", "is for any source", put(source_arn=None, source_account=None), CLOSED),
    Bend(
        "aws_lambda_permission",
        "is for everybody",
        put(principal="*", source_arn=None, source_account=None),
        CLOSED,
    ),
    Bend("aws_lambda_permission", "is for the function without its alias", put(qualifier=None), WAYS),
    Bend("aws_lambda_permission", "is for another alias", put(qualifier="latest"), WAYS),
    Bend("aws_lambda_permission", "is for another principal", put(principal="iot.amazonaws.com"), WAYS),
    Bend("aws_lambda_permission", "allows another action", put(action="lambda:GetFunction"), WAYS),
    Bend(
        "aws_lambda_permission",
        "is of another function",
        other("function_name", "aws_lambda_function", "function_name"),
        WAYS,
    ),
    Bend("aws_lambda_function", "is in no VPC", put(vpc_config=None), WAYS),
    Bend(
        "aws_lambda_function",
        "carries no group of its own",
        with_rules(less(0, "vpc_config", "security_group_ids")),
        WAYS,
    ),
    Bend(
        "aws_lambda_function",
        "does not carry the clients' group",
        less(1, "vpc_config", "security_group_ids"),
        ENDPOINT,
    ),
    Bend(
        "aws_lambda_function",
        "carries one group more",
        one_group_more("vpc_config", "security_group_ids"),
        OPENING,
    ),
    Bend("aws_lambda_function", "is in public subnets", moved("public", "vpc_config", "subnet_ids"), PRIVATE),
    Bend(
        "aws_lambda_alias",
        "is of another function",
        other("function_name", "aws_lambda_function", "function_name"),
        WAYS,
    ),
    Bend("aws_ecs_service", "carries no group of its own", on_service(less(0, "security_groups")), WAYS),
    Bend(
        "aws_ecs_service",
        "does not carry the clients' group",
        on_service(less(1, "security_groups")),
        ENDPOINT,
    ),
    Bend("aws_ecs_service", "carries one group more", on_service(one_group_more("security_groups")), OPENING),
    Bend("aws_ecs_service", "has a public address", on_service(put(assign_public_ip=True)), PRIVATE),
    Bend("aws_ecs_service", "is in public subnets", on_service(moved("public", "subnets")), PRIVATE),
    Bend(
        "aws_ecs_service",
        "is behind no load balancer",
        where(lambda b: "load_balancer" in b, put(load_balancer=None)),
        WAYS,
    ),
    Bend(
        "aws_ecs_service",
        "listens on another port",
        where(
            lambda b: "load_balancer" in b,
            lambda b, _: {**b, "load_balancer": [{**b["load_balancer"][0], "container_port": 1}]},
        ),
        WAYS,
    ),
]
