"""Ports that never answer: a connection to one times out, as behind a security group that does not admit it.

Linux drops what arrives at a listening socket whose filter takes nothing
(https://docs.kernel.org/networking/filter.html), counts what it dropped, and the caller's kernel goes on
asking until the caller gives up. Elsewhere a connection is taken and never answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from constructs_lib.local.serving import HOST, listening_socket

_SO_ATTACH_FILTER, _SO_MEMINFO, _DROPS = 26, 55, 8  # asm-generic/socket.h, linux/sock_diag.h
_TAKE_NOTHING = struct.pack("HBBI", 0x06, 0, 0, 0)  # BPF: return 0
_SYN_SENT = "02"
_LOOK_S = 0.1

Attempt = Callable[[int], None]


@dataclass
class Wall:
    """A port that never answers. ``tried`` is called for each caller that tries, with its own port."""

    socket: socket.socket
    tried: Attempt
    dropped: int = 0
    seen: set[int] = field(default_factory=set)
    held: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def port(self) -> int:
        """The port of 127.0.0.1."""
        port: int = self.socket.getsockname()[1]
        return port


class Walls:
    """All ports that never answer. They are looked at only while there are any."""

    def __init__(self) -> None:
        self._walls: dict[int, Wall] = {}
        self._looking: asyncio.Task[None] | None = None

    def build(self, tried: Attempt, port: int = 0) -> int:
        """Make a port that never answers; 0 picks a free one. Gives the port."""
        wall = Wall(listening_socket(port), tried)
        self._walls[wall.port] = wall
        if not _drops_everything(wall.socket):
            wall.held.append(asyncio.create_task(_hold(wall)))
        elif self._looking is None:
            self._looking = asyncio.create_task(self._look())
        return wall.port

    def remove(self, port: int) -> None:
        """Close such a port."""
        wall = self._walls.pop(port, None)
        if wall is not None:
            for task in wall.held:
                task.cancel()
            wall.socket.close()

    def stop(self) -> None:
        """Close all of them."""
        for port in tuple(self._walls):
            self.remove(port)
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> None:
        while self._walls:
            await asyncio.sleep(_LOOK_S)
            for wall in tuple(self._walls.values()):
                if (count := _dropped(wall.socket)) != wall.dropped:
                    wall.dropped = count
                    self._attempts(wall)
        self._looking = None

    def _attempts(self, wall: Wall) -> None:
        """Tell every caller apart by its own port; what one sends again is no other attempt."""
        waiting = _callers(wall.port)
        for caller in waiting - wall.seen:
            wall.tried(caller)
        wall.seen = waiting


def _drops_everything(listening: socket.socket) -> bool:
    """Make the kernel drop what arrives; tells whether this system can."""
    if sys.platform != "linux":
        return False
    code = ctypes.create_string_buffer(_TAKE_NOTHING)
    program = struct.pack("HL", 1, ctypes.addressof(code))
    try:
        listening.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)
        _dropped(listening)
    except OSError:
        return False
    return True


def _dropped(listening: socket.socket) -> int:
    numbers = listening.getsockopt(socket.SOL_SOCKET, _SO_MEMINFO, 36)
    found: int = struct.unpack("9I", numbers)[_DROPS]
    return found


def _callers(port: int) -> set[int]:
    """The ports from which connections to a port are being tried."""
    found = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for line in Path("/proc/net", table).read_text().splitlines()[1:]:
                parts = line.split()
                if parts[3] == _SYN_SENT and int(parts[2].rpartition(":")[2], 16) == port:
                    found.add(int(parts[1].rpartition(":")[2], 16))
    return found


async def _hold(wall: Wall) -> None:
    """Take connections and never answer, where the kernel cannot drop them."""
    loop, kept = asyncio.get_running_loop(), []
    while True:
        connection, (_, caller) = await loop.sock_accept(wall.socket)
        kept.append(connection)
        wall.tried(caller)


def times_out() -> bool:
    """Tell whether a blocked door times out while connecting here, as in AWS, and not only while reading."""
    with listening_socket() as probe:
        if not _drops_everything(probe):
            return False
        with socket.socket() as caller:
            caller.settimeout(0.02)
            try:
                caller.connect((HOST, probe.getsockname()[1]))
            except TimeoutError:
                return True
            return False
