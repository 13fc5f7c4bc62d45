"""The environment file: a typed model, and every problem of a file reported at once. Knows nothing of
cdktf."""

from constructs_lib.environment.advice.warnings import environment_warnings
from constructs_lib.environment.load import load_environment
from constructs_lib.environment.subnets import subnet_plan
from constructs_lib.environment.tables.environment import Environment
from constructs_lib.environment.tables.existing_network import ExistingEndpoint, ExistingNetwork
from constructs_lib.environment.tables.load_balancers import (
    InternalLoadBalancer,
    LoadBalancers,
    LoadBalancerSettings,
    PublicLoadBalancer,
)
from constructs_lib.environment.tables.network import NetworkEndpoints, NetworkSettings, State
from constructs_lib.environment.tables.quotas import AWS_QUOTAS, Quotas
from constructs_lib.environment.tables.waiver import Waiver
from constructs_lib.environment.tables.workloads import Caller, Egress, Function, Service, Workload

__all__ = [
    "AWS_QUOTAS",
    "Caller",
    "Egress",
    "Environment",
    "ExistingEndpoint",
    "ExistingNetwork",
    "Function",
    "InternalLoadBalancer",
    "LoadBalancerSettings",
    "LoadBalancers",
    "NetworkEndpoints",
    "NetworkSettings",
    "PublicLoadBalancer",
    "Quotas",
    "Service",
    "State",
    "Waiver",
    "Workload",
    "environment_warnings",
    "load_environment",
    "subnet_plan",
]
