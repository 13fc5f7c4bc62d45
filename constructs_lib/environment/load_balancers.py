"""What the file's workloads ask of the two load balancers: their ports, who is let in, how long they wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.timeouts import timeouts_s
from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.figures.load_balancer import DEFAULT_IDLE_TIMEOUT_S

if TYPE_CHECKING:
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.workloads import Workload


def on_shared_listener(environment: Environment, load_balancer: str) -> dict[str, Workload]:
    """The workloads that share the load balancer's default listener: those with paths."""
    return {name: workload for name, workload in environment.exposed(load_balancer).items() if workload.paths}


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
    """Whether a certificate is made: only a public name can be proven by DNS that everybody may read."""
    public = environment.load_balancers.public
    return load_balancer == "public" and bool(public.domain) and not public.certificate_arn


def idle_timeout_s(environment: Environment, load_balancer: str) -> int:
    """Seconds without data before the load balancer hangs up: the file's, else never before a function.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
    """
    written = getattr(environment.load_balancers, load_balancer).idle_timeout_s
    behind = (name for name, one in environment.functions.items() if one.exposure == load_balancer)
    slowest = max(map(timeouts_s(environment).__getitem__, behind), default=0)
    return int(written or max(DEFAULT_IDLE_TIMEOUT_S, slowest))
