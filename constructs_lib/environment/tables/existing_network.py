"""The tables of the file that describe a VPC that somebody else made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.section import Section
from constructs_lib.environment.tables.workloads import SecurityGroupId
from constructs_lib.figures import ids
from constructs_lib.figures.internet import HTTPS

if TYPE_CHECKING:
    from pydantic.config import JsonDict

SubnetId = Annotated[str, Field(pattern=forms.SUBNET_ID.pattern)]
NatGatewayId = Annotated[str, Field(pattern=forms.NAT_GATEWAY_ID.pattern)]
BY_ZONE: JsonDict = {"propertyNames": {"pattern": f"^{ids.ZONE_LETTER}$"}}


class ExistingEndpoint(Section):
    """Endpoints of one service that the VPC has already: an interface one, a gateway one, or both."""

    security_group_id: SecurityGroupId | None = Field(
        default=None,
        description="Id of the security group of the VPC's interface endpoint: none is made, and a rule "
        f"that is written into this group admits our workloads on port {HTTPS}.",
    )
    gateway_endpoint_id: Annotated[str, Field(pattern=forms.VPC_ENDPOINT_ID.pattern)] | None = Field(
        default=None,
        description="Id of the VPC's gateway endpoint: none is made, and our route tables are added to it. "
        "Default: one of our own, which is free.",
    )


class ExistingNetwork(Section):
    """A VPC that exists already: it and its internet gateway are used, never changed."""

    vpc_id: Annotated[str, Field(pattern=forms.VPC_ID.pattern)] = Field(
        description='Id of the VPC, like "vpc-0123456789abcdef0".'
    )
    other_cidrs: list[str] = Field(
        default=[],
        description='The VPC\'s blocks beside network.cidr, like "10.1.0.0/16": endpoints that admit '
        "the VPC admit them, too.",
    )
    internet_gateway_id: Annotated[str, Field(pattern=forms.INTERNET_GATEWAY_ID.pattern)] | None = Field(
        default=None,
        description="Id of its internet gateway, which new public subnets are routed to. Default: there "
        "are no new public subnets.",
    )
    public_subnet_ids: dict[str, SubnetId] = Field(
        default={},
        description="Its public subnets that are used instead of new ones, by the letter of their zone: "
        '{ a = "subnet-...", b = "subnet-..." }.',
        json_schema_extra=BY_ZONE,
    )
    nat_gateway_ids: dict[str, NatGatewayId] = Field(
        default={},
        description="Its NAT gateways that are used instead of new ones, by the letter of the zone whose "
        "private subnet uses it; each zone needs one, and two may name the same.",
        json_schema_extra=BY_ZONE,
    )
    endpoints: dict[str, ExistingEndpoint] = Field(
        default={},
        description="Endpoints that the VPC has already, by service name: used instead of new ones, "
        "whether or not [network.endpoints] names them.",
    )

    @property
    def makes_public_tier(self) -> bool:
        """Whether new public subnets are made: there is a gateway for them, and there are no others."""
        return self.internet_gateway_id is not None and not self.public_subnet_ids
