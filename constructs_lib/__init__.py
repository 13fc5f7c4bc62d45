"""Constructs for private Lambda functions behind an internal load balancer, and their environments.

Names are imported on first use, so that importing a part that is plain Python starts no node.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constructs_lib.alarms.alarms import AlarmOptions as AlarmOptions
    from constructs_lib.alarms.alarms import Alarms as Alarms
    from constructs_lib.compute.autoscaling import Autoscaling as Autoscaling
    from constructs_lib.compute.cluster import Cluster as Cluster
    from constructs_lib.compute.fargate_service import Container as Container
    from constructs_lib.compute.fargate_service import FargateService as FargateService
    from constructs_lib.compute.function_code import ImageCode as ImageCode
    from constructs_lib.compute.function_code import ZipCode as ZipCode
    from constructs_lib.compute.lambda_function import FunctionOptions as FunctionOptions
    from constructs_lib.compute.lambda_function import LambdaFunction as LambdaFunction
    from constructs_lib.compute.repository import Repository as Repository
    from constructs_lib.compute.triggers.options import BucketTrigger as BucketTrigger
    from constructs_lib.compute.triggers.options import EventTrigger as EventTrigger
    from constructs_lib.compute.triggers.options import QueueTrigger as QueueTrigger
    from constructs_lib.compute.triggers.options import ScheduleTrigger as ScheduleTrigger
    from constructs_lib.compute.triggers.options import TopicTrigger as TopicTrigger
    from constructs_lib.environment import Environment as Environment
    from constructs_lib.environment import environment_warnings as environment_warnings
    from constructs_lib.environment import load_environment as load_environment
    from constructs_lib.errors import ConfigError as ConfigError
    from constructs_lib.errors import Problem as Problem
    from constructs_lib.iam.roles import RoleOptions as RoleOptions
    from constructs_lib.load_balancing.access_logs import AccessLogs as AccessLogs
    from constructs_lib.load_balancing.application_load_balancer import (
        ApplicationLoadBalancer as ApplicationLoadBalancer,
    )
    from constructs_lib.load_balancing.application_load_balancer import Callee as Callee
    from constructs_lib.load_balancing.certificate import Certificate as Certificate
    from constructs_lib.load_balancing.target import HealthCheck as HealthCheck
    from constructs_lib.network.endpoints import Endpoints as Endpoints
    from constructs_lib.network.existing_vpc import ExistingEndpoint as ExistingEndpoint
    from constructs_lib.network.existing_vpc import ExistingVpc as ExistingVpc
    from constructs_lib.network.network import Network as Network
    from constructs_lib.network.planning.plan import SubnetPlan as SubnetPlan
    from constructs_lib.network.planning.plan import plan_subnets as plan_subnets
    from constructs_lib.network.security_groups import INTERNET as INTERNET
    from constructs_lib.network.security_groups import AddressRange as AddressRange
    from constructs_lib.network.security_groups import PrefixList as PrefixList
    from constructs_lib.network.security_groups import SecurityGroup as SecurityGroup
    from constructs_lib.network.security_groups import allow as allow
    from constructs_lib.stack import EnvironmentStack as EnvironmentStack
    from constructs_lib.state.backend import use_state as use_state

_HOME = {
    "INTERNET": "network.security_groups",
    "AccessLogs": "load_balancing.access_logs",
    "AddressRange": "network.security_groups",
    "AlarmOptions": "alarms.alarms",
    "Alarms": "alarms.alarms",
    "ApplicationLoadBalancer": "load_balancing.application_load_balancer",
    "Autoscaling": "compute.autoscaling",
    "BucketTrigger": "compute.triggers.options",
    "Callee": "load_balancing.application_load_balancer",
    "Certificate": "load_balancing.certificate",
    "Cluster": "compute.cluster",
    "ConfigError": "errors",
    "Container": "compute.fargate_service",
    "Endpoints": "network.endpoints",
    "Environment": "environment",
    "EnvironmentStack": "stack",
    "EventTrigger": "compute.triggers.options",
    "ExistingEndpoint": "network.existing_vpc",
    "ExistingVpc": "network.existing_vpc",
    "FargateService": "compute.fargate_service",
    "FunctionOptions": "compute.lambda_function",
    "HealthCheck": "load_balancing.target",
    "ImageCode": "compute.function_code",
    "LambdaFunction": "compute.lambda_function",
    "Network": "network.network",
    "PrefixList": "network.security_groups",
    "Problem": "errors",
    "QueueTrigger": "compute.triggers.options",
    "Repository": "compute.repository",
    "RoleOptions": "iam.roles",
    "ScheduleTrigger": "compute.triggers.options",
    "SecurityGroup": "network.security_groups",
    "SubnetPlan": "network.planning.plan",
    "TopicTrigger": "compute.triggers.options",
    "ZipCode": "compute.function_code",
    "allow": "network.security_groups",
    "environment_warnings": "environment",
    "load_environment": "environment",
    "plan_subnets": "network.planning.plan",
    "use_state": "state.backend",
}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
