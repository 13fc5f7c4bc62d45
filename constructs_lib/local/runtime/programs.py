"""What stands for ECS services on this machine: programs that run already, and commands that are started."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from constructs_lib.local.runtime.worker import Worker
from constructs_lib.local.serving import listening_socket

if TYPE_CHECKING:
    from constructs_lib.local.events import Events

_CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")


@dataclass(frozen=True, slots=True)
class Program:
    """Where a service's program listens already (``url``), or the ``command`` that starts one."""

    url: str = ""
    command: str = ""

    @classmethod
    def of(cls, text: str) -> Program:
        """Read ``http://127.0.0.1:3000`` or a command. Raises ValueError for anything else."""
        if text.startswith(("http://", "https://")):
            parts = urlsplit(text)
            if parts.scheme != "http" or parts.hostname not in ("127.0.0.1", "localhost") or not parts.port:
                raise ValueError("a url of this machine with a port is needed, like http://127.0.0.1:3000")
            return cls(url=text)
        if "{port}" not in text:
            raise ValueError("a command is told its port where {port} stands")
        if not shlex.split(text):
            raise ValueError("a command is needed")
        return cls(command=text)


class Programs:
    """Starts and ends the programs. variables: gives a service's variables, its doors included."""

    def __init__(
        self,
        programs: Mapping[str, Program],
        *,
        folder: Path,
        events: Events,
        variables: Callable[[str], Awaitable[dict[str, str]]],
    ) -> None:
        self._programs, self._folder, self._events, self._variables = programs, folder, events, variables
        self._ports: dict[str, int] = {}
        self._workers: dict[str, Worker] = {}
        self._ends: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start what has to be started. Raises OSError for a command that this machine does not have."""
        for name, program in self._programs.items():
            if program.url:
                self._ports[name] = urlsplit(program.url).port or 0
                continue
            with listening_socket() as free:
                port: int = free.getsockname()[1]
            kept = {key: value for key, value in os.environ.items() if key not in _CREDENTIALS}
            told = {**kept, **await self._variables(name), "PORT": str(port)}
            words = [word.replace("{port}", str(port)) for word in shlex.split(program.command)]
            worker = Worker(1, port=port, arn=name, say=self._say)
            await worker.start(words, told, self._folder)
            self._ports[name], self._workers[name] = port, worker
            self._events.tell("start", function=name, worker=1, pid=worker.pid)
            self._ends.append(asyncio.create_task(self._ended(name, worker)))

    def port_of(self, name: str) -> int | None:
        """The port of a service's program; None where none stands for it."""
        return self._ports.get(name)

    def _say(self, worker: Worker, line: str) -> None:
        self._events.tell("log", function=worker.arn, line=line, hop="", trace="", request_id="")

    async def _ended(self, name: str, worker: Worker) -> None:
        status = await worker.ended()
        await worker.drained()
        self._events.tell("said", about=name, text=f"its command ended with status {status}")

    async def stop(self) -> None:
        """End what was started."""
        for task in self._ends:
            task.cancel()
        for worker in self._workers.values():
            worker.kill()
            await worker.ended()
            worker.forget()
