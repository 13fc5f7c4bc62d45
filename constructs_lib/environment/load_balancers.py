"""What the file's workloads ask of the two load balancers: their ports, who is let in, how long they wait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.environment.tables.text_forms import DOMAIN
from constructs_lib.environment.timeouts import timeouts_s
from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.figures.load_balancer import DEFAULT_IDLE_TIMEOUT_S
from constructs_lib.names import WILDCARD

if TYPE_CHECKING:
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.workloads import Workload

_LEAST_LABELS = 2  # of a zone's name: nobody has a zone for all of com


def is_name(host: str) -> bool:
    """Whether a host is a name of DNS, or all names below one (``*.example.com``), as records may have."""
    return re.match(DOMAIN.pattern, host.removeprefix(WILDCARD)) is not None


def may_share_zone(host: str, domain: str) -> bool:
    """Whether one hosted zone can have both names: not where they end differently.

    The name of the zone is not in the file; only Route 53 knows whether it is short enough.
    """
    labels, others = (one.split(".")[::-1] for one in (host.removeprefix(WILDCARD), domain))
    same = next(
        (at for at, (one, other) in enumerate(zip(labels, others, strict=False)) if one != other), None
    )
    shared = min(len(labels), len(others)) if same is None else same
    return shared >= _LEAST_LABELS


def on_shared_listener(environment: Environment, load_balancer: str) -> dict[str, Workload]:
    """The workloads that share the load balancer's default listener: those with paths or hosts."""
    return {n: workload for n, workload in environment.exposed(load_balancer).items() if workload.is_routed}


def redirects_to_https(environment: Environment) -> bool:
    """Whether the public load balancer answers HTTP with a redirect: something of it speaks HTTPS on 443."""
    secure = not environment.load_balancers.public.insecure_http
    return secure and HTTPS in {environment.listener_port(name) for name in environment.exposed("public")}


def listener_ports(environment: Environment, load_balancer: str) -> set[int]:
    """The ports that the load balancer listens on."""
    ports = {environment.listener_port(name) for name in environment.exposed(load_balancer)}
    return ports | ({HTTP} if load_balancer == "public" and redirects_to_https(environment) else set())


def caller_ports(environment: Environment, caller: str) -> list[int]:
    """The ports of the internal load balancer that a workload or an existing caller is let in to."""
    return sorted({environment.listener_port(callee) for callee in environment.calls[caller]})


def issues_certificate(environment: Environment, load_balancer: str) -> bool:
    """Whether certificates are made: only public names can be proven by DNS that everybody may read."""
    public = environment.load_balancers.public
    return load_balancer == "public" and bool(public.domain) and not named_certificates(environment, "public")


def named_certificates(environment: Environment, load_balancer: str) -> list[str]:
    """The ARNs of the certificates that the file names for a load balancer, the default one first."""
    settings = getattr(environment.load_balancers, load_balancer)
    others = getattr(settings, "certificate_arns", [])
    return [settings.certificate_arn] if settings.certificate_arn else [*others]


def hosts_of(environment: Environment) -> dict[str, str]:
    """The hosts of public workloads, each with the first workload that has it, in the order of the file."""
    found: dict[str, str] = {}
    for name, workload in environment.exposed("public").items():
        for host in workload.hosts:
            found.setdefault(host, name)
    return found


def hosts_in_zone(environment: Environment) -> list[str]:
    """The hosts that get a record in the public load balancer's hosted zone, beside its own domain."""
    public = environment.load_balancers.public
    if not public.domain or not public.zone_id:
        return []
    return [
        host
        for host in hosts_of(environment)
        if host != public.domain and is_name(host) and may_share_zone(host, public.domain)
    ]


def extra_certificates(environment: Environment) -> int:
    """The certificates beside the default ones, on each HTTPS listener of the public load balancer."""
    named = named_certificates(environment, "public")
    issued = hosts_in_zone(environment) if issues_certificate(environment, "public") else []
    listeners = {environment.listener_port(name) for name in environment.exposed("public")}
    return (len(named[1:]) + len(issued)) * len(listeners)


def idle_timeout_s(environment: Environment, load_balancer: str) -> int:
    """Seconds without data before the load balancer hangs up: the file's, else never before a function.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
    """
    written = getattr(environment.load_balancers, load_balancer).idle_timeout_s
    behind = (name for name, one in environment.functions.items() if one.exposure == load_balancer)
    slowest = max(map(timeouts_s(environment).__getitem__, behind), default=0)
    return int(written or max(DEFAULT_IDLE_TIMEOUT_S, slowest))
