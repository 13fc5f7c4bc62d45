"""NAT gateways with their Elastic IPs: one in a zone's public subnet, or a regional one in no subnet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constructs_lib.bindings import Construct, TerraformResource, TerraformResourceLifecycle, aws
from constructs_lib.bindings.addresses import Address
from constructs_lib.figures.quotas import TAG_VALUE_LENGTH
from constructs_lib.names import physical_name


@dataclass(frozen=True)
class NatPlace:
    """Where NAT gateways are made. name: the beginning of their names. address: of the network.

    internet_gateway: for which gateways and addresses wait; None where it is not this stack's to know.
    """

    scope: Construct
    address: Address
    name: str
    internet_gateway: aws.InternetGateway | aws.DataAwsInternetGateway | None


def create_zonal_nat_gateway(
    place: NatPlace, zone: str, *, subnet_id: str, eip_id: str | None, after: TerraformResource | None
) -> str:
    """Create the gateway of a zone, and return its id; routes turn away from it before it goes."""
    tags = _tags(place, zone)
    eip_id = eip_id or _create_address(place, zone)
    gateway = aws.NatGateway(
        place.scope,
        f"nat_{zone}",
        allocation_id=eip_id,
        subnet_id=subnet_id,
        tags=tags,
        depends_on=[way for way in (place.internet_gateway, after) if way] or None,
        lifecycle=users_leave_first(),
    )
    return place.address.give(gateway, "nat", zone).id


def create_regional_nat_gateway(
    place: NatPlace, zones: Sequence[str], *, region: str, vpc_id: str, eip_ids: Mapping[str, str]
) -> str:
    """Create the one gateway of all zones, and return its id.

    Each zone's packets leave from the zone's own Elastic IP, as those of zonal gateways do: where addresses
    are named, AWS adds none by itself. A zone more is an address more, in place.
    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
    """
    addresses = [
        aws.NatGatewayAvailabilityZoneAddress(
            availability_zone=f"{region}{zone}",
            allocation_ids=[eip_ids.get(zone) or _create_address(place, zone)],
        )
        for zone in sorted(zones)
    ]
    gateway = aws.NatGateway(
        place.scope,
        "nat",
        availability_mode="regional",
        vpc_id=vpc_id,
        availability_zone_address=addresses,
        tags=_tags(place),
        depends_on=[place.internet_gateway] if place.internet_gateway else None,
        lifecycle=users_leave_first(),
    )
    return place.address.give(gateway, "nat").id


def _create_address(place: NatPlace, zone: str) -> str:
    eip = aws.Eip(
        place.scope,
        f"eip_nat_{zone}",
        domain="vpc",
        tags=_tags(place, zone),
        depends_on=[place.internet_gateway] if place.internet_gateway else None,
        lifecycle=users_leave_first(),
    )
    return place.address.give(eip, "nat", zone).allocation_id


def _tags(place: NatPlace, *parts: str) -> dict[str, str]:
    return {"Name": physical_name(place.name, "nat", *parts, limit=TAG_VALUE_LENGTH)}


def users_leave_first() -> TerraformResourceLifecycle:
    """Terraform destroys a thing only after those that used it have turned away, where this was so before.

    https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#create_before_destroy
    """
    return TerraformResourceLifecycle(create_before_destroy=True)
