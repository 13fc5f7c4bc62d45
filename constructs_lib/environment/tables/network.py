"""The tables of the file that describe what workloads share: state, network, images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.existing_network import BY_ZONE, ExistingNetwork
from constructs_lib.environment.tables.section import Section
from constructs_lib.figures import ids
from constructs_lib.figures.endpoint_services import GATEWAY_SERVICES, endpoint_service_name
from constructs_lib.figures.internet import HTTPS
from constructs_lib.figures.load_balancer import FEWEST_ZONES, LONGEST_SUBNET_PREFIX
from constructs_lib.figures.vpc import INTERFACE_ENDPOINTS_PER_VPC, LARGEST_SUBNET, SMALLEST_SUBNET

if TYPE_CHECKING:
    from pydantic.config import JsonDict

Bucket = Annotated[str, Field(pattern=forms.BUCKET.pattern)]
Region = Annotated[str, Field(pattern=forms.REGION.pattern)]
# The subnet plan checks zones, slots and sizes: for those the schema alone has the figures.
ZoneLetter = Annotated[str, Field(json_schema_extra={"pattern": f"^{ids.ZONE_LETTER}$"})]
AllocationId = Annotated[str, Field(pattern=forms.ALLOCATION_ID.pattern)]
_SUBNET_SIZE: JsonDict = {"minimum": LARGEST_SUBNET, "maximum": SMALLEST_SUBNET}

PLAN_KEYS = (
    "cidr",
    "block",
    "occupied",
    "availability_zones",
    "zone_slots",
    "public_prefix",
    "private_prefix",
    "internal_load_balancer_prefix",
    "public_block",
    "private_block",
    "internal_load_balancer_block",
)


class State(Section):
    """Where Terraform keeps its state."""

    backend: Literal["local", "s3", "hcp"] = Field(
        default="local",
        description='"local": a file beside the project, for one person. "s3": a bucket that a team '
        'shares, locked while in use. "hcp": a workspace of HCP Terraform.',
    )
    bucket: Bucket | None = Field(
        default=None, description='Name of the S3 bucket that holds the state; needed with backend = "s3".'
    )
    region: Region | None = Field(
        default=None, description="Region of the bucket. Default: the environment's region."
    )
    kms_key_arn: Annotated[str, Field(pattern=forms.KMS_KEY_ARN.pattern)] | None = Field(
        default=None,
        description="ARN of the KMS key that encrypts the state, in the bucket's region. Default: S3's own "
        "encryption.",
    )
    organization: Annotated[str, Field(pattern=forms.HCP_ORGANIZATION.pattern)] | None = Field(
        default=None, description='Organization in HCP Terraform; needed with backend = "hcp".'
    )
    workspace: Annotated[str, Field(pattern=forms.HCP_WORKSPACE.pattern)] | None = Field(
        default=None,
        description="Workspace in HCP Terraform. Default: <project>-<environment>, unless there are tags.",
    )
    tags: list[Annotated[str, Field(pattern=forms.HCP_TAG.pattern)]] = Field(
        default=[],
        description="Tags of the workspaces among which `terraform workspace select` chooses, instead of "
        "`workspace`.",
    )
    hostname: Annotated[str, Field(pattern=forms.HOSTNAME.pattern)] | None = Field(
        default=None, description="Host of Terraform Enterprise. Default: app.terraform.io."
    )


_GATEWAYS = ", ".join(f'"{name}"' for name in GATEWAY_SERVICES)


class NetworkEndpoints(Section):
    """VPC endpoints by service name, short (``logs``) or full (``com.amazonaws.us-east-1.logs``)."""

    interface: list[str] = Field(
        default=["logs"],
        description="Services reached through an interface endpoint (billed per hour and zone), like "
        '"logs", "sqs", '
        f'"ecr.api" or "{endpoint_service_name("vpce-svc-...", "<region>")}". '
        f"At most {INTERFACE_ENDPOINTS_PER_VPC} in a VPC. In an existing VPC there is none by default: its "
        "name is resolved by every workload there.",
    )
    admit: Literal["vpc", "own"] | None = Field(
        default=None,
        description=f'Whom interface endpoints admit on {HTTPS}: "own": our workloads and the callers; '
        '"vpc": everybody in the VPC. Default: "vpc" in an existing VPC, else "own".',
    )
    policy: str = Field(
        default="account",
        description='What endpoints let through: "account": requests of this account to its own resources '
        'and to those that the file names; "full": everything; or a file of IAM JSON. An interface endpoint '
        'that admits an existing VPC is "full" by default.',
    )
    policies: dict[str, str] = Field(
        default={}, description="The same for single services, by their names as they stand in the lists."
    )
    gateway: list[str] = Field(
        default=["s3", "dynamodb"],
        description=f"Services reached through a gateway endpoint (free): {_GATEWAYS}.",
    )


class NetworkSettings(Section):
    """The VPC, its subnets and its way out."""

    cidr: str = Field(
        default="10.0.0.0/16",
        description=f"IPv4 block of the VPC, /{LARGEST_SUBNET} to /{SMALLEST_SUBNET}, host bits zero.",
    )
    block: str | None = Field(
        default=None,
        description="Part of the VPC's block that this environment's subnets lie in. Default: the whole of "
        "it.",
    )
    occupied: list[str] = Field(
        default=[], description="IPv4 blocks of the VPC that others use: no subnet is put there."
    )
    availability_zones: list[ZoneLetter] = Field(
        default=["a", "b"],
        description="Letters of the availability zones, two or more. A zone's subnets never move when "
        "others come or go.",
        json_schema_extra={"minItems": FEWEST_ZONES, "uniqueItems": True},
    )
    zone_slots: int = Field(
        default=8,
        description="Slots of each tier: a zone takes the slot of its letter (a = 0, b = 1, ..., modulo "
        "this number).",
        json_schema_extra={"enum": [1, 2, 4, 8, 16, 32]},
    )
    public_prefix: int = Field(
        default=24,
        description=f"Prefix length of each public subnet, up to /{SMALLEST_SUBNET}; "
        f"/{LONGEST_SUBNET_PREFIX} or larger where the public load balancer lives.",
        json_schema_extra=_SUBNET_SIZE,
    )
    private_prefix: int = Field(
        default=24,
        description=f"Prefix length of each private subnet, up to /{SMALLEST_SUBNET}; "
        f"/{LONGEST_SUBNET_PREFIX} or larger where the internal load balancer lives.",
        json_schema_extra=_SUBNET_SIZE,
    )
    internal_load_balancer_prefix: int | None = Field(
        default=None,
        description="Prefix length of a tier of its own for the internal load balancer, "
        f"/{LONGEST_SUBNET_PREFIX} or larger. Default: no such tier.",
        json_schema_extra={"minimum": LARGEST_SUBNET, "maximum": LONGEST_SUBNET_PREFIX},
    )
    public_block: str | None = Field(
        default=None, description="IPv4 block of the public tier. Default: the next free place in the block."
    )
    private_block: str | None = Field(
        default=None, description="IPv4 block of the private tier. Default: the beginning of the block."
    )
    internal_load_balancer_block: str | None = Field(
        default=None,
        description="IPv4 block of the internal load balancer's tier. Default: behind the public tier.",
    )
    nat: Literal["none", "single", "per_az", "regional"] = Field(
        default="none",
        description='NAT gateways, the way out for workloads with internet = true: "none", one in '
        '`nat_zone` ("single"), '
        'one in each zone ("per_az"), or one for all zones that is in no subnet, with an address in each '
        'zone ("regional"). Billed per hour and zone.',
    )
    nat_zone: ZoneLetter | None = Field(
        default=None,
        description='Letter of the zone of the single NAT gateway: nat = "single" needs it, so that no other '
        "zone that comes or goes ever moves its address.",
    )
    nat_eip_ids: dict[str, AllocationId] = Field(
        default={},
        description="Allocation ids of Elastic IPs that you have already, by the letter of the zone of the "
        'NAT gateway, or that the regional one serves: { a = "eipalloc-...", b = "eipalloc-..." }. Default: '
        "new ones.",
        json_schema_extra=BY_ZONE,
    )
    flow_logs: bool = Field(
        default=False,
        description="Whether the VPC's traffic is recorded in CloudWatch Logs (billed by volume).",
    )
    existing: ExistingNetwork | None = Field(
        default=None, description="A VPC that exists already. Default: a new one is made."
    )
    endpoints: NetworkEndpoints = Field(
        default=NetworkEndpoints.model_construct(),
        description="VPC endpoints: AWS services reached without the internet.",
    )

    @model_validator(mode="before")
    @classmethod
    def _no_endpoint_for_neighbours(cls, values: Any) -> Any:
        """In a VPC of others an interface endpoint is made where it is asked for alone."""
        if not isinstance(values, dict) or not values.get("existing"):
            return values
        endpoints = values.get("endpoints", {})
        if not isinstance(endpoints, dict) or "interface" in endpoints:
            return values
        return {**values, "endpoints": {**endpoints, "interface": []}}

    @property
    def has_nat(self) -> bool:
        """Whether private subnets have a way to the internet, through NAT gateways new or existing."""
        return self.nat != "none" or bool(self.existing and self.existing.nat_gateway_ids)

    def plan_arguments(self) -> dict[str, Any]:
        """What `plan_subnets` takes from here; where the load balancers live is the environment's to say."""
        return {key: getattr(self, key) for key in PLAN_KEYS}


class Repository(Section):
    """A private ECR repository for the image of a function or a service."""

    keep_images: int = Field(
        default=30, ge=1, le=1000, description="How many of the newest images stay, 1 to 1000."
    )
