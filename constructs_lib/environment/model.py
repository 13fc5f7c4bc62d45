"""The environment file as a typed model (DESIGN: "The environment file")."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """A table of the file: unknown keys are errors, values are never coerced, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class State(Section):
    """Where Terraform keeps its state."""

    backend: Literal["local", "s3"] = "local"
    bucket: str | None = None
    region: str | None = None
    kms_key_arn: str | None = None


class NetworkEndpoints(Section):
    """VPC endpoints by service name, short (``logs``) or full (``com.amazonaws.us-east-1.logs``)."""

    interface: list[str] = ["logs"]
    gateway: list[str] = ["s3", "dynamodb"]


class NetworkSettings(Section):
    """The VPC, its subnets and its way out."""

    cidr: str = "10.0.0.0/16"
    block: str | None = None
    occupied: list[str] = []
    availability_zones: list[str] = ["a", "b"]
    zone_slots: int = 8
    public_prefix: int = 24
    private_prefix: int = 24
    internal_load_balancer_prefix: int | None = None
    public_block: str | None = None
    private_block: str | None = None
    internal_load_balancer_block: str | None = None
    nat: Literal["none", "single", "per_az"] = "none"
    nat_zone: str | None = None
    nat_eip_ids: list[str] = []
    flow_logs: bool = False
    endpoints: NetworkEndpoints = NetworkEndpoints()


class LoadBalancerSettings(Section):
    """What both load balancers have in common."""

    deletion_protection: bool = False
    access_logs_bucket: str | None = None
    idle_timeout_s: int | None = None


class InternalLoadBalancer(LoadBalancerSettings):
    """The load balancer that protected workloads sit behind."""

    port: int = 80
    shared_listener: bool = False


class PublicLoadBalancer(LoadBalancerSettings):
    """The internet-facing load balancer."""

    certificate_arn: str | None = None
    allowed_cidrs: list[str] = ["0.0.0.0/0"]
    insecure_http: bool = False


class LoadBalancers(Section):
    """Both load balancers; one that no workload needs is not made."""

    internal: InternalLoadBalancer = InternalLoadBalancer()
    public: PublicLoadBalancer = PublicLoadBalancer()


class Egress(Section):
    """Something else that a workload may reach: exactly one of the three targets, and a TCP port."""

    security_group_id: str | None = None
    cidr: str | None = None
    prefix_list_id: str | None = None
    port: int


class Workload(Section):
    """What functions and services have in common."""

    exposure: Literal["internal", "public", "none"] = "none"
    port: int | None = None
    paths: list[str] = []
    priority: int | None = None
    calls: list[str] = []
    internet: bool = False
    egress: dict[str, Egress] = {}
    environment: dict[str, str] = {}
    log_retention_days: int = 30


class Function(Workload):
    """A Lambda function from a folder of source code."""

    source: str
    handler: str = "handler.handler"
    runtime: str = "python3.13"
    architecture: Literal["arm64", "x86_64"] = "arm64"
    memory_mb: int = 256
    timeout_s: int = 10


class Caller(Section):
    """A workload that exists already: only the port of what it calls is opened to its security group."""

    security_group_id: str
    calls: list[str] = []


class Environment(Section):
    """One environment: everything that one stack contains."""

    project: str = "app"
    environment: str
    region: str
    account_id: str | None = None
    assume_role_arn: str | None = None
    state: State = State()
    tags: dict[str, str] = {}
    network: NetworkSettings = NetworkSettings()
    load_balancers: LoadBalancers = LoadBalancers()
    functions: dict[str, Function] = Field(default_factory=dict)
    callers: dict[str, Caller] = Field(default_factory=dict)
