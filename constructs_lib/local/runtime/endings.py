"""How processes and invocations end, in Lambda's words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.lambda_tables import CONCURRENT_EXECUTIONS

if TYPE_CHECKING:
    from constructs_lib.local.reading.functions import Function
    from constructs_lib.local.runtime.invocation import Invocation
    from constructs_lib.local.runtime.worker import Worker


def report_of(function: Function, worker: Worker, invocation: Invocation) -> dict[str, Any]:
    """Give the facts of Lambda's REPORT line for an invocation that has ended."""
    outcome = invocation.outcome.result()
    return {
        "function": function.name,
        "request_id": invocation.id,
        "hop": invocation.hop,
        "trace": invocation.trace_id,
        "duration_ms": round((time.monotonic() - invocation.began) * 1000, 2),
        "memory_mb": function.memory_mb,
        "peak_mb": worker.peak_mb,
        "init_ms": round(worker.init_ms, 2) if invocation.cold else None,
        "failure": outcome.failure,
        "reason": outcome.reason,
    }


def own_time(processes: int) -> float:
    """Give what is added to the limit of an initialization where a machine starts many processes at once."""
    return 2.0 * processes


def throttled(most: int | None) -> str:
    """Say why an invocation is not taken. most: the reserved concurrency, None where nothing is reserved."""
    if most is None:
        return f"Rate Exceeded: {CONCURRENT_EXECUTIONS} invocations at a time"
    return f"Rate Exceeded: the reserved concurrency is {most}"


def ended(status: int) -> str:
    """Say how a process ended; a negative status is a signal."""
    if status < 0:
        return f"Runtime exited with error: signal {-status}"
    how = f"with error: exit status {status}" if status else "without providing a reason"
    return f"Runtime exited {how}"
