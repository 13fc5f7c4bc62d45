"""The Terraform JSON of an environment, written by hand from the README's picture: what proofs are tried on.

It shares no code with the generator, so that a proof over it says something about both.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from constructs_lib.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Mapping

Document = dict[str, Any]


def environment_of(**changes: Any) -> Environment:
    """The default environment, with these top-level tables instead."""
    values: dict[str, Any] = {
        "environment": "dev",
        "region": "us-east-1",
        "network": {"nat": "single", "nat_zone": "a"},
        "load_balancers": {"public": {"insecure_http": True}},
        "functions": {
            "inventory": {"source": "inventory", "exposure": "internal", "port": 8080},
            "storefront": {
                "source": "storefront",
                "exposure": "public",
                "paths": ["/*"],
                "calls": ["inventory"],
                "internet": True,
            },
        },
    }
    return Environment.model_validate(copy.deepcopy(values | changes))


def document_of(environment: Environment) -> Document:
    """The document that an environment should give."""
    builder = _Builder(environment)
    builder.network()
    builder.endpoints()
    for exposure in ("internal", "public"):
        if environment.exposed(exposure):
            builder.load_balancer(exposure)
    for name in environment.functions:
        builder.function(name)
    builder.callers()
    document: Document = json.loads(json.dumps({"resource": builder.resources}))
    return document


def default_document() -> Document:
    """The document of the default environment."""
    return document_of(environment_of())


def ref(address: str, attribute: str = "id") -> str:
    return f"${{{address}.{attribute}}}"


def resource(document: Document, address: str) -> dict[str, Any]:
    """The resource of an address, to be bent."""
    kind, name = address.split(".")
    found: dict[str, Any] = document["resource"][kind][name]
    return found


def drop(document: Document, address: str) -> dict[str, Any]:
    """Take a resource out."""
    kind, name = address.split(".")
    found: dict[str, Any] = document["resource"][kind].pop(name)
    return found


def add(document: Document, address: str, /, **body: Any) -> str:
    """Put a resource in."""
    kind, name = address.split(".")
    document["resource"].setdefault(kind, {})[name] = body
    return address


class _Builder:
    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.resources: dict[str, dict[str, Any]] = {}
        self.zones = environment.network.availability_zones

    def add(self, kind: str, name: str, /, **body: Any) -> str:
        self.resources.setdefault(kind, {})[name] = body
        return f"{kind}.{name}"

    def network(self) -> None:
        vpc = self.add(
            "aws_vpc",
            "network",
            cidr_block=self.environment.network.cidr,
            enable_dns_support=True,
            enable_dns_hostnames=True,
        )
        self.vpc = ref(vpc)
        gateway = self.add("aws_internet_gateway", "network", vpc_id=self.vpc)
        self.add("aws_default_security_group", "network", vpc_id=self.vpc)
        public = self.add("aws_route_table", "network_public", vpc_id=self.vpc)
        self.route("network_public", public, gateway_id=ref(gateway))
        for number, zone in enumerate(self.zones):
            self.subnet("public", zone, 16 + number, public)
            table = self.add("aws_route_table", f"network_private_{zone}", vpc_id=self.vpc)
            self.subnet("private", zone, number, table)
        nat = self.environment.network.nat
        for zone in {"none": [], "single": self.zones[:1], "per_az": self.zones}[nat]:
            eip = self.add("aws_eip", f"network_nat_{zone}", domain="vpc")
            self.add(
                "aws_nat_gateway",
                f"network_nat_{zone}",
                allocation_id=ref(eip, "allocation_id"),
                subnet_id=ref(f"aws_subnet.network_public_{zone}"),
            )
        for zone in self.zones if nat != "none" else []:
            home = zone if nat == "per_az" else self.zones[0]
            table = f"aws_route_table.network_private_{zone}"
            self.route(
                f"network_private_{zone}", table, nat_gateway_id=ref(f"aws_nat_gateway.network_nat_{home}")
            )
        self.private = [ref(f"aws_subnet.network_private_{zone}") for zone in self.zones]

    def route(self, name: str, table: str, **target: str) -> None:
        self.add("aws_route", name, route_table_id=ref(table), destination_cidr_block="0.0.0.0/0", **target)

    def subnet(self, tier: str, zone: str, slot: int, table: str) -> None:
        base = self.environment.network.cidr.rsplit(".", 2)[0]
        subnet = self.add(
            "aws_subnet",
            f"network_{tier}_{zone}",
            vpc_id=self.vpc,
            availability_zone=f"{self.environment.region}{zone}",
            cidr_block=f"{base}.{slot}.0/24",
        )
        name = f"network_{tier}_{zone}"
        self.add("aws_route_table_association", name, subnet_id=ref(subnet), route_table_id=ref(table))

    def group(self, name: str) -> str:
        return ref(self.add("aws_security_group", name, name_prefix=name, vpc_id=self.vpc))

    def rule(self, direction: str, name: str, owner: str, port: int, **peer: str) -> None:
        self.add(
            f"aws_vpc_security_group_{direction}_rule",
            name,
            security_group_id=owner,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            **peer,
        )

    def allow(self, source: str, target: str, port: int) -> None:
        one, other = (ref(f"aws_security_group.{name}") for name in (source, target))
        self.rule("egress", f"{source}_to_{target}_{port}", one, port, referenced_security_group_id=other)
        self.rule("ingress", f"{target}_from_{source}_{port}", other, port, referenced_security_group_id=one)

    def endpoints(self) -> None:
        clients = self.group("endpoint_clients")
        settings, region = self.environment.network.endpoints, self.environment.region
        for service in settings.gateway:
            endpoint = self.add(
                "aws_vpc_endpoint",
                f"endpoints_{service}",
                vpc_id=self.vpc,
                service_name=f"com.amazonaws.{region}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=[ref(f"aws_route_table.network_private_{zone}") for zone in self.zones],
            )
            name = f"endpoint_clients_to_{service}_443"
            self.rule("egress", name, clients, 443, prefix_list_id=ref(endpoint, "prefix_list_id"))
        if settings.interface:
            group = self.group("endpoints")
            self.allow("endpoint_clients", "endpoints", 443)
        for service in settings.interface:
            self.add(
                "aws_vpc_endpoint",
                f"endpoints_{service.replace('.', '_')}",
                vpc_id=self.vpc,
                service_name=f"com.amazonaws.{region}.{service}",
                vpc_endpoint_type="Interface",
                private_dns_enabled=True,
                subnet_ids=self.private,
                security_group_ids=[group],
            )

    def load_balancer(self, exposure: str) -> None:
        internal = exposure == "internal"
        subnets = (
            self.private if internal else [ref(f"aws_subnet.network_public_{zone}") for zone in self.zones]
        )
        group = self.group(exposure)
        self.add(
            "aws_lb",
            exposure,
            internal=internal,
            load_balancer_type="application",
            subnets=subnets,
            security_groups=[group],
        )
        if any(workload.is_routed for workload in self.environment.exposed(exposure).values()):
            missing = {"type": "fixed-response", "fixed_response": {"status_code": "404"}}
            self.listener(exposure, self.environment.default_port(exposure), missing)
        if not internal:
            self.public_rules(group)

    def public_rules(self, group: str) -> None:
        ports = {self.environment.listener_port(name) for name in self.environment.exposed("public")}
        if 443 in ports:
            ports.add(80)
            self.listener(
                "public",
                80,
                {
                    "type": "redirect",
                    "redirect": {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"},
                },
            )
        for port in sorted(ports):
            for cidr in self.environment.load_balancers.public.allowed_cidrs:
                label = "internet" if cidr == "0.0.0.0/0" else cidr.replace(".", "-").replace("/", "-")
                self.rule("ingress", f"public_from_{label}_{port}", group, port, cidr_ipv4=cidr)

    def listener(self, exposure: str, port: int, action: Mapping[str, Any]) -> None:
        self.add(
            "aws_lb_listener",
            f"{exposure}_{port}",
            load_balancer_arn=ref(f"aws_lb.{exposure}", "arn"),
            port=port,
            protocol="HTTP",
            default_action=[action],
        )

    def function(self, name: str) -> None:
        function = self.environment.functions[name]
        own = self.group(name)
        address = self.add(
            "aws_lambda_function",
            name,
            function_name=f"app-dev-{name}",
            publish=True,
            vpc_config={
                "subnet_ids": self.private,
                "security_group_ids": [own, ref("aws_security_group.endpoint_clients")],
            },
        )
        self.add(
            "aws_lambda_alias",
            name,
            name="live",
            function_name=ref(address, "function_name"),
            function_version=ref(address, "version"),
        )
        for callee in dict.fromkeys(self.environment.listener_port(callee) for callee in function.calls):
            self.allow(name, "internal", callee)
        if function.internet:
            self.rule("egress", f"{name}_to_internet_443", own, 443, cidr_ipv4="0.0.0.0/0")
        for label, egress in function.egress.items():
            peers = {
                "referenced_security_group_id": egress.security_group_id,
                "cidr_ipv4": egress.cidr,
                "prefix_list_id": egress.prefix_list_id,
            }
            given = {key: value for key, value in peers.items() if value}
            self.rule("egress", f"{name}_to_{label}_{egress.port}", own, egress.port, **given)
        if function.exposure != "none":
            self.serve(name)

    def serve(self, name: str) -> None:
        function = self.environment.functions[name]
        exposure, port = function.exposure, self.environment.listener_port(name)
        full = f"{exposure}_{name}"
        group = ref(self.add("aws_lb_target_group", full, name=full, target_type="lambda"), "arn")
        self.add(
            "aws_lambda_permission",
            full,
            action="lambda:InvokeFunction",
            function_name=ref(f"aws_lambda_function.{name}", "function_name"),
            qualifier=ref(f"aws_lambda_alias.{name}", "name"),
            principal="elasticloadbalancing.amazonaws.com",
            source_arn=group,
        )
        self.add(
            "aws_lb_target_group_attachment",
            full,
            target_group_arn=group,
            target_id=ref(f"aws_lambda_alias.{name}", "arn"),
        )
        forward = {"type": "forward", "target_group_arn": group}
        if not function.is_routed:
            self.listener(exposure, port, forward)
            return
        self.add(
            "aws_lb_listener_rule",
            full,
            listener_arn=ref(f"aws_lb_listener.{exposure}_{port}", "arn"),
            priority=function.priority or 1000 + len(self.resources.get("aws_lb_listener_rule", {})),
            action=[forward],
            condition=[
                {kind: {"values": list(values)}}
                for kind, values in (("host_header", function.hosts), ("path_pattern", function.paths))
                if values
            ],
        )

    def callers(self) -> None:
        group = ref("aws_security_group.internal")
        for name, caller in self.environment.callers.items():
            for port in sorted({self.environment.listener_port(callee) for callee in caller.calls}):
                peer = {"referenced_security_group_id": caller.security_group_id}
                self.rule("ingress", f"internal_from_{name}_{port}", group, port, **peer)
