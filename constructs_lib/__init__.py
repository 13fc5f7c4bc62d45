"""Constructs for private Lambda functions behind an internal load balancer, and their environments.

Names are imported on first use, so that importing a part that is plain Python starts no node.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.compute.autoscaling import Autoscaling
    from constructs_lib.compute.cluster import Cluster
    from constructs_lib.compute.fargate_service import Container, FargateService
    from constructs_lib.compute.function_code import ImageCode, ZipCode
    from constructs_lib.compute.lambda_function import FunctionOptions, LambdaFunction
    from constructs_lib.compute.repository import Repository
    from constructs_lib.environment import Environment, environment_warnings, load_environment
    from constructs_lib.errors import ConfigError, Problem
    from constructs_lib.load_balancing.application_load_balancer import ApplicationLoadBalancer, Callee
    from constructs_lib.load_balancing.certificate import Certificate
    from constructs_lib.load_balancing.target import HealthCheck
    from constructs_lib.network.endpoints import Endpoints
    from constructs_lib.network.existing import ExistingEndpoint, ExistingVpc
    from constructs_lib.network.network import Network
    from constructs_lib.network.planning.plan import SubnetPlan, plan_subnets
    from constructs_lib.network.security_groups import (
        INTERNET,
        AddressRange,
        PrefixList,
        SecurityGroup,
        allow,
    )
    from constructs_lib.stack import EnvironmentStack
    from constructs_lib.state.backend import use_state

_HOME = {
    "INTERNET": "network.security_groups",
    "AddressRange": "network.security_groups",
    "ApplicationLoadBalancer": "load_balancing.application_load_balancer",
    "Autoscaling": "compute.autoscaling",
    "Callee": "load_balancing.application_load_balancer",
    "Certificate": "load_balancing.certificate",
    "Cluster": "compute.cluster",
    "ConfigError": "errors",
    "Container": "compute.fargate_service",
    "Endpoints": "network.endpoints",
    "Environment": "environment",
    "EnvironmentStack": "stack",
    "ExistingEndpoint": "network.existing",
    "ExistingVpc": "network.existing",
    "FargateService": "compute.fargate_service",
    "FunctionOptions": "compute.lambda_function",
    "HealthCheck": "load_balancing.target",
    "ImageCode": "compute.function_code",
    "LambdaFunction": "compute.lambda_function",
    "Network": "network.network",
    "PrefixList": "network.security_groups",
    "Problem": "errors",
    "Repository": "compute.repository",
    "SecurityGroup": "network.security_groups",
    "SubnetPlan": "network.planning.plan",
    "ZipCode": "compute.function_code",
    "allow": "network.security_groups",
    "environment_warnings": "environment",
    "load_environment": "environment",
    "plan_subnets": "network.planning.plan",
    "use_state": "state.backend",
}

__all__ = [
    "INTERNET",
    "AddressRange",
    "ApplicationLoadBalancer",
    "Autoscaling",
    "Callee",
    "Certificate",
    "Cluster",
    "ConfigError",
    "Container",
    "Endpoints",
    "Environment",
    "EnvironmentStack",
    "ExistingEndpoint",
    "ExistingVpc",
    "FargateService",
    "FunctionOptions",
    "HealthCheck",
    "ImageCode",
    "LambdaFunction",
    "Network",
    "PrefixList",
    "Problem",
    "Repository",
    "SecurityGroup",
    "SubnetPlan",
    "ZipCode",
    "allow",
    "environment_warnings",
    "load_environment",
    "plan_subnets",
    "use_state",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
