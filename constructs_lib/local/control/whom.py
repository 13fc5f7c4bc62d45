"""Which door is meant by who asks and what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from constructs_lib.local.doors.callers import INTERNET
from constructs_lib.local.load_balancer.matching import takes_host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.local.doors.callers import Caller, Callers
    from constructs_lib.local.reading.listeners import Listener


def name_of(listener: Listener) -> str:
    """What people call a listener: ``internal:8080``."""
    return f"{listener.name}:{listener.port}"


def meant(
    callers: Callers,
    listeners: Mapping[str, Listener],
    behind: Mapping[str, list[str]],
    *,
    source: str,
    to: str,
    target: str,
) -> tuple[Caller, Listener, str]:
    """Give caller, listener and path. target: a path, or a URL whose host is a load balancer or workload, or
    one that a rule names.

    to: a listener by ``internal:8080``, its load balancer, its address, or a workload behind it; empty where
    the target or the caller tells. behind: the workloads behind each listener.

    Raises LookupError with what is not known, and what is.
    """
    path, host = target, ""
    if "://" in target:
        parts = urlsplit(target)
        path, host = parts.path + (f"?{parts.query}" if parts.query else ""), parts.netloc
    if not path.startswith("/"):
        path = f"/{path}"
    caller = callers.find(source or INTERNET)
    wanted = to or host
    if wanted:
        return caller, _named(listeners, behind, wanted), path
    public = caller.kind in ("internet", "range")
    own = [one for one in listeners.values() if one.internal is not public]
    if len(own) == 1 or (own and public):
        return caller, own[0], path
    known = ", ".join(map(name_of, listeners.values())) or "none"
    raise LookupError(f"which listener is meant? name one with --to: {known}")


def _named(listeners: Mapping[str, Listener], behind: Mapping[str, list[str]], wanted: str) -> Listener:
    exact = [one for one in listeners.values() if wanted in (one.address, name_of(one))]
    if exact:
        return exact[0]
    loose = [one for one in listeners.values() if wanted in (one.name, one.load_balancer)]
    loose = loose or [one for one in listeners.values() if wanted in behind.get(one.address, ())]
    loose = loose or [one for one in listeners.values() if takes_host(one, wanted)]
    if len(loose) == 1:
        return loose[0]
    known = ", ".join(map(name_of, loose or listeners.values())) or "none"
    rule = f"{wanted!r} means more than one listener" if loose else f"no listener is called {wanted!r}"
    raise LookupError(f"{rule}; there are: {known}")
