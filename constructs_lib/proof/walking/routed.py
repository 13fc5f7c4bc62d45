"""Which rule takes requests for a host and a path, and whether it leads to a workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.walking.answers import Answer, Blocked, carried

if TYPE_CHECKING:
    from constructs_lib.load_balancing.routing.requests import Requests
    from constructs_lib.proof.model.load_balancing import Listener
    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.proof.walking.path import Paths


def routed(paths: Paths, target: Interface, requests: Requests, port: int) -> Answer:
    """Tell whether requests to a port lead to a workload, by the listeners that do or else by all."""
    own = {rule.address for _, listener, rule, _, _ in paths.ways(target.address) if listener.port == port}
    blocked = Blocked(target.address, f"no load balancer listens on {port}")
    for listener in _listeners(paths, target, port):
        taker = paths.taker(listener, requests.path, requests.host)
        if taker is not None and taker.address in own:
            for doubt in paths.bystanders.doubts((listener.address, taker.address)):
                return doubt
            return carried(f"{taker.address} takes {requests}", taker.address)
        where = taker.address if taker is not None else listener.address
        blocked = Blocked(where, f"{where} takes {requests} on {port}, and does not lead to {target}")
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
