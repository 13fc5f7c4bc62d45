"""A function's environment variables on this machine: load balancers' names become its own doors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.local.reading.values import Values, host_of
from constructs_lib.local.serving import HOST

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from constructs_lib.local.reading.listeners import Listener


class Addresses:
    """Finds load balancers in texts: by their DNS name, and by the names of a domain that lead to one."""

    def __init__(self, values: Values, listeners: Iterable[Listener]) -> None:
        self._values = values
        self._listeners = list(listeners)
        self._balancers = {host_of(one.load_balancer): one.load_balancer for one in self._listeners}
        for record in values.document.resources("aws_route53_record"):
            for alias in record.blocks("alias"):
                balancer = self._balancers.get(values.text(alias.get("name") or ""))
                if balancer and record.has("name"):
                    self._balancers[values.text(record.get("name")).rstrip(".")] = balancer
        names = "|".join(map(re.escape, sorted(self._balancers, key=len, reverse=True)))
        self._named = (
            re.compile(rf"(?:(https?)://)?(?<![\w.-])({names})(?![\w.-])(?::(\d+))?") if names else None
        )

    def listeners_in(self, variables: Mapping[str, Any]) -> list[Listener]:
        """The listeners that variables name, each once."""
        found: dict[str, Listener] = {}
        for value in variables.values():
            for match in self._matches(self._values.text(value)):
                listener = self._listener(match)
                if listener is not None:
                    found[listener.address] = listener
        return list(found.values())

    def _matches(self, text: str) -> list[re.Match[str]]:
        return list(self._named.finditer(text)) if self._named else []

    def _listener(self, match: re.Match[str]) -> Listener | None:
        scheme, host, port = match.groups()
        own = [one for one in self._listeners if one.load_balancer == self._balancers[host]]
        wanted = int(port) if port else HTTPS if scheme == "https" else HTTP
        return next(
            (one for one in own if one.port == wanted), own[0] if len(own) == 1 and not port else None
        )

    async def resolved(
        self, variables: Mapping[str, Any], door: Callable[[Listener], Awaitable[int]]
    ) -> dict[str, str]:
        """Give variables as texts, with ``127.0.0.1`` and the door's port where a load balancer was named."""
        made = {}
        for name, value in variables.items():
            text, done, parts = self._values.text(value), 0, []
            for match in self._matches(text):
                listener = self._listener(match)
                if listener is not None:
                    scheme = "http://" if match[1] else ""
                    parts += [text[done : match.start()], f"{scheme}{HOST}:{await door(listener)}"]
                    done = match.end()
            made[name] = "".join([*parts, text[done:]])
        return made
