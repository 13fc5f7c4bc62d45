"""One invocation of a function and what became of it."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Literal

Failure = Literal["error", "timeout", "crash", "init", "memory", "throttled", "too large", "cannot run"]


class CannotRunError(Exception):
    """A function cannot be started on this machine, and why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a function answered: its ``payload``, or how it failed and the ``reason`` in words."""

    payload: bytes = b""
    failure: Failure | None = None
    reason: str = ""
    duration_ms: float = 0.0
    cold: bool = False


@dataclass(slots=True, eq=False)
class Invocation:
    """A payload on its way through a function. trace: the header ``X-Amzn-Trace-Id``; trace_id: its root.

    hop: the request that it answers, by the number that events call it.
    """

    payload: bytes
    trace: str = ""
    trace_id: str = ""
    hop: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    began: float = field(default_factory=time.monotonic)
    deadline_ms: int = 0
    cold: bool = False
    again: bool = False
    process: int = 0
    outcome: asyncio.Future[Outcome] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def end(self, outcome: Outcome) -> None:
        """Settle it; what comes later changes nothing."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)


def error_of(content: bytes) -> str:
    """Give a function's error in one line, from what its runtime reports."""
    try:
        found = json.loads(content)
        return f"{found.get('errorType') or 'Error'}: {found.get('errorMessage') or ''}".rstrip(": ")
    except (ValueError, AttributeError):
        return content[:200].decode(errors="replace")
