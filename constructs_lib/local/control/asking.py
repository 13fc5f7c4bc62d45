"""Sends one request to a door and says what came back, or that nothing did."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.local.serving import HOST

if TYPE_CHECKING:
    from collections.abc import Sequence

CONNECT_S = 3.0
"""How long a door is knocked at; a security group would let it wait for ever."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status 0 where the connection timed out or broke, with the ``fault`` in words."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    ms: float
    fault: str = ""


def ask(
    port: int,
    method: str,
    path: str,
    *,
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
    timeout_s: float = 120.0,
    connect_s: float = CONNECT_S,
) -> Reply:
    """Ask at a port of 127.0.0.1."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection(HOST, port, timeout=connect_s)
    connection.max_response_headers = 1000  # type: ignore[attr-defined]
    try:
        connection.connect()
    except TimeoutError:
        fault = f"the connection timed out after {connect_s:g} s"
        return Reply(0, (), b"", (time.perf_counter() - began) * 1000, fault)
    except OSError as error:
        return Reply(0, (), b"", (time.perf_counter() - began) * 1000, f"cannot connect: {error}")
    try:
        connection.sock.settimeout(timeout_s)
        connection.putrequest(
            method, path or "/", skip_host=_names(headers, "host"), skip_accept_encoding=True
        )
        for name, value in headers:
            connection.putheader(name, value.encode("latin-1", "replace"))
        if (body or method in ("POST", "PUT", "PATCH")) and not _names(headers, "content-length"):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        content = answer.read()
        return Reply(answer.status, answer.getheaders(), content, (time.perf_counter() - began) * 1000)
    except (OSError, http.client.HTTPException) as error:
        fault = f"the connection broke: {type(error).__name__} {error}".rstrip()
        return Reply(0, (), b"", (time.perf_counter() - began) * 1000, fault)
    finally:
        connection.close()


def _names(headers: Sequence[tuple[str, str]], name: str) -> bool:
    return any(key.lower() == name for key, _ in headers)
