"""Ports and paths: which listener leads to which workload, and who reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.load_balancers import on_shared_listener
from constructs_lib.environment.tables.waiver import accepting
from constructs_lib.errors import Problem
from constructs_lib.figures.internet import HTTP, HTTPS, PORT
from constructs_lib.load_balancing.routing.routes import Route, check_routes
from constructs_lib.problem_words import field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.workloads import Workload

_ROUTE_KEYS = ("exposure", "port", "paths", "hosts", "priority")


def check_listeners(draft: Draft) -> Iterator[Problem]:
    """Every exposed workload has one way in, no two have the same, and whoever may use it is meant to."""
    for name, workload in draft.environment.workloads.items():
        if not draft.any_unknown(draft.environment.place_of(name), *_ROUTE_KEYS):
            yield from _way_in(field_path(*draft.environment.place_of(name)), workload)
    for load_balancer in ("internal", "public"):
        yield from _check_ports(draft, load_balancer)
        yield from _check_paths(draft, load_balancer)
    yield from _check_shared_listener(draft)


def taken_ports(environment: Environment, load_balancer: str) -> dict[int, str]:
    """The ports that no workload can have for itself, with the words for what has them."""
    own = {workload.port for workload in environment.exposed(load_balancer).values()}
    shared = bool(on_shared_listener(environment, load_balancer))
    taken = (
        {environment.default_port(load_balancer): "the listener of workloads with paths"} if shared else {}
    )
    if load_balancer == "public" and (shared or HTTPS in own):
        insecure = environment.load_balancers.public.insecure_http
        if not insecure:
            taken[HTTP] = "the redirect to HTTPS"
        elif shared:
            taken[HTTPS] = "HTTPS, which insecure_http = true does without"
    return taken


def unauthorized(environment: Environment) -> list[tuple[str, str]]:
    """Who reaches whom over the internal shared listener without naming it: a security group sees ports."""
    shared = on_shared_listener(environment, "internal")
    by_callee = {name: set(environment.callers_of(name)) for name in shared}
    everyone = sorted(set().union(*by_callee.values()))
    return [
        (caller, name)
        for caller in everyone
        for name in shared
        if caller not in by_callee[name] and caller != name
    ]


def _way_in(table: str, workload: Workload) -> Iterator[Problem]:
    if workload.exposure == "none":
        for key in ("port", "paths", "hosts", "priority"):
            value = getattr(workload, key)
            if value not in (None, []):
                rule = 'is a way in, and the exposure is "none"'
                way_out = f'write exposure = "internal" or "public" in [{table}], or remove it'
                yield Problem(f"{table}.{key}", value, rule, way_out)
        return
    if workload.port is None and not workload.is_routed:
        way_out = 'write port = 8080 (a listener of its own) or paths = ["/..."] (the shared one)'
        rule = "needs a way in: a port or paths"
        yield Problem(f"{table}.exposure", workload.exposure, rule, way_out)
    elif workload.port is not None and workload.paths:
        rule = "has both a port and paths; exactly one of them is the way in"
        way_out = "keep port for a listener of its own, or paths for the shared one"
        yield Problem(f"{table}.port", workload.port, rule, way_out)
    elif workload.port is not None and workload.hosts:
        rule = "a listener of its own takes the requests for every host, and there are hosts"
        yield Problem(f"{table}.port", workload.port, rule, "remove port: hosts lead to it on the shared one")
    if workload.hosts and workload.exposure == "internal":
        rule = "callers ask for the internal load balancer's own name, so that no request has another host"
        yield Problem(f"{table}.hosts", workload.hosts, rule, "write port or paths, or remove it")
    if workload.priority is not None and not workload.is_routed:
        rule = "orders paths on the shared listener, and there are no paths"
        yield Problem(
            f"{table}.priority", workload.priority, rule, "remove it, or write paths instead of port"
        )


def _check_ports(draft: Draft, load_balancer: str) -> Iterator[Problem]:
    environment = draft.environment
    taken: dict[int, str] = taken_ports(environment, load_balancer)
    for name, workload in environment.exposed(load_balancer).items():
        if workload.port is None or draft.any_unknown(draft.environment.place_of(name), *_ROUTE_KEYS):
            continue
        if workload.port in taken:
            rule = (
                f"is taken on the {load_balancer} load balancer by {taken[workload.port]}: one listener "
                f"for each port"
            )
            way_out = f"{_free_port(taken, workload.port)} is free"
            yield Problem(field_path(*environment.place_of(name), "port"), workload.port, rule, way_out)
        taken.setdefault(workload.port, quoted(name))


def _free_port(taken: Mapping[int, str], port: int) -> int:
    above = (candidate for candidate in range(port + 1, PORT.most + 1) if candidate not in taken)
    below = (candidate for candidate in range(port, PORT.least - 1, -1) if candidate not in taken)
    return next(above, None) or next(below)


def _check_paths(draft: Draft, load_balancer: str) -> Iterator[Problem]:
    routes = [
        Route(name, tuple(workload.paths), workload.priority, tuple(workload.hosts))
        for name, workload in on_shared_listener(draft.environment, load_balancer).items()
        if workload.port is None and not draft.any_unknown(draft.environment.place_of(name), *_ROUTE_KEYS)
    ]
    environment, address = draft.environment, f"aws_lb.{load_balancer}"
    most = environment.quotas.alb_listener_rules
    if len(routes) > most and accepting(environment.waivers, "alb-listener-rules", address):
        most = len(routes)
    yield from check_routes(
        routes,
        field_of=lambda workload: field_path(*environment.place_of(workload)),
        most=most,
        balancer=address,
    )


def _check_shared_listener(draft: Draft) -> Iterator[Problem]:
    environment = draft.environment
    if environment.load_balancers.internal.shared_listener or draft.unknown("load_balancers", "internal"):
        return
    if draft.workloads_unknown("calls", "exposure", "port", "paths"):
        return
    reached = unauthorized(environment)
    if not reached:
        return
    said = listed((f"{quoted(caller)} would reach {quoted(callee)}" for caller, callee in reached), most=8)
    names = listed((quoted(name) for name in on_shared_listener(environment, "internal")), most=8)
    yield Problem(
        "load_balancers.internal.shared_listener",
        False,
        f"{names} share port {environment.default_port('internal')} of the internal load balancer, so they "
        f"must have the "
        f"same callers: a security group sees ports, not paths, and {said} without naming it in `calls`",
        "give those a port of their own, name the same callees everywhere, or accept it with "
        "shared_listener = true",
    )
