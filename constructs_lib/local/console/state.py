"""What the console shows of a running environment, beside what happens."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from constructs_lib.local.control.whom import name_of
from constructs_lib.local.doors.doors import Door
from constructs_lib.local.serving import HOST
from constructs_lib.proof.walking.answers import Blocked, CannotTell
from constructs_lib.views.diagram.svg import architecture_svg

if TYPE_CHECKING:
    from constructs_lib.local.doors.callers import Caller
    from constructs_lib.local.running import Running

MOST_CALLERS = 60
"""Of more callers than these the table of who reaches whom shows the first ones."""


def state_of(running: Running) -> dict[str, Any]:
    """Give the picture, callers, listeners, and who reaches whom."""
    picture = running.picture
    environment = picture.stack.environment
    title = f"{environment.project} · {environment.environment}" if environment else picture.stack.name
    asked = set(islice((caller.party for caller in picture.callers.all), MOST_CALLERS))
    return {
        "name": picture.stack.name,
        "title": title,
        "svg": architecture_svg(picture.stack),
        "public": [f"http://{HOST}:{door.port}" for door in running.public],
        "listeners": [
            {
                "name": name_of(listener),
                "address": listener.address,
                "load_balancer": listener.load_balancer,
                "internal": listener.internal,
                "behind": picture.advice.callees(listener),
            }
            for listener in sorted(picture.listeners.values(), key=lambda one: one.internal)
        ],
        "callers": [
            {
                "name": caller.name,
                "party": caller.party,
                "kind": caller.kind,
                "doors": _doors(running, caller) if caller.party in asked else None,
            }
            for caller in picture.callers.all
        ],
    }


def _doors(running: Running, caller: Caller) -> dict[str, Any]:
    found = {}
    for listener in running.picture.listeners.values():
        answer = running.doors.verdict(caller, listener)
        if isinstance(answer, Blocked):
            denial = running.picture.advice.denial(Door(caller, listener, answer))
            told = {"verdict": "blocked", "why": denial.why, "hop": denial.hop, "change": denial.change}
        elif isinstance(answer, CannotTell):
            told = {"verdict": "cannot tell", "why": str(answer)}
        else:
            told = {"verdict": "carried", "why": "; ".join(str(hop) for hop in answer.hops)}
        found[listener.address] = told
    return found
