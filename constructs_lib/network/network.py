"""The VPC, its tiers of subnets and their way out."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import get_args

from constructs_lib.bindings import (
    Construct,
    TerraformResource,
    address_of,
    aws,
    json_text,
)
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures import principals
from constructs_lib.figures.internet import ANYWHERE_IPV4
from constructs_lib.figures.quotas import ROLE_NAME_LENGTH, TAG_VALUE_LENGTH
from constructs_lib.iam import RoleOptions, assume_role_policy, flow_logs_policy
from constructs_lib.names import physical_name
from constructs_lib.network.account import account_of
from constructs_lib.network.existing_vpc import ExistingVpc
from constructs_lib.network.existing_vpc_data import (
    adopt_internet_gateway,
    adopt_nat_gateways,
    adopt_public_subnets,
    adopt_vpc,
    meets_no_other,
    read_overlaps,
)
from constructs_lib.network.nat_gateways import (
    NatPlace,
    create_regional_nat_gateway,
    create_zonal_nat_gateway,
    users_leave_first,
)
from constructs_lib.network.planning.nat_placement import Nat, by_private_zone, nat_problems, nat_zones
from constructs_lib.network.planning.plan import SubnetPlan
from constructs_lib.option_checks import chosen, known_region, known_zones, refuse

FLOW_LOG_RETENTION_DAYS = 30


class Network(Construct):
    """A VPC with a public and a private tier, and one for the internal load balancer if planned.

    existing: the VPC that gets the tiers, instead of a new one; see ``ExistingVpc``.
    name: beginning of all physical names, such as ``shop-dev``. region: the provider's (``eu-west-1``).
    cidr: the VPC's block. plan: see ``plan_subnets``; the availability zones are the letters of the plan.
    nat: ``none``, ``single`` (in nat_zone, which it needs), ``per_az``, or ``regional``: one for all zones.
    nat_eip_ids: allocation ids of Elastic IPs that exist, by the zone whose packets leave from them; the rest
    is made.
    flow_logs: whether to log accepted and rejected traffic to CloudWatch. roles: the account's rules for the
    role by which they are written. log_key_arn: KMS key of their log group.

    Attributes: ``vpc`` and ``vpc_id``, ``internet_gateway``; ``public_subnet_ids``, ``private_subnet_ids``,
    ``internal_load_balancer_subnet_ids``, ``private_route_table_ids`` and ``nat_gateway_ids``, by the letter
    of the zone; ``regional_nat_gateway_id``; ``public_route`` to the internet; ``identity``: what tells one
    network from others. ``name``, ``region``, ``cidr``, ``plan`` and ``existing`` are as given.

    Whatever uses a subnet leaves it before it goes, and joins the one in its place once that has its routes:
    ``public_ready`` and ``private_ready`` are what workloads and load balancers wait for.

    Raises ConfigError: the region or a zone's letter is none of AWS's, new public subnets are planned in an
    existing VPC without an internet gateway, nat is
    ``single`` without its zone, or a zone of the existing NAT gateways is missing.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        region: str,
        cidr: str,
        plan: SubnetPlan,
        nat: Nat = "none",
        nat_zone: str | None = None,
        nat_eip_ids: Mapping[str, str] | None = None,
        flow_logs: bool = False,
        existing: ExistingVpc | None = None,
        roles: RoleOptions = RoleOptions(),  # noqa: B008 - it never changes
        log_key_arn: str | None = None,
    ) -> None:
        refuse(
            known_region("region", region),
            known_zones("plan", plan.private, region),
            chosen("nat", nat, get_args(Nat)),
        )
        super().__init__(scope, id_)
        self.name = name
        self.region = region
        self.cidr = cidr
        self.identity = existing.vpc_id if existing else cidr
        self.plan = plan
        self.existing = existing
        self._address = address_of(self)
        self.vpc: aws.Vpc | aws.DataAwsVpc
        self.internet_gateway: aws.InternetGateway | aws.DataAwsInternetGateway | None = None
        self.public_route: aws.Route | None = None
        if existing:
            self._adopt_vpc(existing)
        else:
            self._create_vpc()
        self.public_subnet_ids = self._adopt_public_tier() or self._create_tier("public", plan.public)
        self.private_subnet_ids = self._create_tier("private", plan.private)
        self.internal_load_balancer_subnet_ids = (
            self._create_tier("internal_load_balancer", plan.internal_load_balancer)
            or self.private_subnet_ids
        )
        self._public_associations = self._route_public_tier()
        self.public_ready = [*self._public_associations.values()]
        self.nat_gateway_ids: dict[str, str] = {}
        self.regional_nat_gateway_id: str | None = None
        gateways = self._adopt_nat() or self._create_nat(nat, nat_zone, nat_eip_ids or {})
        self.private_ready = self._route_private_tier(gateways)
        self._route_internal_load_balancer_tier()
        if flow_logs:
            self._log_flows(roles, log_key_arn)

    def _create_vpc(self) -> None:
        self.vpc = self._address.give(
            aws.Vpc(
                self,
                "vpc",
                cidr_block=self.cidr,
                enable_dns_support=True,
                enable_dns_hostnames=True,
                tags={"Name": self.name},
            )
        )
        self.vpc_id = self.vpc.id
        self.internet_gateway = self._address.give(
            aws.InternetGateway(self, "internet_gateway", vpc_id=self.vpc_id, tags={"Name": self.name})
        )
        self._address.give(
            aws.DefaultSecurityGroup(
                self,
                "default_security_group",
                vpc_id=self.vpc_id,
                tags={"Name": f"{self.name}-default-closed"},
            )
        )

    def _adopt_vpc(self, existing: ExistingVpc) -> None:
        if self.plan.public and not existing.internet_gateway_id and not existing.public_subnet_ids:
            rule = "new public subnets need the VPC's internet gateway"
            way_out = "name it, or public_subnet_ids, or plan the subnets with public_tier=False"
            raise ConfigError([Problem("existing.internet_gateway_id", None, rule, way_out)])
        self.vpc = adopt_vpc(self, existing, self.cidr)
        self.vpc_id = self.vpc.id
        if existing.internet_gateway_id:
            self.internet_gateway = adopt_internet_gateway(self, existing, existing.internet_gateway_id)
        public = {} if existing.public_subnet_ids else self.plan.public
        tiers = (self.plan.private, public, self.plan.internal_load_balancer)
        read_overlaps(self, existing, [block for tier in tiers for block in tier.values()])

    def _adopt_public_tier(self) -> dict[str, str]:
        return adopt_public_subnets(self, self.existing, self.region) if self.existing else {}

    def _adopt_nat(self) -> dict[str, str]:
        """Return, for each private zone, the existing NAT gateway that it uses."""
        gateways = adopt_nat_gateways(self, self.existing) if self.existing else {}
        self.nat_gateway_ids = gateways
        return by_private_zone(self.private_subnet_ids, gateways)

    def _create_tier(self, tier: str, blocks: dict[str, IPv4Network]) -> dict[str, str]:
        """Create one subnet per zone and return their ids by the letter of the zone."""
        ids = {}
        existing = self.existing
        for zone, block in blocks.items():
            what = f"the {tier.replace('_', ' ')} subnet of zone {zone}"
            name = physical_name(self.name, tier, zone, limit=TAG_VALUE_LENGTH)
            subnet = aws.Subnet(
                self,
                f"{tier}_{zone}",
                vpc_id=self.vpc_id,
                availability_zone=f"{self.region}{zone}",
                cidr_block=str(block),
                map_public_ip_on_launch=False,
                tags={"Name": name, "Tier": tier, **(existing.own_tags if existing else {})},
                lifecycle=meets_no_other(self, existing, block, what) if existing else users_leave_first(),
            )
            ids[zone] = self._address.give(subnet, tier, zone).id
        return ids

    def _create_nat(self, nat: Nat, nat_zone: str | None, eip_ids: Mapping[str, str]) -> dict[str, str]:
        """Create the NAT gateways and return, for each private zone, the id of the one it uses."""
        zones = [*self.private_subnet_ids]
        place = NatPlace(self, self._address, self.name, self.internet_gateway)
        if nat == "regional":
            refuse(nat_problems(nat, self.region))
            self.regional_nat_gateway_id = create_regional_nat_gateway(
                place, zones, region=self.region, vpc_id=self.vpc_id, eip_ids=eip_ids
            )
            return dict.fromkeys(zones, self.regional_nat_gateway_id)
        gateways = {
            zone: create_zonal_nat_gateway(
                place,
                zone,
                subnet_id=self.public_subnet_ids[zone],
                eip_id=eip_ids.get(zone),
                after=self._public_associations.get(zone),
            )
            for zone in nat_zones(nat, nat_zone, zones)
        }
        self.nat_gateway_ids = gateways
        shared = gateways.get(nat_zone or "") if nat == "single" else None
        return by_private_zone(self.private_subnet_ids, gateways, shared=shared)

    def _route_public_tier(self) -> dict[str, aws.RouteTableAssociation]:
        adopted = self.existing and self.existing.public_subnet_ids
        if adopted or not self.plan.public or self.internet_gateway is None:
            return {}
        table = self._create_route_table("public")
        route = aws.Route(
            self,
            "route_public",
            route_table_id=table,
            destination_cidr_block=ANYWHERE_IPV4,
            gateway_id=self.internet_gateway.id,
        )
        self.public_route = self._address.give(route, "public")
        ids = self.public_subnet_ids
        return self._associate("public", ids, dict.fromkeys(ids, table), dict.fromkeys(ids, route))

    def _route_private_tier(self, nat_gateways: dict[str, str]) -> list[TerraformResource]:
        """Give each private subnet a table of its own, so that one NAT gateway per zone only adds."""
        self.private_route_table_ids = {
            zone: self._create_route_table("private", zone) for zone in self.private_subnet_ids
        }
        routes: dict[str, aws.Route] = {}
        for zone, gateway in nat_gateways.items():
            route = aws.Route(
                self,
                f"route_private_{zone}",
                route_table_id=self.private_route_table_ids[zone],
                destination_cidr_block=ANYWHERE_IPV4,
                nat_gateway_id=gateway,
            )
            routes[zone] = self._address.give(route, "private", zone)
        ids = self.private_subnet_ids
        return [*self._associate("private", ids, self.private_route_table_ids, routes).values()]

    def _route_internal_load_balancer_tier(self) -> None:
        if self.plan.internal_load_balancer:
            tier, ids = "internal_load_balancer", self.internal_load_balancer_subnet_ids
            self._associate(tier, ids, dict.fromkeys(ids, self._create_route_table(tier)), {})

    def _create_route_table(self, *parts: str) -> str:
        table = aws.RouteTable(
            self,
            "_".join(("route_table", *parts)),
            vpc_id=self.vpc_id,
            tags={"Name": physical_name(self.name, *parts, limit=TAG_VALUE_LENGTH)},
        )
        return self._address.give(table, *parts).id

    def _associate(
        self,
        tier: str,
        subnet_ids: dict[str, str],
        table_ids: dict[str, str],
        routes: dict[str, aws.Route],
    ) -> dict[str, aws.RouteTableAssociation]:
        """Let each subnet use its table once that has its route; the new subnet's comes first."""
        made = {}
        for zone, subnet_id in subnet_ids.items():
            association = aws.RouteTableAssociation(
                self,
                f"association_{tier}_{zone}",
                subnet_id=subnet_id,
                route_table_id=table_ids[zone],
                depends_on=[routes[zone]] if zone in routes else None,
                lifecycle=users_leave_first(),
            )
            made[zone] = self._address.give(association, tier, zone)
        return made

    def _log_flows(self, roles: RoleOptions, key_arn: str | None) -> None:
        name = physical_name(self.name, "flow-logs", limit=ROLE_NAME_LENGTH)
        group = aws.CloudwatchLogGroup(
            self,
            "flow_log_group",
            name=f"/aws/vpc/{name}",
            retention_in_days=FLOW_LOG_RETENTION_DAYS,
            kms_key_id=key_arn,
        )
        group_arn = self._address.give(group).arn
        role = self._address.give(
            aws.IamRole(
                self,
                "flow_log_role",
                name=name,
                assume_role_policy=json_text(
                    assume_role_policy(principals.FLOW_LOGS, account=account_of(self).id)
                ),
                permissions_boundary=roles.permissions_boundary_arn,
                path=roles.path,
            )
        )
        policy = aws.IamRolePolicy(
            self, "flow_log_policy", name=name, role=role.id, policy=json_text(flow_logs_policy(group_arn))
        )
        log = aws.FlowLog(
            self,
            "flow_log",
            vpc_id=self.vpc_id,
            traffic_type="ALL",
            log_destination=group_arn,
            iam_role_arn=role.arn,
            tags={"Name": name},
            depends_on=[self._address.give(policy)],
        )
        self._address.give(log)
