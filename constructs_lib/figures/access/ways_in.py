"""IAM actions whose holder gets to a workload, or lets others in: ways around every network filter.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Effect = Literal["invokes", "changes", "opens"]
"""``invokes``: it gets an answer. ``changes``: it puts its own code or version in the place. ``opens``: it
lets others in, so that it counts for the workload's own role, too.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """What the holder of an action does, in words that follow ``and so``.

    on: the kind of resource that the action is asked for; ``anything`` where IAM knows no narrower one.
    """

    does: str
    effect: Effect
    on: Literal["function", "service", "security group", "load balancing", "anything"]


# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
FUNCTION_WAYS: Mapping[str, Way] = {
    "lambda:InvokeFunction": Way("invokes it", "invokes", "function"),
    "lambda:InvokeAsync": Way("invokes it", "invokes", "function"),
    "lambda:InvokeFunctionUrl": Way("invokes it", "invokes", "function"),
    "lambda:UpdateFunctionCode": Way("replaces its code", "changes", "function"),
    "lambda:UpdateFunctionConfiguration": Way("changes its layers and its network", "changes", "function"),
    "lambda:UpdateAlias": Way("turns its alias to another version", "changes", "function"),
    "lambda:AddPermission": Way("lets others invoke it", "opens", "function"),
    "lambda:CreateEventSourceMapping": Way("lets a queue or a stream invoke it", "opens", "anything"),
    "lambda:UpdateEventSourceMapping": Way("lets a queue or a stream invoke it", "opens", "anything"),
}

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
SERVICE_WAYS: Mapping[str, Way] = {
    "ecs:ExecuteCommand": Way("runs commands in its tasks", "changes", "anything"),
    "ecs:UpdateService": Way("replaces what it runs", "changes", "service"),
}

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
NETWORK_WAYS: Mapping[str, Way] = {
    "ec2:AuthorizeSecurityGroupIngress": Way("opens its security groups", "opens", "security group"),
    "ec2:ModifySecurityGroupRules": Way("opens its security groups", "opens", "security group"),
    "elasticloadbalancing:CreateListener": Way("leads others to it", "opens", "load balancing"),
    "elasticloadbalancing:CreateRule": Way("leads others to it", "opens", "load balancing"),
    "elasticloadbalancing:ModifyListener": Way("leads others to it", "opens", "load balancing"),
    "elasticloadbalancing:ModifyRule": Way("leads others to it", "opens", "load balancing"),
    "elasticloadbalancing:SetSecurityGroups": Way("opens its load balancer", "opens", "load balancing"),
}
