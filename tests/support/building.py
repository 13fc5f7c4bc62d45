"""What tests of constructs build with: a stack with a network, and folders of handler code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from constructs_lib import ApplicationLoadBalancer, Endpoints, LambdaFunction, Network, ZipCode, plan_subnets
from constructs_lib.bindings import TerraformStack, aws
from constructs_lib.bindings import Testing as CdktfTesting

CIDR = "10.0.0.0/16"


def new_stack() -> TerraformStack:
    stack = TerraformStack(CdktfTesting.app(), "stack")
    aws.AwsProvider(stack, "aws", region="eu-west-1")
    return stack


def network(
    stack: TerraformStack,
    *,
    zones: tuple[str, ...] = ("a", "b"),
    plan: dict[str, Any] | None = None,
    **more: Any,
) -> Network:
    subnets = plan_subnets(cidr=CIDR, availability_zones=zones, **(plan or {}))
    return Network(stack, "network", name="shop-dev", region="eu-west-1", cidr=CIDR, plan=subnets, **more)


def endpoints(stack: TerraformStack, net: Network, **more: Any) -> Endpoints:
    return Endpoints(stack, "endpoints", network=net, **more)


def load_balancer(stack: TerraformStack, net: Network, **more: Any) -> ApplicationLoadBalancer:
    more = {"name": "shop-dev-internal", "exposure": "internal", **more}
    return ApplicationLoadBalancer(stack, more["exposure"], network=net, **more)


def function(
    stack: TerraformStack, net: Network, folder: Path, name: str = "inventory", **more: Any
) -> LambdaFunction:
    source = folder / name
    source.mkdir(exist_ok=True)
    (source / "handler.py").write_text("def handler(event, context):\n    return {}\n")
    more = {"code": ZipCode(source), **more}
    return LambdaFunction(stack, name, name=f"shop-dev-{name}", network=net, **more)
