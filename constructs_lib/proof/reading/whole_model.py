"""Puts the whole model of a Terraform document together."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from constructs_lib.proof.model.load_balancing import LoadBalancer
from constructs_lib.proof.model.network import Group, Model, SecurityGroup
from constructs_lib.proof.model.workloads import Endpoint, Function, Interface, Service
from constructs_lib.proof.reading._acls import read_acls
from constructs_lib.proof.reading._autoscaling import read_autoscaling
from constructs_lib.proof.reading._bystanders import is_modelled, read_bystanders
from constructs_lib.proof.reading._carriers import read_carriers
from constructs_lib.proof.reading._compute import (
    Placement,
    read_aliases,
    read_function_urls,
    read_functions,
    read_permissions,
    read_services,
)
from constructs_lib.proof.reading._endpoints import read_endpoints
from constructs_lib.proof.reading._event_sources import read_event_sources
from constructs_lib.proof.reading._function_references import FunctionReferences
from constructs_lib.proof.reading._groups import read_groups
from constructs_lib.proof.reading._load_balancing import (
    read_listeners,
    read_load_balancers,
    read_target_groups,
)
from constructs_lib.proof.reading._network import read_network
from constructs_lib.proof.reading._principals import read_access
from constructs_lib.terraform_json import Document, Source, read_document
from constructs_lib.terraform_json.addresses import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constructs_lib.terraform_json.values import Identity

__all__ = ["is_modelled", "model_of", "read_model"]


def read_model(*sources: Source, variables: Mapping[str, Any] | None = None) -> Model:
    """Read the model of one root module from JSON objects, JSON texts, files or folders.

    Raises ConfigError as ``read_document`` does.
    """
    return model_of(read_document(*sources, variables=variables))


def model_of(document: Document) -> Model:
    """Give the model of a document."""
    network, groups = read_network(document), read_groups(document)
    place, references = Placement(network.subnets, groups.groups), FunctionReferences(document)
    listeners = tuple(read_listeners(document))
    functions, services = read_functions(document, place), read_services(document, place)
    endpoints, balancers = read_endpoints(document, place), read_load_balancers(document, place, listeners)
    things = chain[Function | Service | LoadBalancer | Endpoint](
        functions.values(), services.values(), balancers.values(), endpoints.values()
    )
    autoscaling = read_autoscaling(document, place)
    carried = {**read_carriers(document, place, autoscaling.templates), **autoscaling.interfaces}
    sources = tuple(read_event_sources(document, references, functions))
    understood = {*carried, *autoscaling.templates, *(one.address for one in sources)}
    interfaces = {**{thing.interface.address: thing.interface for thing in things}, **carried}
    return Model(
        vpcs=network.vpcs,
        subnets=network.subnets,
        route_tables=network.route_tables,
        internet_gateways=network.internet_gateways,
        nat_gateways=network.nat_gateways,
        acls=read_acls(document),
        groups=groups.groups,
        loose_rules=groups.loose,
        endpoints=endpoints,
        load_balancers=balancers,
        listeners={listener.address: listener for listener in listeners},
        target_groups=read_target_groups(document, references, services, autoscaling.targets),
        functions=functions,
        aliases=read_aliases(document, references),
        permissions=read_permissions(document, references),
        function_urls=read_function_urls(document, references),
        event_sources=sources,
        services=services,
        interfaces=interfaces,
        carriers=_carriers(interfaces.values()),
        carried=carried,
        bystanders=read_bystanders(document, _written_ids(interfaces.values(), groups.groups), understood),
        access=read_access(document, functions, services),
        document=document,
    )


def _written_ids(interfaces: Iterable[Interface], groups: Mapping[Identity, SecurityGroup]) -> set[str]:
    """The ids that are written out where the document means something that exists elsewhere."""
    carried = (one for interface in interfaces for one in (*interface.groups, *interface.subnets))
    peers = (
        rule.peer.identity
        for group in groups.values()
        for rule in group.ingress.rules
        if isinstance(rule.peer, Group)
    )
    named = (*carried, *peers, *groups)
    return {identity for identity in named if isinstance(identity, str) and not is_address(identity)}


def _carriers(interfaces: Iterable[Interface]) -> dict[Identity, tuple[Interface, ...]]:
    found: dict[Identity, list[Interface]] = {}
    for interface in interfaces:
        for group in interface.groups:
            found.setdefault(group, []).append(interface)
    return {group: tuple(own) for group, own in found.items()}
