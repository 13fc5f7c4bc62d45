"""The environment file as a typed model (docs/environment-file.md)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, PrivateAttr

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.alarms import Alarms
from constructs_lib.environment.tables.existing_network import ExistingEndpoint
from constructs_lib.environment.tables.iam import Iam
from constructs_lib.environment.tables.load_balancers import (
    LoadBalancers,
)
from constructs_lib.environment.tables.local_services import LocalService
from constructs_lib.environment.tables.logs import Logs
from constructs_lib.environment.tables.network import (
    NetworkSettings,
    Region,
    Repository,
    State,
)
from constructs_lib.environment.tables.quotas import Quotas
from constructs_lib.environment.tables.section import Section
from constructs_lib.environment.tables.waiver import Waiver
from constructs_lib.environment.tables.workloads import (
    Caller,
    Function,
    Service,
    Workload,
)
from constructs_lib.figures.endpoint_services import endpoint_short_name
from constructs_lib.figures.ids import ACCOUNT_DIGITS
from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.figures.quotas import TAG_KEY_LENGTH, TAG_VALUE_LENGTH, TAGS_PER_RESOURCE
from constructs_lib.problem_words import listed

OUR_TAGS = ("Project", "Environment", "ManagedBy")
# What resources have of their own beside those; a subnet has both.
OWN_TAGS = ("Name", "Tier")
MOST_TAGS = TAGS_PER_RESOURCE - len(OUR_TAGS) - len(OWN_TAGS)
Name = Annotated[str, Field(pattern=forms.NAME.pattern, max_length=20)]


class Environment(Section):
    """One environment: everything that one stack contains."""

    project: Name = Field(
        default="app", description="Name of the project, at most 20 characters; begins every name in AWS."
    )
    environment: Name = Field(
        description="Name of the environment, at most 20 characters. Default: the name of the file."
    )
    region: Region = Field(description='The AWS region, like "us-east-1".')
    account_id: Annotated[str, Field(pattern=forms.ACCOUNT_ID.pattern)] | None = Field(
        default=None,
        description=f"The {ACCOUNT_DIGITS} digits of the AWS account; Terraform then refuses any other "
        "account.",
    )
    assume_role_arn: Annotated[str, Field(pattern=forms.ROLE_ARN.pattern)] | None = Field(
        default=None, description="ARN of an IAM role that Terraform takes on."
    )
    state: State = Field(
        default=State.model_construct(), description="Where Terraform keeps its state. Default: a local file."
    )
    tags: dict[str, str] = Field(
        default={},
        description=f"Tags of every resource, beside {listed(OUR_TAGS)}; at most {MOST_TAGS}. "
        f"Resources have {listed(OWN_TAGS)} of their own. Keys of up to {TAG_KEY_LENGTH} and values of up to "
        f"{TAG_VALUE_LENGTH} characters.",
    )
    iam: Iam = Field(
        default=Iam.model_construct(), description="The account's rules for roles: a boundary, a path."
    )
    logs: Logs = Field(default=Logs.model_construct(), description="What all log groups have in common.")
    network: NetworkSettings = Field(
        default=NetworkSettings.model_construct(), description="The VPC, its subnets and its way out."
    )
    load_balancers: LoadBalancers = Field(
        default=LoadBalancers.model_construct(),
        description="Settings of the load balancers; one that no workload needs is not made.",
    )
    alarms: Alarms | None = Field(
        default=None,
        description="Alarms and a dashboard of everything that the environment makes. Default: none.",
    )
    functions: dict[str, Function] = Field(
        default_factory=dict, description="The Lambda functions, by name (at most 40 characters)."
    )
    services: dict[str, Service] = Field(
        default_factory=dict, description="The ECS services, by name (at most 40 characters)."
    )
    repositories: dict[str, Repository] = Field(
        default_factory=dict, description="ECR repositories to make, by name (at most 40 characters)."
    )
    callers: dict[str, Caller] = Field(
        default_factory=dict,
        description="Workloads that exist already and call ours, by name (at most 40 characters).",
    )

    local: dict[str, LocalService] = Field(
        default_factory=dict,
        description="What answers for ECS services where `run` runs the environment, by service.",
    )
    quotas: Quotas = Field(
        default=Quotas.model_construct(),
        description="Quotas to which AWS raised the account's. Default: AWS's own.",
    )
    waivers: list[Waiver] = Field(
        default=[],
        description="Rules of AWS that this environment may break, each with the reason; one that waives "
        "nothing is a warning.",
    )

    _extension: Path | None = PrivateAttr(default=None)

    @property
    def extension(self) -> Path | None:
        """The Python file beside the environment file that adds resources to its stack, if there is one."""
        return self._extension

    @property
    def name_prefix(self) -> str:
        """What every physical name begins with: ``<project>-<environment>``."""
        return f"{self.project}-{self.environment}"

    @property
    def own_tags(self) -> dict[str, str]:
        """The tags that tell this environment's resources from all others."""
        return {"Project": self.project, "Environment": self.environment}

    @cached_property
    def existing_endpoints(self) -> dict[str, ExistingEndpoint]:
        """The endpoints that the VPC has already, by the short name of their service."""
        existing = self.network.existing
        declared = existing.endpoints if existing else {}
        return {endpoint_short_name(name, self.region): endpoint for name, endpoint in declared.items()}

    @property
    def endpoints_admit_vpc(self) -> bool:
        """Whether interface endpoints admit everybody in the VPC."""
        admit = self.network.endpoints.admit
        return admit == "vpc" or (admit is None and self.network.existing is not None)

    @property
    def vpc_blocks(self) -> tuple[str, ...]:
        """The blocks of the VPC, as far as the file has them."""
        existing = self.network.existing
        return (self.network.cidr, *(existing.other_cidrs if existing else ()))

    @property
    def new_interface_endpoints(self) -> list[str]:
        """The services of [network.endpoints] whose interface endpoint is made, by their short names."""
        shorts = (endpoint_short_name(name, self.region) for name in self.network.endpoints.interface)
        there = {name for name, found in self.existing_endpoints.items() if found.security_group_id}
        return [short for short in shorts if short not in there]

    @cached_property
    def workloads(self) -> dict[str, Workload]:
        """Everything of ours that runs, by name."""
        return {**self.functions, **self.services}

    def place_of(self, workload_name: str) -> tuple[str, str]:
        """Where a workload stands in the file: its table and its name."""
        return "services" if workload_name in self.services else "functions", workload_name

    @cached_property
    def calls(self) -> dict[str, list[str]]:
        """Whom every workload and caller calls, by the name of the one that calls."""
        callers: dict[str, Workload | Caller] = {**self.workloads, **self.callers}
        return {name: caller.calls for name, caller in callers.items()}

    @cached_property
    def _callers(self) -> dict[str, tuple[str, ...]]:
        callers: dict[str, set[str]] = {}
        for caller, callees in self.calls.items():
            for callee in callees:
                callers.setdefault(callee, set()).add(caller)
        return {callee: tuple(sorted(names)) for callee, names in callers.items()}

    def callers_of(self, workload_name: str) -> tuple[str, ...]:
        """The workloads and callers that name this workload in ``calls``, sorted."""
        return self._callers.get(workload_name, ())

    def exposed(self, exposure: str) -> dict[str, Workload]:
        """The workloads behind the load balancer of this name, ``internal`` or ``public``."""
        return {name: workload for name, workload in self.workloads.items() if workload.exposure == exposure}

    def default_port(self, load_balancer: str) -> int:
        """The port of the listener that workloads with ``paths`` share on this load balancer."""
        if load_balancer == "internal":
            internal = self.load_balancers.internal
            return internal.port or (HTTPS if internal.certificate_arn else HTTP)
        return HTTP if self.load_balancers.public.insecure_http else HTTPS

    def listener_port(self, workload_name: str) -> int:
        """The port on which a workload's load balancer listens for it. KeyError: it is behind none."""
        workload = self.workloads[workload_name]
        if workload.exposure == "none":
            raise KeyError(workload_name)
        return workload.port or self.default_port(workload.exposure)
