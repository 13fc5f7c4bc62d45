"""The tables of the file that describe what runs, and who calls it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.section import Port, Section
from constructs_lib.environment.tables.triggers import Trigger
from constructs_lib.figures.cloudwatch_logs import LOG_RETENTION_DAYS
from constructs_lib.figures.containers.ecr import registry_host
from constructs_lib.figures.containers.ecs import TASKS
from constructs_lib.figures.containers.fargate_sizes import CPU_UNITS_PER_VCPU, FARGATE_SIZES
from constructs_lib.figures.internet import HTTPS, PORT
from constructs_lib.figures.lambda_tables import (
    DEFAULT_EPHEMERAL_STORAGE_MB,
    ENVIRONMENT_BYTES,
    EPHEMERAL_STORAGE_MB,
    HANDLER_LENGTH,
    LAYERS_PER_FUNCTION,
    MEMORY_MB,
    TIMEOUT_S,
    Runtime,
)
from constructs_lib.figures.load_balancer import RULE_PRIORITY, VALUES_PER_RULE
from constructs_lib.names import CALLEE_URLS, CalleeUrls, callee_urls_text


def _one_error(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """One error for a value of neither type: pydantic has one for each, at places that no file has."""
    try:
        return validate(value)
    except ValidationError:
        raise PydanticCustomError("policy_type", "neither a text nor a table") from None


_CPU_UNITS = "{}, {}, ... {}".format(*sorted(FARGATE_SIZES)[:2], max(FARGATE_SIZES))
Policy = Annotated[str | dict[str, Any], WrapValidator(_one_error)]
Secrets = dict[str, Annotated[str, Field(pattern=forms.SECRET_ARN.pattern)]]
SecurityGroupId = Annotated[str, Field(pattern=forms.SECURITY_GROUP_ID.pattern)]


class Egress(Section):
    """Something else that a workload may reach: exactly one of the three targets, and a TCP port."""

    security_group_id: SecurityGroupId | None = Field(
        default=None, description="Id of the target's security group."
    )
    cidr: str | None = Field(default=None, description="IPv4 block of the target, host bits zero.")
    prefix_list_id: Annotated[str, Field(pattern=forms.PREFIX_LIST_ID.pattern)] | None = Field(
        default=None, description="Id of a prefix list that holds the target's blocks."
    )
    port: Port = Field(description=f"TCP port of the target, {PORT}.")


class Workload(Section):
    """What functions and services have in common."""

    exposure: Literal["internal", "public", "none"] = Field(
        default="none",
        description='Who may call it: "internal": the workloads that name it in `calls`; "public": whoever '
        "reaches the public "
        'load balancer; "none": nobody.',
    )
    port: Port | None = Field(
        default=None, description=f"A listener of its own on this port, {PORT}; or `paths` instead."
    )
    paths: list[str] = Field(
        default=[],
        description='Paths that lead to it on the shared listener, like "/inventory/*"; at most '
        f"{VALUES_PER_RULE}; or `port` instead.",
        json_schema_extra={"maxItems": VALUES_PER_RULE},
    )
    hosts: list[Annotated[str, AfterValidator(str.lower)]] = Field(
        default=[],
        description="Names that lead to it on the public load balancer's shared listener, like "
        '"api.example.com" or "*.example.com"; all their paths, or those of `paths`; together at most '
        f"{VALUES_PER_RULE}.",
        json_schema_extra={"maxItems": VALUES_PER_RULE},
    )
    priority: int | None = Field(
        default=None,
        description=f"Priority of its listener rule, {RULE_PRIORITY}, the lowest wins. Default: the most "
        "specific host wins, then the most specific path.",
        json_schema_extra={"minimum": RULE_PRIORITY.least, "maximum": RULE_PRIORITY.most},
    )
    calls: list[str] = Field(
        default=[], description="Names of the internal workloads that it calls; each gives it `<NAME>_URL`."
    )
    callee_urls: CalleeUrls = Field(
        default="variables",
        description='How it learns the addresses of what it calls: "variables": `<NAME>_URL` for each; '
        f'"json": {CALLEE_URLS} for all, {callee_urls_text("http://<host>", {"inventory": 8080})}, which is '
        "far shorter where there are many.",
    )
    internet: bool = Field(
        default=False,
        description=f"Whether it may reach port {HTTPS} anywhere, through a NAT gateway; in an existing VPC "
        f"that includes {HTTPS} of everything there that admits it.",
    )
    egress: dict[str, Egress] = Field(
        default={}, description="Anything else that it may reach, by a name of yours."
    )
    environment: dict[str, str] = Field(
        default={},
        description=f"Environment variables; for a function at most {ENVIRONMENT_BYTES} bytes with the "
        "generated ones.",
    )
    policies: list[Policy] = Field(
        default=[],
        description="What its code may do: IAM policy files (JSON, relative to the folder of main.py) or "
        "statements as tables.",
    )
    log_retention_days: int = Field(
        default=30,
        description="Days that its logs are kept; one of the values that CloudWatch Logs knows.",
        json_schema_extra={"enum": [*LOG_RETENTION_DAYS]},
    )

    @property
    def is_routed(self) -> bool:
        """Whether a rule of the shared listener leads to it: it has paths, or hosts."""
        return bool(self.paths or self.hosts)


class Function(Workload):
    """A Lambda function from a folder of source code."""

    source: str | None = Field(
        default=None,
        description="Folder of its code, relative to the folder of main.py; or `image` instead.",
        min_length=1,
    )
    image: str | None = Field(
        default=None,
        description="Container image in a private ECR repository of the same region, best with its digest: "
        f'"{registry_host("<account id>", "<region>")}/<name>@sha256:..."; or `source` instead.',
    )
    handler: str = Field(
        default="handler.handler",
        description='What Lambda calls, in the runtime\'s form; for Python "<module>.<function>". At most '
        f"{HANDLER_LENGTH} characters.",
        max_length=HANDLER_LENGTH,
    )
    runtime: Runtime = Field(default="python3.13", description='The Lambda runtime, like "python3.13".')
    architecture: Literal["arm64", "x86_64"] = Field(
        default="arm64", description='"arm64" (cheaper) or "x86_64" (for binaries that need it).'
    )
    memory_mb: int = Field(
        default=256,
        ge=MEMORY_MB.least,
        le=MEMORY_MB.most,
        description=f"Memory in MB, {MEMORY_MB}; CPU grows with it.",
    )
    timeout_s: int = Field(
        default=10,
        ge=TIMEOUT_S.least,
        le=TIMEOUT_S.most,
        description=f"Seconds before Lambda stops an invocation, {TIMEOUT_S}. Default of a function that "
        "calls others: 5 more than the slowest of them.",
    )

    ephemeral_storage_mb: int = Field(
        default=DEFAULT_EPHEMERAL_STORAGE_MB,
        ge=EPHEMERAL_STORAGE_MB.least,
        le=EPHEMERAL_STORAGE_MB.most,
        description=f"Size of /tmp in MB, {EPHEMERAL_STORAGE_MB}.",
    )
    layers: list[Annotated[str, Field(pattern=forms.LAYER_ARN.pattern)]] = Field(
        default=[],
        description=f"ARNs of layer versions, at most {LAYERS_PER_FUNCTION}.",
        max_length=LAYERS_PER_FUNCTION,
    )
    tracing: bool = Field(default=False, description="Whether X-Ray traces its invocations.")
    reserved_concurrency: int | None = Field(
        default=None, ge=0, description="Most invocations at a time, taken from the account's; 0 stops it."
    )
    provisioned_concurrency: int | None = Field(
        default=None, ge=1, description="Environments that are kept warm for its alias (billed by the hour)."
    )
    secrets: Secrets = Field(
        default={},
        description="Secrets that its code may read, by ARN of Secrets Manager or SSM; it finds the ARN in "
        "`<NAME>_ARN`.",
    )
    kms_key_arn: Annotated[str, Field(pattern=forms.KMS_KEY_ARN.pattern)] | None = Field(
        default=None, description="ARN of the KMS key that encrypts its environment variables."
    )
    health_check_path: str | None = Field(
        default=None,
        description="Path that its load balancer requests to see that it answers; each check is an "
        "invocation. Default: no health check.",
    )
    triggers: dict[str, Trigger] = Field(
        default={},
        description="What invokes it beside a load balancer, by a name of yours: queues, schedules, events.",
    )


class Autoscaling(Section):
    """How many tasks a service runs, by its load."""

    min_count: int = Field(ge=0, le=TASKS.most, description=f"Fewest tasks, {TASKS}.")
    max_count: int = Field(ge=1, le=TASKS.most, description=f"Most tasks, 1 to {TASKS.most}.")
    cpu_percent: int | None = Field(
        default=None, ge=1, le=100, description="Average use of CPU to aim at, 1 to 100."
    )
    requests_per_target: int | None = Field(
        default=None, ge=1, description="Requests per task and minute to aim at; needs a way in."
    )


class Service(Workload):
    """An ECS service on Fargate."""

    image: str = Field(description="Container image, best with its digest.", min_length=1)
    container_port: Port = Field(description=f"Port that the container listens on, {PORT}.")
    cpu: int = Field(
        default=256, description=f"CPU units of a task, {CPU_UNITS_PER_VCPU} for one vCPU: {_CPU_UNITS}."
    )
    memory_mb: int = Field(default=512, description="Memory of a task in MB; Fargate pairs it with cpu.")
    architecture: Literal["arm64", "x86_64"] = Field(
        default="x86_64", description='"arm64" (cheaper) or "x86_64"; the image must have been built for it.'
    )
    desired_count: int = Field(
        default=2,
        ge=0,
        le=TASKS.most,
        description=f"Tasks that run at a time, {TASKS}; with autoscaling, those that it begins with.",
    )
    autoscaling: Autoscaling | None = Field(
        default=None, description="Bounds and goals of the number of tasks. Default: it stays the same."
    )
    health_check_path: str = Field(
        default="/", description="Path that its load balancer requests to see that a task answers."
    )
    read_only_root_filesystem: bool = Field(
        default=True,
        description="Whether the container can write to volumes only; false for one that has to, as nginx.",
    )
    user: Annotated[str, Field(pattern=forms.CONTAINER_USER.pattern)] | None = Field(
        default=None,
        description='User that the container runs as, like "1000" or "1000:1000". Default: the image\'s own.',
    )
    secrets: Secrets = Field(
        default={},
        description="Environment variables whose values ECS reads, by ARN of Secrets Manager or SSM.",
    )

    @property
    def first_count(self) -> int:
        """The tasks that it begins with: ``desired_count``, within the bounds of autoscaling."""
        if self.autoscaling is None:
            return self.desired_count
        return min(max(self.desired_count, self.autoscaling.min_count), self.autoscaling.max_count)


class Caller(Section):
    """A workload that exists already: only the port of what it calls is opened to its security group."""

    security_group_id: SecurityGroupId = Field(description="Id of the caller's security group.")
    calls: list[str] = Field(default=[], description="Names of the internal workloads that it calls.")
