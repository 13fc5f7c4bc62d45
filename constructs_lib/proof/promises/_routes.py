"""The promises about paths: declared ones lead to their workload, and no others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.load_balancing.routing.patterns import covers
from constructs_lib.proof.promises.promise import Promise, carrying, standing
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, Carried, carried
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment import Environment, Workload
    from constructs_lib.proof.model.load_balancing import Listener, ListenerRule
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.proof.walking.path import Paths

EVERY_PATH = "/*"


def leading_routes(
    environment: Environment, paths: Paths, name: str, target: Interface, workload: Workload
) -> Iterator[Promise]:
    """Every path of a workload has to lead to it, on its own listener."""
    for path in workload.paths if workload.exposure != "none" else ():
        port = environment.listener_port(name)
        sentence = f"requests for {path} on {port} go to {name}"
        yield carrying("route", name, sentence, _routed(paths, target, path, port))


def _routed(paths: Paths, target: Interface, path: str, port: int) -> Answer:
    own = {rule.address for _, listener, rule, _, _ in paths.ways(target.address) if listener.port == port}
    blocked = Blocked(target.address, f"no load balancer listens on {port}")
    for listener in _listeners(paths, target, port):
        taker = paths.taker(listener, path)
        if taker is not None and taker.address in own:
            for doubt in paths.bystanders.doubts((listener.address, taker.address)):
                return doubt
            return carried(f"{taker.address} takes {path}", taker.address)
        where = taker.address if taker is not None else listener.address
        blocked = Blocked(where, f"{where} takes {path} on {port}, and does not lead to {target}")
    return blocked


def _listeners(paths: Paths, target: Interface, port: int) -> list[Listener]:
    """Those on the port that lead to the target; where none does, all of them."""
    own = [listener for _, listener, _, _, _ in paths.ways(target.address) if listener.port == port]
    return own or [
        listener
        for balancer in paths.model.load_balancers.values()
        for listener in balancer.listeners
        if listener.port == port
    ]


def only_routes(
    environment: Environment, paths: Paths, name: str, target: Interface, workload: Workload
) -> Promise:
    """Requests for other paths, or on other ports, than the declared ones must not lead to a workload."""
    declared, port = workload.paths or [EVERY_PATH], environment.listener_port(name)
    breaches: list[tuple[str, Carried | CannotTell]] = []
    for _, listener, rule, _, _ in paths.ways(target.address):
        for path in _taken(rule):
            text = f"{rule.address} takes {path} on {listener.port}, too"
            if isinstance(path, Unknown) or isinstance(listener.port, Unknown):
                breaches.append((text, CannotTell(rule.address, f"{text}: not in this document")))
            elif (listener.port != port or not any(covers(own, path) for own in declared)) and _takes(
                paths, listener, rule, path
            ):
                breaches.append((text, carried(text, rule.address)))
    sentence = f"only requests for {' and '.join(declared)} on {port} go to {name}"
    ways = [*paths.ways(target.address)]
    touched = {part.address for _, listener, rule, group, _ in ways for part in (listener, rule, group)}
    return standing("route", name, sentence, breaches, paths.bystanders.doubts(sorted(touched)))


def _takes(paths: Paths, listener: Listener, rule: ListenerRule, path: str) -> bool:
    """Tell whether no earlier rule takes all requests for a path."""
    taker = paths.taker(listener, path)
    return taker is None or taker.address == rule.address


def _taken(rule: ListenerRule) -> Iterator[str | Unknown]:
    """Give the paths that a rule takes; one without a condition on the path takes every one."""
    found = [one.values for one in rule.conditions if one.kind == "path_pattern"]
    yield from (value for values in found for value in values)
    if not found:
        yield EVERY_PATH
