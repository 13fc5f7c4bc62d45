"""A VPC that somebody else made, as a network takes it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ExistingEndpoint:
    """Endpoints of one service that the VPC has already.

    security_group_id: of the interface endpoint; a rule of ours in it admits the endpoints' clients.
    gateway_endpoint_id: of the gateway endpoint, to which our route tables are added. A Terraform
    configuration that lists that endpoint's route tables itself (``route_table_ids``) would remove ours.
    """

    security_group_id: str | None = None
    gateway_endpoint_id: str | None = None


@dataclass(frozen=True)
class ExistingVpc:
    """A VPC and what of it is used; nothing of it is changed but by rules and associations of our own.

    own_tags: put on our subnets, which are known by them, so that they are no conflict for the next plan.
    internet_gateway_id: the one attached to the VPC; new public subnets need it.
    public_subnet_ids, nat_gateway_ids: used instead of new ones, by the letter of the zone; where there
    are NAT gateways, each zone needs one. endpoints: by service name, short or full.
    """

    vpc_id: str
    own_tags: Mapping[str, str]
    internet_gateway_id: str | None = None
    public_subnet_ids: Mapping[str, str] = field(default_factory=dict)
    nat_gateway_ids: Mapping[str, str] = field(default_factory=dict)
    endpoints: Mapping[str, ExistingEndpoint] = field(default_factory=dict)
