"""Rules about VPC endpoints."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from constructs_lib.figures.endpoint_services import (
    GATEWAY_SERVICES,
    WITHOUT_PRIVATE_DNS,
    is_private_service,
)
from constructs_lib.figures.internet import HTTPS
from constructs_lib.proof.model.network import Cidr, PrefixList
from constructs_lib.proof.walking import security_group_filters as security_groups
from constructs_lib.proof.walking.answers import Blocked, Carried
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, at_most, given, judge, open_value
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.workloads import Endpoint
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_DNS_OPTION = "private_dns_only_for_inbound_resolver_endpoint"


def _block(facts: Facts, endpoint: Endpoint) -> Block:
    return facts.document.blocks[endpoint.interface.address]


def _interfaces(facts: Facts) -> Iterator[Endpoint]:
    for endpoint in facts.model.endpoints.values():
        if _block(facts, endpoint).text("vpc_endpoint_type") == "Interface":
            yield endpoint


def _gateways(facts: Facts) -> Iterator[Endpoint]:
    yield from (endpoint for endpoint in facts.model.endpoints.values() if endpoint.is_gateway)


def gateway_services(facts: Facts) -> Iterator[Finding]:
    """``gateway-endpoint-service``."""
    for endpoint in _gateways(facts):
        yield judge(endpoint.interface.address, _gateway_service(facts, endpoint))


def _gateway_service(facts: Facts, endpoint: Endpoint) -> Iterator[Fault]:
    if isinstance(_block(facts, endpoint).text("service_name"), Unknown) and "${" in endpoint.service:
        yield open_value("service_name", endpoint.service)
    elif endpoint.service not in GATEWAY_SERVICES:
        known = ", ".join(GATEWAY_SERVICES)
        yield f"is a gateway endpoint for {endpoint.service}; AWS has them for {known}"


def gateway_route_tables(facts: Facts) -> Iterator[Finding]:
    """``gateway-endpoint-route-tables``."""
    for endpoint in _gateways(facts):
        faults = () if endpoint.route_tables else ("is in no route table, so nothing goes through it",)
        address = endpoint.interface.address
        yield judge(address, facts.unless_elsewhere([address], faults))


def gateway_settings(facts: Facts) -> Iterator[Finding]:
    """``gateway-endpoint-settings``."""
    for endpoint in _gateways(facts):
        yield judge(endpoint.interface.address, _needless(_block(facts, endpoint)))


def _needless(block: Block) -> Iterator[Fault]:
    for name in ("subnet_ids", "security_group_ids", "private_dns_enabled"):
        if given(block, name) and block.settled(name) is not False:
            yield f"has {name}, which a gateway endpoint does not take"


def quota(facts: Facts) -> Iterator[Finding]:
    """``interface-endpoints``; one finding for each VPC."""
    number = Counter(endpoint.interface.vpc for endpoint in _interfaces(facts))
    for vpc in sorted(number, key=str):
        yield judge(str(vpc), at_most(number[vpc], facts.quotas.interface_endpoints, "interface endpoints"))


def duplicates(facts: Facts) -> Iterator[Finding]:
    """``interface-endpoint-duplicate``."""
    of_known = [endpoint for endpoint in _interfaces(facts) if "${" not in endpoint.service]
    own = [endpoint for endpoint in of_known if endpoint.private_dns is True]
    named = Counter((endpoint.interface.vpc, endpoint.service) for endpoint in own)
    for endpoint in own:
        vpc, service = endpoint.interface.vpc, endpoint.service
        another = f"{vpc} has another endpoint for {service} with private DNS; one may have it"
        yield judge(endpoint.interface.address, [another] if named[vpc, service] > 1 else [])


def subnets(facts: Facts) -> Iterator[Finding]:
    """``interface-endpoint-subnets``."""
    for endpoint in _interfaces(facts):
        address = endpoint.interface.address
        yield judge(address, facts.unless_elsewhere([address], _zones(facts, endpoint)))


def _zones(facts: Facts, endpoint: Endpoint) -> Iterator[Fault]:
    if not endpoint.interface.subnets:
        yield "is in no subnet, so it has no address"
    by_zone: dict[str | Unknown, list[Identity]] = {}
    for identity in endpoint.interface.subnets:
        subnet = facts.model.subnets.get(identity)
        if subnet is not None and subnet.zone is not None:
            by_zone.setdefault(subnet.zone, []).append(identity)
        else:
            yield Doubt(f"the availability zone of {identity} is not in this document")
    for zone, own in by_zone.items():
        if len(own) > 1:
            named = " and ".join(map(str, own))
            yield f"is in {named}, both in {zone}; AWS takes one subnet of each zone"


def groups(facts: Facts) -> Iterator[Finding]:
    """``interface-endpoint-security-group``; AWS's services listen on 443, others may listen elsewhere."""
    for endpoint in _interfaces(facts):
        if not is_private_service(endpoint.service):
            faults = facts.unless_elsewhere(endpoint.interface.groups, _admits(facts, endpoint))
            yield judge(endpoint.interface.address, faults)


