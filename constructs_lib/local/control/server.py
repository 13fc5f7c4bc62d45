"""What a running environment answers to ``request`` and ``send``: which door is asked, what became of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from constructs_lib.local.control.places import NOT_HERE
from constructs_lib.local.control.sending import send
from constructs_lib.local.control.whom import meant
from constructs_lib.local.doors.callers import INTERNET
from constructs_lib.local.load_balancer.matching import takes_host
from constructs_lib.local.serving import HOST

if TYPE_CHECKING:
    from constructs_lib.local.running import Running

_LARGEST = 16 << 20  # bytes of a question; the largest event has 6 MB


class Control:
    """Listens on a Unix socket; each line is a question as JSON, each answer another line."""

    def __init__(self, running: Running, path: Path) -> None:
        self._running, self._path = running, path
        self._server: asyncio.AbstractServer | None = None

    async def start(self) -> None:
        """Begin to listen. A socket that a killed run left is replaced."""
        if sys.platform == "win32":
            raise OSError(NOT_HERE)
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._talk, str(self._path), limit=_LARGEST)
        self._path.chmod(0o600)

    async def stop(self) -> None:
        """Stop listening and remove the socket."""
        if self._server is not None:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, ValueError):
            if line := await reader.readline():
                answer = await _answer(self._running, json.loads(line))
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.close()


async def _answer(running: Running, asked: dict[str, Any]) -> dict[str, Any]:
    if "send" in asked:
        return await send(running, str(asked["send"]), asked.get("event"))
    return await door_for(running, asked)


async def door_for(running: Running, asked: dict[str, Any]) -> dict[str, Any]:
    """Give the door for ``as``, ``to`` and ``target``: port, path, verdict; or ``wrong`` in words."""
    picture = running.picture
    source, to, target = (str(asked.get(key) or "") for key in ("as", "to", "target"))
    parts = urlsplit(target) if "://" in target else None
    if parts is not None and parts.hostname in (HOST, "localhost") and parts.port in running.doors.by_port:
        there = running.doors.by_port[parts.port]
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        to = to or there.listener.address
        source = source if source not in ("", INTERNET) else there.caller.party
    behind = {address: picture.advice.callees(one) for address, one in picture.listeners.items()}
    try:
        caller, listener, path = meant(
            picture.callers,
            picture.listeners,
            behind,
            source=source,
            to=to,
            target=target or "/",
        )
    except LookupError as fault:
        return {"wrong": str(fault.args[0])}
    door = await running.door(caller, listener)
    told = {
        "port": door.port,
        "path": path,
        "as": caller.name,
        "to": f"{listener.name}:{listener.port}",
        "verdict": "blocked" if not door.is_open else "cannot tell" if door.is_doubtful else "carried",
    }
    if parts is not None and not to and takes_host(listener, parts.netloc):
        told["host"] = parts.netloc
    if not door.is_open:
        told["denial"] = picture.advice.denial(door).facts()
    elif door.is_doubtful:
        told["doubt"] = str(door.answer)
    return told
