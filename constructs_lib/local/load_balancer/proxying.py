"""Sends a request on to a service of this machine and gives back what it answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import h11

from constructs_lib.local.load_balancer.answer import Answer, own
from constructs_lib.local.serving import HOST

if TYPE_CHECKING:
    from constructs_lib.local.load_balancer.request import Request

# Of one connection alone: https://www.rfc-editor.org/rfc/rfc9110.html#section-7.6.1
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "upgrade", "te", "trailer"}
_CHUNK = 1 << 16


async def proxied(request: Request, port: int, name: str) -> Answer:
    """Ask a service at its port; 502 where it takes no connection, breaks it or sends no HTTP."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
    except OSError as fault:
        return own(502, f"{name} takes no connection on port {port}: {fault}")
    try:
        return await _exchanged(request, reader, writer)
    except (OSError, h11.ProtocolError) as fault:
        return own(502, f"{name} sent no answer of HTTP: {fault or type(fault).__name__}")
    finally:
        writer.close()


async def _exchanged(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
    connection = h11.Connection(h11.CLIENT)
    headers = [(name, value) for name, value in request.headers if name not in _HOP_BY_HOP]
    headers += [("connection", "close"), ("content-length", str(len(request.body)))]
    target = request.path + (f"?{request.query}" if request.query else "")
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    begin = h11.Request(method=request.method, target=target.encode("latin-1"), headers=encoded)
    for sent in (begin, h11.Data(data=request.body), h11.EndOfMessage()):
        writer.write(connection.send(sent) or b"")
    await writer.drain()
    status = 502
    told: list[tuple[str, str]] = []
    parts: list[bytes] = []
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_CHUNK))
        elif isinstance(event, h11.Response):
            status = event.status_code
            told = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers]
        elif isinstance(event, h11.Data):
            parts.append(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
            kept = tuple((name, value) for name, value in told if name.lower() not in _HOP_BY_HOP)
            return Answer(status, kept, b"".join(parts))
