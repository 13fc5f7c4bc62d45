"""One process of a function: started, fed by the Runtime API, watched, ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from constructs_lib.local.runtime.invocation import Invocation

LINE_BYTES = 256 * 1024  # longer lines of a function's log are cut there, as CloudWatch Logs cuts its events
_GRACE_S = 0.3


class Worker:
    """A process that runs one invocation at a time.

    port: where it asks for invocations. arn: what it is invoked by. say: gets each line that it prints.
    """

    def __init__(self, number: int, *, port: int, arn: str, say: Callable[[Worker, str], None]) -> None:
        self.number, self.port, self.arn, self._say = number, port, arn, say
        self.state: Literal["starting", "idle", "busy", "dead"] = "starting"
        self.current: Invocation | None = None
        self.fed: asyncio.Future[Invocation] | None = None
        self.process: asyncio.subprocess.Process | None = None
        self.init_error = ""
        self.init_ms = self.born = 0.0
        self.peak_mb = 0
        self.invocations = 0
        self.doors: list[int] = []
        self.walls: list[int] = []
        self._reading: list[asyncio.Task[None]] = []

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self.process.pid if self.process and self.process.returncode is None else None

    def is_alive(self) -> bool:
        """Tell whether the process still runs, also where nobody has noticed its end yet."""
        if self.pid is None:
            return False
        if sys.platform == "win32":
            return True
        try:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        except ChildProcessError:
            return False

    async def start(self, command: list[str], environment: Mapping[str, str], folder: Path) -> None:
        """Start the process in a group of its own. Raises OSError where it cannot."""
        self.process = await asyncio.create_subprocess_exec(
            *command,
            env=dict(environment),
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LINE_BYTES,
            start_new_session=sys.platform != "win32",
        )
        if self.process.stdout is not None:
            self._reading = [asyncio.create_task(self._read(self.process.stdout))]

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while True:
            try:
                line = await stream.readuntil(b"\n")
            except asyncio.IncompleteReadError as end:
                if end.partial:
                    self._say(self, end.partial.decode(errors="replace"))
                return
            except asyncio.LimitOverrunError as much:
                line = await stream.readexactly(much.consumed)
            self._say(self, line.decode(errors="replace").rstrip("\r\n").replace("\r", "\n"))

    async def ended(self) -> int:
        """Wait until the process is over; gives its exit status, negative for a signal."""
        return await self.process.wait() if self.process else 0

    async def drained(self) -> None:
        """Wait until what the process printed has been read, but not for children that keep the pipe."""
        if self._reading:
            await asyncio.wait(self._reading, timeout=_GRACE_S)

    def kill(self) -> None:
        """End the process and all that it started, at once."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self.process.kill()
            else:
                os.killpg(self.process.pid, signal.SIGKILL)

    def forget(self) -> None:
        """Let go of the pipe, also where a child of the process still holds its other end."""
        for task in self._reading:
            task.cancel()

    def resident_peak_mb(self) -> int:
        """Give the most resident memory so far in MB; what was known last where the machine does not tell."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            text = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii", errors="replace")
            self.peak_mb = int(text.partition("VmHWM:")[2].split(maxsplit=1)[0]) // 1024
        return self.peak_mb
