"""The tables of the file that describe what runs, and who calls it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from . import forms
from .lambda_tables import LOG_RETENTION_DAYS, Runtime
from .section import Port, Section

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
    port: Port = Field(description="TCP port of the target, 1 to 65535.")


class Workload(Section):
    """What functions and services have in common."""

    exposure: Literal["internal", "public", "none"] = Field(
        default="none",
        description='Who may call it: "internal": the workloads that name it in `calls`; "public": whoever '
        "reaches the public "
        'load balancer; "none": nobody.',
    )
    port: Port | None = Field(
        default=None, description="A listener of its own on this port, 1 to 65535; or `paths` instead."
    )
    paths: list[str] = Field(
        default=[],
        description='Paths that lead to it on the shared listener, like "/inventory/*"; at most 5; or '
        "`port` instead.",
        json_schema_extra={"maxItems": 5},
    )
    priority: int | None = Field(
        default=None,
        description="Priority of its listener rule, 1 to 50000, the lowest wins. Default: the most "
        "specific path wins.",
        json_schema_extra={"minimum": 1, "maximum": 50000},
    )
    calls: list[str] = Field(
        default=[], description="Names of the internal workloads that it calls; each gives it `<NAME>_URL`."
    )
    internet: bool = Field(
        default=False, description="Whether it may reach port 443 anywhere, through a NAT gateway."
    )
    egress: dict[str, Egress] = Field(
        default={}, description="Anything else that it may reach, by a name of yours."
    )
    environment: dict[str, str] = Field(
        default={},
        description="Environment variables; for a function at most 4096 bytes with the generated ones.",
    )
    log_retention_days: int = Field(
        default=30,
        description="Days that its logs are kept; one of the values that CloudWatch Logs knows.",
        json_schema_extra={"enum": [*LOG_RETENTION_DAYS]},
    )


class Function(Workload):
    """A Lambda function from a folder of source code."""

    source: str = Field(description="Folder of its code, relative to the folder of main.py.", min_length=1)
    handler: str = Field(
        default="handler.handler",
        description='What Lambda calls, in the runtime\'s form; for Python "<module>.<function>". At most '
        "128 characters.",
        max_length=128,
    )
    runtime: Runtime = Field(default="python3.13", description='The Lambda runtime, like "python3.13".')
    architecture: Literal["arm64", "x86_64"] = Field(
        default="arm64", description='"arm64" (cheaper) or "x86_64" (for binaries that need it).'
    )
    memory_mb: int = Field(
        default=256, ge=128, le=10240, description="Memory in MB, 128 to 10240; CPU grows with it."
    )
    timeout_s: int = Field(
        default=10, ge=1, le=900, description="Seconds before Lambda stops an invocation, 1 to 900."
    )


class Caller(Section):
    """A workload that exists already: only the port of what it calls is opened to its security group."""

    security_group_id: SecurityGroupId = Field(description="Id of the caller's security group.")
    calls: list[str] = Field(default=[], description="Names of the internal workloads that it calls.")
