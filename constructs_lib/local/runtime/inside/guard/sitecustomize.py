"""Holds what a Python function connects to outside to the proof. Python runs this before a function's code.

Every connection of a stream socket that leaves this machine is asked about; where the proof says blocked,
the socket is led to a port that never answers, so that the function sees a timeout, as behind a security
group.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_API = os.environ.get("LOCAL_EGRESS_API", "")
_hosts: dict[str, str] = {}  # names by the addresses that they were looked up to
_allowed: set[tuple[str, str, int]] = set()
_asking: list[bool] = []


def _blocked(host: str, address: str, port: int) -> int:
    """Give the port that never answers, or 0 where the connection is allowed."""
    key = (host, address, port)
    if key in _allowed:
        return 0
    import http.client
    from urllib.parse import urlencode

    _asking.append(True)
    try:
        connection = http.client.HTTPConnection(_API, timeout=10)
        query = urlencode({"host": host, "address": address, "port": port})
        connection.request("GET", "/local/egress?" + query)
        answer = connection.getresponse()
        port_that_blocks = int(answer.read() or b"0") if answer.status == 200 else 0
        connection.close()
    except OSError:
        return 0
    finally:
        _asking.pop()
    if not port_that_blocks:
        _allowed.add(key)
    return port_that_blocks


def _guard(event: str, arguments: Any) -> None:
    if event != "socket.connect" or _asking:
        return
    sock, address = arguments
    families = (_socket.AF_INET, _socket.AF_INET6)
    if sock.family not in families or not sock.type & _socket.SOCK_STREAM or not isinstance(address, tuple):
        return
    target, port = str(address[0]), int(address[1])
    if target == "localhost" or target.startswith(("127.", "::ffff:127.")) or target in ("::1", "", "::"):
        return
    is_name = not target[:1].isdigit() and ":" not in target
    blocked = _blocked(target if is_name else _hosts.get(target, ""), target, port)
    if blocked:
        loopback = "127.0.0.1" if sock.family == _socket.AF_INET else "::ffff:127.0.0.1"
        _socket.socket.connect(sock, (loopback, blocked))


def _remember_names() -> None:
    """Keep which name an address was looked up by: an AWS service is one by its name."""
    import socket

    found = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:
        answers = found(host, *arguments, **named)
        name = host.decode() if isinstance(host, bytes) else host or ""
        _hosts.update((str(answer[4][0]), name) for answer in answers if answer[4][0] != name)
        return answers

    socket.getaddrinfo = getaddrinfo


if _API:
    import _socket

    _remember_names()
    sys.addaudithook(_guard)
