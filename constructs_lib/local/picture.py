"""What of a stack runs on this machine, read once; another one takes its place at a reload."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.local.doors.advice import Advice
from constructs_lib.local.doors.callers import Callers
from constructs_lib.local.doors.egress import Egress
from constructs_lib.local.reading.functions import read_functions
from constructs_lib.local.reading.listeners import (
    Listener,
    Target,
    TargetGroup,
    read_listeners,
    read_target_groups,
)
from constructs_lib.local.reading.services import read_services
from constructs_lib.local.reading.values import Values
from constructs_lib.local.variables import Addresses
from constructs_lib.proof.walking import delivery

if TYPE_CHECKING:
    from constructs_lib.proof.walking.answers import Answer as Verdict
    from constructs_lib.views.written_stack import WrittenStack


class Picture:
    """Listeners, functions and callers of a stack, and what the proof says of them."""

    def __init__(self, stack: WrittenStack, sources: Mapping[str, Path]) -> None:
        self.stack = stack
        self.reachability = stack.reachability
        model = stack.model
        self.values = Values(stack.document, stack.folder)
        self.listeners = read_listeners(model, self.values)
        self.groups = read_target_groups(model, self.values)
        self.functions = read_functions(self.values, folder=stack.folder, sources=sources)
        self.services = read_services(model, self.values)
        named = stack.environment.callers if stack.environment else {}
        ids = {name: caller.security_group_id for name, caller in named.items()}
        self.callers = Callers(self.reachability, ids)
        self.addresses = Addresses(self.values, self.listeners.values())
        self.egress = Egress(self.reachability, self.values)
        self.advice = Advice(stack.environment, self.groups)
        self._delivered: dict[tuple[str, str, Target], Verdict] = {}

    def delivers(self, listener: Listener, group: TargetGroup, target: Target) -> Verdict:
        """Tell whether a listener's load balancer gets a request to a target: permission or connection."""
        key = (listener.load_balancer, group.address, target)
        if key not in self._delivered:
            model = self.stack.model
            balancer = model.load_balancers[listener.load_balancer]
            found = model.target_groups[group.address]
            held = next(one for one in found.targets if str(one.thing) == target.thing)
            port = target.port or (found.port if isinstance(found.port, int) else listener.port)
            self._delivered[key] = delivery.delivers(model, balancer, found, held, port, every=True)
        return self._delivered[key]
