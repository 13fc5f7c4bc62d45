"""Resources written by hand in one line each, and changes of them with what AWS refuses and carries out.

``live_changes_*`` hold the changes. All are applied together, since they have nothing to do with one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Resources = dict[str, dict[str, Any]]
FIRST_NEW: dict[str, Any] = {"lifecycle": {"create_before_destroy": True}}
ZIP = {
    "filename": "code.zip",
    "handler": "a.b",
    "runtime": "python3.13",
    "role": "arn:aws:iam::123456789012:role/r",
}
ANSWER = {"type": "fixed-response", "fixed_response": {"content_type": "text/plain", "status_code": "404"}}
INVOKER = "elasticloadbalancing.amazonaws.com"


@dataclass(frozen=True)
class Case:
    """A change of some resources.

    refused: AWS's error code by address. used_by: what stands in the way. gone, done: what is not there and
    what is there afterwards.
    """

    name: str
    before: Resources
    after: Resources
    refused: dict[str, str] = field(default_factory=dict)
    used_by: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


def grows(name: str, base: Resources, *more: Resources, **outcome: Any) -> Case:
    """A case in which something comes to what is there."""
    return Case(name, base, together(base, *more), **outcome)


def shrinks(name: str, base: Resources, *more: Resources, **outcome: Any) -> Case:
    """A case in which something goes and the base stays."""
    return Case(name, together(base, *more), base, **outcome)


def together(*parts: Resources) -> Resources:
    """The resources of all parts."""
    whole: Resources = {}
    for part in parts:
        for kind, named in part.items():
            whole.setdefault(kind, {}).update(named)
    return whole


def one(kind: str, name: str, /, **body: Any) -> Resources:
    return {f"aws_{kind}": {name: body}}


def ref(kind: str, name: str, attribute: str = "id") -> str:
    return f"${{aws_{kind}.{name}.{attribute}}}"


def vpc(name: str, number: int = 0) -> Resources:
    return one("vpc", name, cidr_block=f"10.{number}.0.0/16")


def subnet(network: str, zone: str, block: str = "", name: str = "", **more: Any) -> Resources:
    """A subnet of a VPC, ``<vpc>_<zone>``, with the zone's own /24."""
    body = {"vpc_id": ref("vpc", network), "availability_zone": f"eu-west-1{zone}"}
    return one(
        "subnet",
        name or f"{network}_{zone}",
        cidr_block=block or f"10.0.{ord(zone) - 97}.0/24",
        **body,
        **more,
    )


def network(name: str, zones: str = "ab", **more: Any) -> Resources:
    return together(vpc(name), *(subnet(name, zone, **more) for zone in zones))


def ids(network: str, zones: Iterable[str]) -> list[str]:
    return [ref("subnet", f"{network}_{zone}") for zone in zones]


def group(name: str, network: str, **more: Any) -> Resources:
    return one("security_group", name, vpc_id=ref("vpc", network), name_prefix=f"{name}-", **more)


def rule(name: str, own: str, other: str, **more: Any) -> Resources:
    ports = {"ip_protocol": "tcp", "from_port": 80, "to_port": 80}
    body = {"security_group_id": ref("security_group", own), "referenced_security_group_id": other}
    return one("vpc_security_group_ingress_rule", name, **ports, **body, **more)


def balancer(name: str, subnets: list[str], /, **more: Any) -> Resources:
    return one("lb", name, **{"name": name.replace("_", "-"), "internal": True, "subnets": subnets, **more})


def listener(
    name: str, balancer: str, action: dict[str, Any] = ANSWER, port: int = 80, **more: Any
) -> Resources:
    arn = ref("lb", balancer, "arn")
    return one("lb_listener", name, load_balancer_arn=arn, port=port, default_action=[action], **more)


def targets(name: str, /, **more: Any) -> Resources:
    return one("lb_target_group", name, **{"name": name.replace("_", "-"), "target_type": "lambda", **more})


def forward(group: str) -> dict[str, Any]:
    return {"type": "forward", "target_group_arn": ref("lb_target_group", group, "arn")}


def path_rule(name: str, listener: str, priority: int, action: dict[str, Any] = ANSWER) -> Resources:
    condition = [{"path_pattern": {"values": [f"/{name}"]}}]
    body = {"listener_arn": ref("lb_listener", listener, "arn"), "action": [action], "condition": condition}
    return one("lb_listener_rule", name, priority=priority, **body)


def function(name: str, subnets: list[str], groups: list[str], **more: Any) -> Resources:
    inside = {"vpc_config": {"subnet_ids": subnets, "security_group_ids": groups}} if subnets else {}
    return one("lambda_function", name, **{"function_name": name, "publish": True, **ZIP, **inside, **more})


def attachment(name: str, **more: Any) -> Resources:
    target, arn = ref("lambda_function", name, "arn"), ref("lb_target_group", name, "arn")
    return one("lb_target_group_attachment", name, target_group_arn=arn, target_id=target, **more)


def permission(name: str) -> Resources:
    body = {
        "action": "lambda:InvokeFunction",
        "principal": INVOKER,
        "source_arn": ref("lb_target_group", name, "arn"),
    }
    return one("lambda_permission", name, function_name=ref("lambda_function", name, "function_name"), **body)


def service(name: str, subnets: list[str], **more: Any) -> Resources:
    body = {
        "name": name,
        "cluster": ref("ecs_cluster", name, "arn"),
        "task_definition": "web:1",
        "desired_count": 1,
    }
    return one("ecs_service", name, **{**body, "network_configuration": {"subnets": subnets}, **more})


def endpoint(name: str, network: str, subnets: list[str], **more: Any) -> Resources:
    body = {
        "vpc_id": ref("vpc", network),
        "service_name": "com.amazonaws.eu-west-1.logs",
        "subnet_ids": subnets,
    }
    return one("vpc_endpoint", name, **{**body, "vpc_endpoint_type": "Interface", **more})


def gateway(network: str, name: str = "", **more: Any) -> Resources:
    return one("internet_gateway", name or network, vpc_id=ref("vpc", network), **more)


def nat(name: str, subnet: str, address: str, **more: Any) -> Resources:
    return one("nat_gateway", name, subnet_id=subnet, allocation_id=address, **more)


def deaf(*arguments: str) -> dict[str, Any]:
    """A resource that keeps these arguments whatever the configuration says: it goes on using what goes."""
    return {"lifecycle": {"ignore_changes": list(arguments)}}


COMMON = together(network("common", "abc"), gateway("common"))
"""A network that no case changes, for those that need one only to be in it."""
AB = ids("common", "ab")
