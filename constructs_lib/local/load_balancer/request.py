"""A request as a load balancer sees it, before it is anything to a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. path and query: as the client sent them, percent-encoded. headers: in their order,
    names in lower case, each value apart. client: address and port of who asks.
    """

    method: str
    path: str
    query: str
    headers: Headers
    client: tuple[str, int]
    body: bytes = b""

    def all(self, name: str) -> list[str]:
        """Every value of a header, in order."""
        return [value for key, value in self.headers if key == name]

    def first(self, name: str) -> str:
        """The first value of a header; empty where it is missing."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def host(self) -> str:
        """The host that is asked for, without a port, in lower case."""
        host = self.first("host")
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and ":" in host else host
        return name.lower()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The pairs of the query, undecoded."""
        pairs = [part.partition("=") for part in self.query.split("&") if part]
        return [(key, value) for key, _, value in pairs]

    @property
    def size(self) -> int:
        """Bytes of the headers."""
        return sum(len(name) + len(value) + 4 for name, value in self.headers)


def request_of(scope: Any, body: bytes = b"") -> Request:
    """The request of an ASGI scope."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].decode("latin-1")
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    client = scope.get("client") or ("127.0.0.1", 0)
    query = scope["query_string"].decode("latin-1")
    return Request(scope["method"], path, query, headers, (client[0], client[1]), body)


def decoded(text: str) -> str:
    """A percent-encoded text decoded as UTF-8."""
    return unquote_to_bytes(text).decode("utf-8", errors="replace")
