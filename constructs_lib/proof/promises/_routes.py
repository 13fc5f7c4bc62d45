"""The promises about hosts and paths: declared ones lead to their workload, and no others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.load_balancing.routing.requests import EVERY_PATH, Requests, covers, requests_of
from constructs_lib.proof.promises.promise import Promise, carrying, standing
from constructs_lib.proof.walking.answers import CannotTell, Carried, carried
from constructs_lib.proof.walking.routed import routed
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment import Environment, Workload
    from constructs_lib.proof.model.load_balancing import Listener, ListenerRule
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.proof.walking.path import Paths


def leading_routes(
    environment: Environment, paths: Paths, name: str, target: Interface, workload: Workload
) -> Iterator[Promise]:
    """Every path of every host of a workload has to lead to it, on its own listener."""
    if workload.exposure == "none" or not workload.is_routed:
        return
    for requests in requests_of(workload.hosts, workload.paths):
        port = environment.listener_port(name)
        sentence = f"requests for {requests} on {port} go to {name}"
        yield carrying("route", name, sentence, routed(paths, target, requests, port))


def only_routes(
    environment: Environment, paths: Paths, name: str, target: Interface, workload: Workload
) -> Promise:
    """Requests for other hosts or paths, or on other ports, than the declared ones must not lead to it."""
    declared, port = requests_of(workload.hosts, workload.paths), environment.listener_port(name)
    breaches: list[tuple[str, Carried | CannotTell]] = []
    for _, listener, rule, _, _ in paths.ways(target.address):
        for taken in _taken(rule):
            text = f"{rule.address} takes {taken} on {listener.port}, too"
            if isinstance(taken, Unknown) or isinstance(listener.port, Unknown):
                breaches.append((text, CannotTell(rule.address, f"{text}: not in this document")))
            elif (listener.port != port or not any(covers(own, taken) for own in declared)) and _takes(
                paths, listener, rule, taken
            ):
                breaches.append((text, carried(text, rule.address)))
    sentence = f"only requests for {' and '.join(map(str, declared))} on {port} go to {name}"
    ways = [*paths.ways(target.address)]
    touched = {part.address for _, listener, rule, group, _ in ways for part in (listener, rule, group)}
    return standing("route", name, sentence, breaches, paths.bystanders.doubts(sorted(touched)))


def _takes(paths: Paths, listener: Listener, rule: ListenerRule, requests: Requests) -> bool:
    """Tell whether no earlier rule takes all such requests."""
    taker = paths.taker(listener, requests.path, requests.host)
    return taker is None or taker.address == rule.address


def _taken(rule: ListenerRule) -> Iterator[Requests | Unknown]:
    """Give what a rule takes; one without a condition on the path, or the host, takes every one."""
    found = {c.kind: c.values for c in rule.conditions if c.kind in ("path_pattern", "host_header")}
    hosts, paths = found.get("host_header", (None,)), found.get("path_pattern", (EVERY_PATH,))
    yield from (value for value in (*hosts, *paths) if isinstance(value, Unknown))
    for host in hosts:
        for path in paths:
            if not isinstance(host, Unknown) and not isinstance(path, Unknown):
                yield Requests(host.lower() if host else None, path)
