"""Which doors of a document really let a connection in: every one is opened and knocked at, all at once."""

from __future__ import annotations

import asyncio
import select
import socket
from typing import TYPE_CHECKING, Any

from constructs_lib.local.doors.doors import Doors
from constructs_lib.local.doors.walls import Walls
from constructs_lib.local.picture import Picture
from constructs_lib.local.serving import HOST, Server

if TYPE_CHECKING:
    from constructs_lib.views.written_stack import WrittenStack

Knocks = dict[tuple[str, str, int], bool]
_PATIENCE_S = 0.03


def knocked(stack: WrittenStack) -> Knocks:
    """Tell for every caller, load balancer and port whether its door let a connection in."""
    return asyncio.run(_knocked(stack))


async def _knocked(stack: WrittenStack) -> Knocks:
    picture = Picture(stack, {})
    walls, server = Walls(), Server(_nothing)
    doors = Doors(server, walls, denied=lambda _: None)
    doors.callers, doors.listeners = picture.callers, picture.listeners
    ports = {}
    for caller in picture.callers.all:
        for listener in picture.listeners.values():
            door = await doors.standing(caller, listener)
            ports[caller.party, listener.load_balancer, listener.port] = door.port
    try:
        return await asyncio.get_running_loop().run_in_executor(None, _knock, ports)
    finally:
        walls.stop()
        await server.stop()


def _knock(ports: dict[tuple[str, str, int], int]) -> Knocks:
    asking = {}
    for key, port in ports.items():
        asking[key] = socket.socket()
        asking[key].setblocking(False)
        asking[key].connect_ex((HOST, port))
    found = {}
    for key, one in asking.items():
        _, ready, _ = select.select([], [one], [], 0)
        found[key] = bool(ready) and one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
    if not all(found.values()):
        select.select([], [], [], _PATIENCE_S)
        for key, one in asking.items():
            _, ready, _ = select.select([], [one], [], 0)
            found[key] = bool(ready) and one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
    for one in asking.values():
        one.close()
    return found


async def _nothing(_scope: Any, _receive: Any, _send: Any) -> None:
    """Answer nothing."""
