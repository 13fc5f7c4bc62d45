"""VPC endpoints: private ways to AWS services that pass neither NAT nor the internet."""

from __future__ import annotations

from collections.abc import Sequence

from constructs_lib.bindings import Construct, address_of, aws
from constructs_lib.names import physical_name
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import PrefixList, allow, create_security_group
from constructs_lib.network.services import endpoint_service_name, endpoint_short_name

HTTPS = 443
GATEWAY_SERVICES = ("s3", "dynamodb", "s3express")


class Endpoints(Construct):
    """Interface and gateway endpoints of a network, reached by membership.

    Workloads that carry ``clients``, a security group shared by all of them, reach every endpoint; nobody
    else does. Its address is the sibling ``endpoint_clients`` beside ``endpoints``.
    interface and gateway: service names, short (``logs``) or full (``com.amazonaws.eu-west-1.logs``).
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        network: Network,
        interface: Sequence[str] = ("logs",),
        gateway: Sequence[str] = ("s3", "dynamodb"),
    ) -> None:
        super().__init__(scope, id_)
        self._network = network
        self._address = address_of(self)
        clients_id = f"{id_.removesuffix('s')}_clients"
        clients = EndpointClients(scope, clients_id, network=network)
        self.clients = clients.security_group
        self.gateway = {short: self._create_gateway(short) for short in self._short(gateway)}
        if interface:
            self._create_group()
        self.interface = {short: self._create_interface(short) for short in self._short(interface)}

    def _short(self, services: Sequence[str]) -> list[str]:
        return [endpoint_short_name(service, self._network.region) for service in services]

    def _create_group(self) -> None:
        self.security_group = create_security_group(
            self,
            name=physical_name(self._network.name, "endpoints", limit=200),
            description="Interface endpoints",
            vpc_id=self._network.vpc_id,
        )
        allow(self.clients, self.security_group, HTTPS)

    def _create_interface(self, short: str) -> aws.VpcEndpoint:
        endpoint = aws.VpcEndpoint(
            self,
            f"interface_{short}",
            vpc_id=self._network.vpc_id,
            service_name=endpoint_service_name(short, self._network.region),
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=[*self._network.private_subnet_ids.values()],
            security_group_ids=[self.security_group.id],
            tags={"Name": physical_name(self._network.name, short, limit=256)},
            depends_on=[self.gateway["s3"]] if short == "s3" else None,
        )
        both_kinds = ("interface",) if short in GATEWAY_SERVICES else ()
        return self._address.give(endpoint, _identifier(short), *both_kinds)

    def _create_gateway(self, short: str) -> aws.VpcEndpoint:
        endpoint = aws.VpcEndpoint(
            self,
            f"gateway_{short}",
            vpc_id=self._network.vpc_id,
            service_name=endpoint_service_name(short, self._network.region),
            vpc_endpoint_type="Gateway",
            route_table_ids=[*self._network.private_route_table_ids.values()],
            tags={"Name": physical_name(self._network.name, short, limit=256)},
        )
        self._address.give(endpoint, _identifier(short))
        allow(self.clients, PrefixList(_identifier(short), endpoint.prefix_list_id), HTTPS)
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
