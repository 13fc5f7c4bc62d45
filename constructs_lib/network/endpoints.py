"""VPC endpoints: private ways to AWS services that pass neither NAT nor the internet."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from constructs_lib.bindings import Construct, address_of, aws, has_token, json_text
from constructs_lib.figures.endpoint_services import (
    GATEWAY_SERVICES,
    endpoint_service_name,
    endpoint_short_name,
    has_private_dns,
)
from constructs_lib.figures.internet import HTTPS
from constructs_lib.figures.quotas import TAG_VALUE_LENGTH
from constructs_lib.iam import endpoint_policy
from constructs_lib.names import physical_name
from constructs_lib.network.account import account_of
from constructs_lib.network.existing_vpc import ExistingEndpoint
from constructs_lib.network.existing_vpc_data import adopt_gateway_endpoint, serves_names
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import (
    AddressRange,
    PrefixList,
    SecurityGroup,
    allow,
    create_security_group,
)


class Endpoints(Construct):
    """Interface and gateway endpoints of a network, reached by membership.

    Workloads that carry ``clients``, a security group shared by all of them, reach every endpoint; nobody
    else does. Its address is the sibling ``endpoint_clients`` beside ``endpoints``.
    interface and gateway: service names, short (``logs``) or full (``com.amazonaws.eu-west-1.logs``). Those
    that an existing VPC has already (``ExistingVpc.endpoints``) are not made, but reached all the same.
    By default there are endpoints of ``logs``, ``s3`` and ``dynamodb``; in an existing VPC no interface
    endpoint, since every workload of the VPC resolves its name.
    admit_blocks: the blocks of the VPC, if everybody in it may reach the interface endpoints that are made.
    admit_groups: ids of security groups that may, by the name of what carries them.
    policies: what an endpoint lets through, by short name, as ``s3``, or of a kind, as ``interface s3``.
    By default requests of the account to its own resources, and to those of
    other_accounts.

    Attributes: ``clients``; ``security_group`` of the interface endpoints that are made;
    ``interface`` and ``gateway``: the endpoints by their service.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        network: Network,
        interface: Sequence[str] | None = None,
        gateway: Sequence[str] = ("s3", "dynamodb"),
        admit_blocks: Sequence[str] = (),
        admit_groups: Mapping[str, str] | None = None,
        policies: Mapping[str, Mapping[str, Any]] | None = None,
        other_accounts: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, id_)
        self._network = network
        self._admit_blocks = tuple(admit_blocks)
        self._policies, self._other_accounts = policies or {}, tuple(other_accounts)
        self._address = address_of(self)
        clients_id = f"{id_.removesuffix('s')}_clients"
        clients = EndpointClients(scope, clients_id, network=network)
        self.clients = clients.security_group
        there = self._declared()
        groups = {short: found.security_group_id for short, found in there.items() if found.security_group_id}
        self._admit_clients(groups)
        self.gateway: dict[str, aws.VpcEndpoint | aws.DataAwsVpcEndpoint] = {
            short: self._adopt_gateway(short, found.gateway_endpoint_id)
            for short, found in there.items()
            if found.gateway_endpoint_id
        }
        for short, service in self._without(self.gateway, gateway).items():
            self.gateway[short] = self._create_gateway(short, service)
        default = () if network.existing else ("logs",)
        made = self._without(groups, default if interface is None else interface)
        if made:
            self._create_group(admit_groups or {})
        self.interface = {short: self._create_interface(short, service) for short, service in made.items()}

    def _declared(self) -> dict[str, ExistingEndpoint]:
        """The endpoints of an existing VPC by the short names of their services."""
        declared = self._network.existing.endpoints if self._network.existing else {}
        return {endpoint_short_name(name, self._network.region): found for name, found in declared.items()}

    def _without(self, there: Container[str], services: Sequence[str]) -> dict[str, str]:
        """The services as they are written, by their short names."""
        shorts = {endpoint_short_name(service, self._network.region): service for service in services}
        return {short: service for short, service in shorts.items() if short not in there}

    def _admit_clients(self, groups: Mapping[str, str]) -> None:
        """Let the clients reach groups of existing endpoints: a rule in each group, one even if shared.

        A rule is named after the group's id, or after the service where the id is a reference.
        """
        by_id = {group_id: short for short, group_id in reversed([*groups.items()])}
        for group_id in dict.fromkeys(groups.values()):
            label = f"{by_id[group_id]}-endpoint" if has_token(group_id) else group_id
            allow(self.clients, SecurityGroup(label, group_id, scope=self), HTTPS)

    def _create_group(self, admit_groups: Mapping[str, str]) -> None:
        self.security_group = create_security_group(
            self,
            name=physical_name(self._network.name, "endpoints", limit=200),
            description="Interface endpoints",
            vpc_id=self._network.vpc_id,
        )
        allow(self.clients, self.security_group, HTTPS)
        for block in self._admit_blocks:
            label = f"vpc_{block.replace('.', '-').replace('/', '-')}"
            allow(AddressRange(label, block), self.security_group, HTTPS)
        for name, group_id in admit_groups.items():
            allow(SecurityGroup(name, group_id), self.security_group, HTTPS)

    def _create_interface(self, short: str, service: str) -> aws.VpcEndpoint:
        existing = self._network.existing
        endpoint = aws.VpcEndpoint(
            self,
            f"interface_{short}",
            vpc_id=self._network.vpc_id,
            service_name=endpoint_service_name(service, self._network.region),
            vpc_endpoint_type="Interface",
            private_dns_enabled=has_private_dns(short),
            security_group_ids=[self.security_group.id],
            policy=self._policy(short, f"interface {short}"),
            tags={"Name": physical_name(self._network.name, short, limit=TAG_VALUE_LENGTH)},
            depends_on=[self.gateway["s3"]] if short == "s3" else None,
            lifecycle=serves_names(self._network, existing, short, self._admit_blocks) if existing else None,
        )
        both_kinds = ("interface",) if short in GATEWAY_SERVICES else ()
        name = "_".join((_identifier(short), *both_kinds))
        self._join_subnets(self._address.give(endpoint, name), name)
        return endpoint

    def _policy(self, short: str, key: str) -> str | None:
        """Always written where the endpoint takes one: AWS keeps the last policy of one that has none."""
        found = self._policies.get(key, self._policies.get(short))
        if found is None:
            account = account_of(self)
            found = endpoint_policy(
                short,
                account=account.id,
                partition=account.partition,
                region=self._network.region,
                others=self._other_accounts,
            )
        return None if found is None else json_text(found)

    def _join_subnets(self, endpoint: aws.VpcEndpoint, name: str) -> None:
        """Join each zone's subnet by a resource of its own: Terraform destroys the old one of a zone first.

        AWS refuses a second subnet in a zone, also in the call by which the first one leaves.
        """
        endpoint_id = endpoint.id
        for zone, subnet_id in self._network.private_subnet_ids.items():
            association = aws.VpcEndpointSubnetAssociation(
                self, f"subnet_{name}_{zone}", vpc_endpoint_id=endpoint_id, subnet_id=subnet_id
            )
            self._address.give(association, name, zone)

    def _join_route_tables(self, endpoint_id: str, name: str) -> None:
        """Join each private table by a resource of its own, which goes before the table does."""
        for zone, table_id in self._network.private_route_table_ids.items():
            association = aws.VpcEndpointRouteTableAssociation(
                self, f"route_{name}_{zone}", vpc_endpoint_id=endpoint_id, route_table_id=table_id
            )
            self._address.give(association, name, zone)

    def _create_gateway(self, short: str, service: str) -> aws.VpcEndpoint:
        endpoint = aws.VpcEndpoint(
            self,
            f"gateway_{short}",
            vpc_id=self._network.vpc_id,
            service_name=endpoint_service_name(service, self._network.region, gateway=True),
            vpc_endpoint_type="Gateway",
            policy=self._policy(short, f"gateway {short}"),
            tags={"Name": physical_name(self._network.name, short, limit=TAG_VALUE_LENGTH)},
        )
        self._address.give(endpoint, _identifier(short))
        self._join_route_tables(endpoint.id, _identifier(short))
        allow(self.clients, PrefixList(_identifier(short), endpoint.prefix_list_id), HTTPS)
        return endpoint

    def _adopt_gateway(self, short: str, endpoint_id: str) -> aws.DataAwsVpcEndpoint:
        name = _identifier(short)
        service = endpoint_service_name(short, self._network.region, gateway=True)
        vpc_id = self._network.identity
        endpoint = adopt_gateway_endpoint(self, vpc_id, endpoint_id, service=service, name=name)
        self._join_route_tables(endpoint.id, name)
        allow(self.clients, PrefixList(name, endpoint.prefix_list_id), HTTPS)
        return endpoint


class EndpointClients(Construct):
    """The security group that every workload carries beside its own to reach the endpoints."""

    def __init__(self, scope: Construct, id_: str, *, network: Network) -> None:
        super().__init__(scope, id_)
        self.security_group = create_security_group(
            self,
            name=physical_name(network.name, id_, limit=200),
            description="Carried by workloads that reach the VPC endpoints",
            vpc_id=network.vpc_id,
        )


def _identifier(short: str) -> str:
    return short.replace(".", "_")
