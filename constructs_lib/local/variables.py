"""A function's environment variables on this machine: load balancers' names become its own doors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.local.reading.values import Values, host_of
from constructs_lib.local.serving import HOST
from constructs_lib.names import CALLEE_URLS, callee_urls_text, read_callee_urls

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
        for name, value in variables.items():
            found |= {one.address: one for one in self._callees(name, self._values.text(value)).values()}
            for match in self._matches(self._values.text(value)):
                listener = self._listener(match)
                if listener is not None:
                    found[listener.address] = listener
        return list(found.values())

    def _callees(self, variable: str, text: str) -> dict[str, Listener]:
        """The listeners of ``CALLEE_URLS`` by callee, whose ports stand apart from the host."""
        base, ports = read_callee_urls(text) if variable == CALLEE_URLS else ("", {})
        found = self._named.fullmatch(base) if self._named and ports else None
        if found is None:
            return {}
        own = [one for one in self._listeners if one.load_balancer == self._balancers[found[2]]]
        named = {callee: [one for one in own if one.port == port] for callee, port in ports.items()}
        return {callee: listeners[0] for callee, listeners in named.items() if listeners}

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
            if callees := self._callees(name, text):
                ports = {callee: await door(listener) for callee, listener in callees.items()}
                made[name] = callee_urls_text(f"http://{HOST}", ports)
                continue
            for match in self._matches(text):
                listener = self._listener(match)
                if listener is not None:
                    scheme = "http://" if match[1] else ""
                    parts += [text[done : match.start()], f"{scheme}{HOST}:{await door(listener)}"]
                    done = match.end()
            made[name] = "".join([*parts, text[done:]])
        return made
