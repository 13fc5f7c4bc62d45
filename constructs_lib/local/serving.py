"""HTTP servers on sockets of 127.0.0.1: one plain ASGI application behind as many ports as are needed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.server import ServerState

from constructs_lib.figures.load_balancer import HEADERS_BYTES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

HOST = "127.0.0.1"
Application = Any  # an ASGI application

logging.getLogger("uvicorn").addHandler(logging.NullHandler())
logging.getLogger("uvicorn").propagate = False


class Server:
    """Serves one ASGI application on any number of sockets; which one it was is ``scope["server"][1]``."""

    def __init__(
        self, application: Callable[[Any, Any, Any], Awaitable[None]], *, keep_alive_s: int = 60
    ) -> None:
        async def until_stopped(scope: Any, receive: Any, send: Any) -> None:
            with contextlib.suppress(asyncio.CancelledError):
                await application(scope, receive, send)

        self._config = uvicorn.Config(
            until_stopped,
            interface="asgi3",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=keep_alive_s,
            h11_max_incomplete_event_size=2 * HEADERS_BYTES,
        )
        self._config.load()
        self._state = ServerState()
        self._servers: dict[int, asyncio.Server] = {}

    async def open(self, listening: socket.socket) -> int:
        """Serve on a listening socket; gives its port."""
        port: int = listening.getsockname()[1]
        loop = asyncio.get_running_loop()
        protocol = self._config.http_protocol_class
        self._servers[port] = await loop.create_server(
            lambda: protocol(config=self._config, server_state=self._state, app_state={}),  # type: ignore[call-arg]
            sock=listening,
            backlog=BACKLOG,
        )
        return port

    def close(self, port: int) -> None:
        """Stop listening on a port; requests that are under way end as they would."""
        server = self._servers.pop(port, None)
        if server is not None:
            server.close()
        for connection in tuple(self._state.connections):
            own = getattr(connection, "server", None)
            if own and own[1] == port:
                connection.shutdown()

    async def stop(self) -> None:
        """Close every socket and connection."""
        for port in tuple(self._servers):
            self.close(port)
        for task in tuple(self._state.tasks):
            task.cancel()
        for connection in tuple(self._state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
        await asyncio.sleep(0)


BACKLOG = 1024


def listening_socket(port: int = 0) -> socket.socket:
    """Give a socket that is bound to a port of 127.0.0.1 and listens; 0 picks a free one.

    Named as TCP, so that asyncio turns Nagle's algorithm off; else each hop waits for the acknowledgement.
    Raises OSError where the port is taken.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made
