"""The promises about names: those that clients are told lead to their load balancer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.load_balancers import (
    hosts_in_zone,
    hosts_of,
    issues_certificate,
    named_certificates,
)
from constructs_lib.problem_words import listed
from constructs_lib.proof.promises.promise import Promise, carrying
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, carried
from constructs_lib.terraform_json.values import Identity, Reference, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.environment import Environment
    from constructs_lib.proof.model.load_balancing import LoadBalancer
    from constructs_lib.proof.walking.path import Paths
    from constructs_lib.terraform_json.block import Block

_ADDRESSES = ("A", "AAAA", "CNAME")


def leading_names(environment: Environment, paths: Paths) -> Iterator[Promise]:
    """Every load balancer with a ``domain`` and a hosted zone has DNS records for it and its hosts there."""
    settings = environment.load_balancers
    for exposure, own in (("internal", settings.internal), ("public", settings.public)):
        if own.domain and own.zone_id and environment.exposed(exposure):
            doors = {
                address: balancer
                for address, balancer in paths.model.load_balancers.items()
                if balancer.internal is (exposure == "internal")
            }
            hosts = hosts_in_zone(environment) if exposure == "public" else []
            for name in (own.domain, *hosts):
                sentence = f"{name} leads to the {exposure} load balancer"
                yield carrying("name", name, sentence, _leads(paths, name, {*doors}))
            for host in hosts if issues_certificate(environment, exposure) else ():
                port = environment.default_port(exposure)
                sentence = f"{host} is served with its certificate on {port}"
                yield carrying("name", host, sentence, _certified(paths, host, port, doors.values()))


def covered_hosts(environment: Environment) -> Iterator[Promise]:
    """What certificates cover that the file names by ARN, no document tells."""
    arns, hosts = named_certificates(environment, "public"), [*hosts_of(environment)]
    if arns and hosts:
        sentence = f"{listed(hosts)} {'is' if len(hosts) == 1 else 'are'} covered by a certificate"
        why = f"the names of {listed(arns)} are not in this document; make sure that they cover every one"
        yield Promise("name", hosts[0], sentence, "cannot tell", why=why, where=arns[0])


def _certified(paths: Paths, host: str, port: int, balancers: Iterable[LoadBalancer]) -> Answer:
    """Tell whether a listener on the port has a certificate that is issued for the host."""
    document = paths.model.document
    listeners = {one.address for each in balancers for one in each.listeners if one.port == port}
    for block in document.resources("aws_lb_listener_certificate"):
        made = document.blocks.get(str(block.ref("certificate_arn")))
        if block.ref("listener_arn") in listeners and made is not None and made.text("domain_name") == host:
            return carried(f"{block.address} has {made.address}", block.address)
    return Blocked(host, f"no listener on {port} has a certificate that is issued for {host}")


def _leads(paths: Paths, domain: str, doors: set[Identity]) -> Answer:
    blocked: Answer = Blocked(domain, f"the document has no DNS record for {domain}")
    for block in paths.model.document.resources("aws_route53_record"):
        if str(block.text("name")).rstrip(".") != domain or block.text("type") not in _ADDRESSES:
            continue
        target = _target(block)
        if isinstance(target, Reference) and target.address in doors:
            return carried(f"{block.address} leads {domain} to {target.address}", block.address)
        where = f"{block.address} leads {domain} to {text_of(target)}"
        known = isinstance(target, Reference) or target is None
        blocked = Blocked(block.address, where) if known else CannotTell(block.address, where)
    return blocked


def _target(block: Block) -> object:
    """The name that a record stands for: an alias, or the first of its records."""
    for alias in block.blocks("alias"):
        return alias.get("name")
    records = block.get("records")
    return records[0] if isinstance(records, list) and records else None
