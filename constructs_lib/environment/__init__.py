"""The environment file: a typed model, and every problem of a file reported at once. Knows nothing of
cdktf."""

from constructs_lib.environment.advice.warnings import environment_warnings
from constructs_lib.environment.load import load_environment
from constructs_lib.environment.subnets import subnet_plan
from constructs_lib.environment.tables.environment import (
    Caller,
    Egress,
    Environment,
    ExistingEndpoint,
    ExistingNetwork,
    Function,
    InternalLoadBalancer,
    LoadBalancers,
    LoadBalancerSettings,
    NetworkEndpoints,
    NetworkSettings,
    PublicLoadBalancer,
    Service,
    State,
    Workload,
)
from constructs_lib.environment.tables.waiver import Waiver

__all__ = [
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
    "Service",
    "State",
    "Waiver",
    "Workload",
    "environment_warnings",
    "load_environment",
    "subnet_plan",
]
