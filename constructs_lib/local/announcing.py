"""What a running environment says at its start: where it is, what runs, and what is not as in AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constructs_lib.local.doors.walls import times_out
from constructs_lib.local.runtime import own_tmp
from constructs_lib.local.runtime.interpreters import Interpreter, interpreter_of
from constructs_lib.local.serving import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.local.running import Running


def ready(running: Running, *, console: str | None) -> dict[str, Any]:
    """The facts of the event ``ready``."""
    picture = running.picture
    return {
        "name": picture.stack.name,
        "public": [f"http://{HOST}:{door.port}" for door in running.public],
        "console": console,
        "doors": [
            {
                "as": door.caller.name,
                "to": f"{door.listener.name}:{door.listener.port}",
                "url": f"http://{HOST}:{door.port}",
                "open": door.is_open,
            }
            for door in running.doors.by_port.values()
            if door.worker is None
        ],
        "functions": [function.name for function in picture.functions.values()],
        "notes": list(notes(running)),
    }


def lines(facts: dict[str, Any]) -> Iterator[str]:
    """The same for people."""
    for door in facts["doors"]:
        closed = "" if door["open"] else "  (blocked)"
        yield f"  {door['url']}  {door['to']} as {door['as']}{closed}"
    if facts["console"]:
        yield f"  {facts['console']}  console"
    yield from (f"  {note}" for note in facts["notes"])


def notes(running: Running) -> Iterator[str]:
    """What differs from AWS on this machine."""
    picture = running.picture
    yield from _interpreters(running)
    yield from _hosts(running)
    others = [one for one in picture.functions.values() if not one.runtime.startswith("python")]
    unguarded = [one.name for one in others if not one.cannot_run]
    if unguarded:
        yield f"egress of {_some(unguarded)} is not held to the proof: only that of Python functions is"
    for function in picture.functions.values():
        if function.layers:
            yield f"{function.name}: its layers are not loaded here: {', '.join(function.layers)}"
    if not own_tmp.possible():
        yield "functions share the literal /tmp, since this system gives no other; TMPDIR is each one's own"
    yield from _services(running)
    encrypted = [one for one in picture.listeners.values() if one.protocol == "HTTPS"]
    if encrypted:
        yield f"{_some([f'{one.name}:{one.port}' for one in encrypted])}: plain HTTP here instead of HTTPS"
    if not times_out():
        yield "this system does not drop connections: a blocked door takes them and never answers"
    for door in running.doors.by_port.values():
        if door.is_doubtful:
            name = f"{door.caller.name} to {door.listener.name}:{door.listener.port}"
            yield f"warning: cannot tell, so it is open: {name}: {door.answer}"


def _services(running: Running) -> Iterator[str]:
    for service in running.picture.services.values():
        if running.programs.port_of(service.name) is None:
            yield f"{service.name}: nothing stands for it here (503): --service {service.name}=http://127.0.0.1:PORT"
        if service.secrets:
            yield f"{service.name}: its secrets are not read here: {', '.join(service.secrets)}"


def _hosts(running: Running) -> Iterator[str]:
    """Which names have to be asked for: this machine's address is none of them."""
    for listener in running.picture.listeners.values():
        conditions = [one for rule in listener.rules for one in rule.conditions if one.kind == "host_header"]
        hosts = dict.fromkeys(str(value) for one in conditions for value in one.values)
        if hosts:
            door = f"{listener.name}:{listener.port}"
            yield f"{door} has the hosts {_some([*hosts])}: ask for one with request --host NAME"


def _interpreters(running: Running) -> Iterator[str]:
    said: dict[str, list[str]] = {}
    for function in running.picture.functions.values():
        found = "" if function.cannot_run else interpreter_of(function.runtime)
        if function.cannot_run:
            text = "502 for whoever calls it, since it does not run here: " + function.cannot_run
        elif isinstance(found, Interpreter):
            exact = f"{found.language} {found.version}"
            text = f"on {exact}" if not found.said else f"on {exact}: {found.said}"
        else:
            text = f"502 for whoever calls it: {found}"
        said.setdefault(text, []).append(function.name)
    for text, names in said.items():
        yield f"{_some(names)} {text}"


def _some(names: list[str]) -> str:
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} more"]
    return ", ".join(shown)