def _admits(facts: Facts, endpoint: Endpoint) -> Iterator[Fault]:
    groups = [facts.model.groups.get(identity) for identity in endpoint.interface.groups]
    if any(security_groups.rules_on(facts.model, endpoint.interface, HTTPS, ingress=True)):
        return
    if any(group is None or not group.complete for group in groups):
        yield Doubt(f"whether its security groups admit {HTTPS} is not in this document")
    else:
        yield f"its security groups admit nobody on {HTTPS}"


def neighbours(facts: Facts) -> Iterator[Finding]:
    """``interface-endpoint-neighbours``: a range of addresses counts as the VPC's own."""
    for endpoint in _interfaces(facts):
        vpc = endpoint.interface.vpc
        foreign = isinstance(vpc, str) and type_of(vpc) not in ("aws_vpc", "aws_default_vpc")
        if foreign and endpoint.private_dns is True:
            yield judge(endpoint.interface.address, _refuses(facts, endpoint))


def _refuses(facts: Facts, endpoint: Endpoint) -> Iterator[Fault]:
    interface, service = endpoint.interface, endpoint.service
    peers = [one.peer for one in security_groups.rules_on(facts.model, interface, HTTPS, ingress=True)]
    groups = [facts.model.groups.get(identity) for identity in interface.groups]
    if any(isinstance(peer, Cidr | PrefixList) for peer in peers):
        return
    if any(isinstance(peer, Unknown) for peer in peers) or not all(one and one.complete for one in groups):
        yield Doubt(f"whom its security groups admit on {HTTPS} is not in this document")
    else:
        yield f"every workload of {interface.vpc} resolves {service} to it, and it admits some alone"


def private_dns(facts: Facts) -> Iterator[Finding]:
    """``interface-endpoint-private-dns``."""
    for endpoint in _interfaces(facts):
        if endpoint.private_dns is not False:
            yield judge(endpoint.interface.address, _dns(facts, endpoint))


def _dns(facts: Facts, endpoint: Endpoint) -> Iterator[Fault]:
    vpc = facts.model.vpcs.get(endpoint.interface.vpc or "")
    if isinstance(endpoint.private_dns, Unknown):
        yield open_value("private_dns_enabled", endpoint.private_dns)
    elif endpoint.service in WITHOUT_PRIVATE_DNS:
        yield f"has private DNS, and {endpoint.service} has no private DNS name"
    elif vpc is None:
        yield Doubt(f"whether {endpoint.interface.vpc} has DNS support and hostnames is not in this document")
    else:
        for name, switch in (("support", vpc.dns_support), ("hostnames", vpc.dns_hostnames)):
            if isinstance(switch, Unknown):
                yield open_value(f"enable_dns_{name} of {vpc.address}", switch)
            elif not switch:
                yield f"has private DNS, and {vpc.address} has no enable_dns_{name}"


def s3_interfaces(facts: Facts) -> Iterator[Finding]:
    """``s3-endpoint-private-dns``."""
    for endpoint in _interfaces(facts):
        if endpoint.service == "s3" and endpoint.private_dns is not False:
            yield judge(endpoint.interface.address, _with_gateway(facts, endpoint))


def _with_gateway(facts: Facts, endpoint: Endpoint) -> Iterator[Fault]:
    address, vpc = endpoint.interface.address, endpoint.interface.vpc
    options = _block(facts, endpoint).blocks("dns_options")
    if any(option.flag(_DNS_OPTION, True) is False for option in options):
        return
    own = [e for e in facts.model.endpoints.values() if e.is_gateway and e.service == "s3"]
    gateways = [e.interface.address for e in own if e.interface.vpc == vpc]
    if not gateways and vpc not in facts.model.vpcs:
        yield Doubt(f"whether {vpc} has a gateway endpoint for s3 is not in this document")
    elif not gateways:
        yield "has private DNS, for which the VPC needs a gateway endpoint for s3 too"
    elif not facts.order.is_after(address, *gateways):
        yield f"is not made after {gateways[0]}, which its private DNS needs: add it to depends_on"


def closed_egress(facts: Facts) -> Iterator[Finding]:
    """``gateway-endpoint-egress``: a gateway endpoint that no workload on its route tables is let out to."""
    for endpoint in _gateways(facts):
        yield judge(endpoint.interface.address, _egress(facts, endpoint))


def _egress(facts: Facts, endpoint: Endpoint) -> Iterator[Fault]:
    blocked: list[Blocked] = []
    for source in facts.model.interfaces.values():
        if source.kind not in ("function", "service") or source.vpc is None:
            continue
        tables = {s.route_table for i in source.subnets if (s := facts.model.subnets.get(i)) is not None}
        if tables.isdisjoint(endpoint.route_tables):
            continue
        answer = facts.paths.path(source, endpoint.interface, HTTPS, through="any")
        if isinstance(answer, Carried):
            return
        blocked += [answer] if isinstance(answer, Blocked) else []
    if blocked:
        yield f"no workload on its route tables is let out to it: {blocked[0].why}"
    else:
        yield Doubt("what uses it is not in this document")
