"""What a Terraform document builds, as far as traffic is concerned: the network, its filters and what runs.

Every thing is known by its ``Identity``: its Terraform address, or the AWS id that is written out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Literal

from constructs_lib.figures.internet import PORT
from constructs_lib.terraform_json.values import Identity, Unknown, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.proof.model.bystanders import Bystander
    from constructs_lib.proof.model.load_balancing import Listener, LoadBalancer, TargetGroup
    from constructs_lib.proof.model.principals import Access
    from constructs_lib.proof.model.workloads import (
        Endpoint,
        EventSource,
        Function,
        FunctionUrl,
        Interface,
        Permission,
        Service,
    )
    from constructs_lib.terraform_json.document import Document

Network = IPv4Network | IPv6Network
Ports = tuple[int, int]
"""First and last port, both included."""

Via = Literal["internet gateway", "nat gateway", "endpoint", "local", "other", "unknown"]
"""What kind of thing a route leads to."""

ALL_PORTS: Ports = (0, PORT.most)


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC. Private DNS of endpoints needs both DNS switches."""

    address: str
    cidrs: tuple[Network | Unknown, ...]
    dns_support: bool | Unknown
    dns_hostnames: bool | Unknown


@dataclass(frozen=True, slots=True)
class Route:
    """One route. ``destination`` is a range or a prefix list; ``via`` says what kind of thing ``target``
    is.
    """

    address: str
    destination: Network | Identity
    via: Via
    target: Identity


@dataclass(frozen=True, slots=True)
class RouteTable:
    """A route table; ``complete`` is False where the document cannot know all of its routes."""

    identity: Identity
    vpc: Identity
    routes: tuple[Route, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet. ``association`` is the address that ties it to its route table, None for the VPC's main
    table.
    """

    identity: Identity
    vpc: Identity
    cidr: Network | Unknown
    zone: str | Unknown | None
    route_table: Identity
    association: str | None
    acl: Identity | None


@dataclass(frozen=True, slots=True)
class NatGateway:
    """A NAT gateway; only a public one leads to the internet, and only with an address of its own.

    subnet: None for a regional one, which is in none. vpc: that of a regional one, None for others.
    """

    address: str
    subnet: Identity | None
    public: bool | Unknown
    addressed: bool
    vpc: Identity | None = None


@dataclass(frozen=True, slots=True)
class AclEntry:
    """One entry of a network ACL; the smallest number that matches decides."""

    number: int | Unknown
    allow: bool | Unknown
    egress: bool | Unknown
    tcp: bool | Unknown
    cidr: Network | Unknown | None
    ports: Ports | Unknown


@dataclass(frozen=True, slots=True)
class NetworkAcl:
    """A network ACL with its entries in the order in which AWS asks them."""

    address: str
    entries: tuple[AclEntry, ...]


@dataclass(frozen=True, slots=True)
class Cidr:
    """A peer of a rule: a range of addresses."""

    network: Network

    def __str__(self) -> str:
        return str(self.network)


@dataclass(frozen=True, slots=True)
class Group:
    """A peer of a rule: whatever carries a security group."""

    identity: Identity

    def __str__(self) -> str:
        return str(self.identity)


@dataclass(frozen=True, slots=True)
class PrefixList:
    """A peer of a rule: the addresses of a prefix list. ``service``: the AWS service, where that is known."""

    identity: Identity
    service: str | None = None
    networks: tuple[Network, ...] = ()

    def __str__(self) -> str:
        return f"the prefix list of {self.service}" if self.service else f"the prefix list {self.identity}"


Peer = Cidr | Group | PrefixList | Unknown


@dataclass(frozen=True, slots=True)
class Rule:
    """One opening of a security group. ``ports`` are the TCP ports; None for a rule of another protocol."""

    address: str
    group: Identity
    ingress: bool
    protocol: str | Unknown
    ports: Ports | Unknown | None
    peer: Peer


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a group in one direction, found by the group on the other side."""

    rules: tuple[Rule, ...] = ()
    by_group: Mapping[Identity, tuple[Rule, ...]] = field(default_factory=dict)
    others: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """A security group. ``complete`` is False for one whose rules this document cannot know all."""

    identity: Identity
    vpc: Identity
    ingress: RuleSet
    egress: RuleSet
    complete: bool = True

    def rules(self, *, ingress: bool) -> RuleSet:
        """Give the rules of one direction."""
        return self.ingress if ingress else self.egress


@dataclass(frozen=True)
class Model:
    """Everything in the document that carries, filters or receives traffic."""

    vpcs: Mapping[Identity, Vpc]
    subnets: Mapping[Identity, Subnet]
    route_tables: Mapping[Identity, RouteTable]
    internet_gateways: Mapping[Identity, Identity | None]
    """The VPC to which each internet gateway is attached; None for one that is attached to none."""
    nat_gateways: Mapping[Identity, NatGateway]
    acls: Mapping[Identity, NetworkAcl]
    groups: Mapping[Identity, SecurityGroup]
    loose_rules: tuple[Rule, ...]
    """Rules of which the document does not tell the group; ``groups`` has them, too, under that open
    value.
    """
    endpoints: Mapping[str, Endpoint]
    load_balancers: Mapping[Identity, LoadBalancer]
    listeners: Mapping[Identity, Listener]
    target_groups: Mapping[Identity, TargetGroup]
    functions: Mapping[str, Function]
    aliases: Mapping[str, Identity]
    """The function of each alias, by the alias' address."""
    permissions: Mapping[Identity, tuple[Permission, ...]]
    """The permissions of each function."""
    function_urls: tuple[FunctionUrl, ...]
    event_sources: tuple[EventSource, ...]
    services: Mapping[str, Service]
    interfaces: Mapping[str, Interface]
    """Functions, services, load balancers and endpoints by address."""
    carriers: Mapping[Identity, tuple[Interface, ...]]
    """Who carries each security group."""
    carried: Mapping[str, Interface]
    """What else carries security groups, by address."""
    bystanders: tuple[Bystander, ...]
    """What is not understood and refers to what is."""
    access: Access
    """What IAM lets whom do."""
    document: Document

    @cached_property
    def accounts(self) -> frozenset[str] | None:
        """The only accounts that the provider takes; None where the document does not tell them."""
        found = {account for one in self.document.providers for account in one.texts("allowed_account_ids")}
        written = frozenset(account for account in found if isinstance(account, str))
        return written if written and len(written) == len(found) else None

    @cached_property
    def own_ranges(self) -> tuple[Network, ...]:
        """The ranges of the document's VPCs, which may be public ones: they do not lead to the internet."""
        found = (cidr for vpc in self.vpcs.values() for cidr in vpc.cidrs)
        return tuple(cidr for cidr in found if not isinstance(cidr, Unknown))

    @cached_property
    def strays(self) -> Mapping[str, str]:
        """What is wrong with things that have a subnet or a group of another VPC, which AWS refuses."""
        found = {}
        for interface in self.interfaces.values():
            placed = [(one, self.subnets[one].vpc) for one in interface.subnets if one in self.subnets]
            placed += [(one, self.groups[one].vpc) for one in interface.groups if one in self.groups]
            for one, vpc in placed:
                if interface.vpc is not None and same(vpc, interface.vpc) is False:
                    found[interface.address] = f"{interface} is in {interface.vpc}, and {one} is in {vpc}"
        return found

    @cached_property
    def open_permissions(self) -> tuple[Permission, ...]:
        """Permissions of which the document does not tell the function."""
        return tuple(
            p for function, own in self.permissions.items() if isinstance(function, Unknown) for p in own
        )
