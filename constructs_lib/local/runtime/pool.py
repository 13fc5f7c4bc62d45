"""All processes of one function: as many as it has invocations at a time, within its reserved concurrency."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.lambda_tables import CONCURRENT_EXECUTIONS, INIT_S
from constructs_lib.local.runtime.endings import ended, own_time, report_of, throttled
from constructs_lib.local.runtime.invocation import CannotRunError, Invocation, Outcome

if TYPE_CHECKING:
    from constructs_lib.local.reading.functions import Function
    from constructs_lib.local.runtime.worker import Worker

PATIENCE_S = 0.05
"""How long an invocation waits for a process that is busy before another one is started, while none of the
function's invocations ends: few processes serve many quick requests, and slow ones get a process each.
"""
_SAMPLE_S = 0.1
_UNBEGUN_S = 0.05
_STARTING = max(2, os.cpu_count() or 2)

Start = Callable[["Pool"], Awaitable["Worker"]]


class Pool:
    """The processes of ``function``. start: makes one. tell: what happens, with the function's name."""

    def __init__(self, function: Function, *, start: Start, tell: Callable[..., None]) -> None:
        self.function, self._start, self._tell = function, start, tell
        self.workers: set[Worker] = set()
        self.numbers = itertools.count(1)
        self.retired = False
        self._idle: list[Worker] = []
        self._waiting: deque[Invocation] = deque()
        self._starting = 0
        self._under_way = 0
        self._last_end = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None

    async def invoke(self, payload: bytes, *, trace: str = "", trace_id: str = "", hop: str = "") -> Outcome:
        """Run the function once and give what it answered."""
        if self.function.cannot_run:
            return Outcome(failure="cannot run", reason=self.function.cannot_run)
        most = self.function.reserved_concurrency
        if self._under_way >= (CONCURRENT_EXECUTIONS if most is None else most):
            self._tell("throttle", function=self.function.name, hop=hop, trace=trace_id)
            return Outcome(failure="throttled", reason=throttled(most))
        invocation = Invocation(payload, trace, trace_id, hop)
        self._under_way += 1
        try:
            worker = self._free()
            if worker is not None:
                self._feed(worker, invocation)
            else:
                self._waiting.append(invocation)
                self._start_more()
            return await asyncio.shield(invocation.outcome)
        finally:
            if invocation.outcome.done():
                self._under_way -= 1
            else:
                invocation.outcome.add_done_callback(self._one_less)

    def _free(self) -> Worker | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive():
                return worker
        return None

    def _one_less(self, _: object) -> None:
        self._under_way -= 1

    def idle(self, worker: Worker) -> None:
        """Take a process that asks for its next invocation."""
        if worker.state == "starting":
            self._starting -= 1
            worker.init_ms = (time.monotonic() - worker.born) * 1000
        worker.state = "idle"
        while self._waiting:
            invocation = self._waiting.popleft()
            if not invocation.outcome.done():
                self._feed(worker, invocation)
                return
        self._idle.append(worker)

    def _feed(self, worker: Worker, invocation: Invocation) -> None:
        worker.state, worker.current = "busy", invocation
        worker.invocations += 1
        invocation.cold, invocation.process = worker.invocations == 1, worker.number
        invocation.began = time.monotonic()
        invocation.deadline_ms = int(time.time() * 1000) + self.function.timeout_s * 1000
        loop = asyncio.get_running_loop()
        limit = loop.call_later(self.function.timeout_s, self._too_long, worker, invocation)
        invocation.outcome.add_done_callback(lambda _: self._done(worker, invocation, limit))
        if worker.fed is not None and not worker.fed.done():
            worker.fed.set_result(invocation)
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())

    def _done(self, worker: Worker, invocation: Invocation, limit: asyncio.TimerHandle) -> None:
        limit.cancel()
        self._last_end = time.monotonic()
        if invocation.process != worker.number:
            return  # another process answered it
        if worker.current is invocation:
            worker.current = None
        self._tell("report", **report_of(self.function, worker, invocation))

    def _too_long(self, worker: Worker, invocation: Invocation) -> None:
        if invocation.outcome.done():
            return
        worker.kill()
        reason = f"Task timed out after {self.function.timeout_s:.2f} seconds"
        invocation.end(Outcome(failure="timeout", reason=reason))

    def over_memory(self, worker: Worker) -> bool:
        """End a process that holds more memory than its function has; tells whether it did."""
        peak = worker.resident_peak_mb()
        if peak <= self.function.memory_mb:
            return False
        worker.kill()
        if worker.current is not None:
            held = f"memory: {peak} of {self.function.memory_mb} MB"
            reason = f"Runtime exited with error: signal: killed ({held})"
            worker.current.end(Outcome(failure="memory", reason=reason))
        return True

    async def _watch(self) -> None:
        while busy := [worker for worker in self.workers if worker.state == "busy" and worker.current]:
            await asyncio.sleep(_SAMPLE_S)
            for worker in busy:
                if worker.current is not None:
                    self.over_memory(worker)
        self._watching = None

    def _start_more(self) -> None:
        """Start processes for who waits: at once where there is none, else after some patience."""
        if not any(worker.is_alive() for worker in self.workers):
            self._start_one()
        asyncio.get_running_loop().call_later(PATIENCE_S, self._still_waiting)

    def _still_waiting(self) -> None:
        self._waiting = deque(one for one in self._waiting if not one.outcome.done())
        if not self._waiting:
            return
        quiet = time.monotonic() - max(self._last_end, self._waiting[0].began) >= PATIENCE_S * 0.9
        if quiet and self._starting < min(_STARTING, len(self._waiting)):
            self._start_one()
        asyncio.get_running_loop().call_later(PATIENCE_S, self._still_waiting)

    def _start_one(self) -> None:
        most = self.function.reserved_concurrency
        if len(self.workers) + self._starting >= (CONCURRENT_EXECUTIONS if most is None else most):
            return
        self._starting += 1
        task = asyncio.create_task(self._life())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _life(self) -> None:
        """Start one process and wait until it ends; fail what it was to answer."""
        try:
            worker = await self._start(self)
        except CannotRunError as fault:
            self._starting -= 1
            self._fail_one("cannot run", str(fault))
            return
        except Exception as fault:
            self._starting -= 1
            self._fail_one("init", f"{type(fault).__name__}: {fault}")
            return
        self.workers.add(worker)
        limit = asyncio.get_running_loop().call_later(
            INIT_S + own_time(len(self.workers)), self._init_too_long, worker
        )
        status = await worker.ended()
        limit.cancel()
        await worker.drained()
        self._bury(worker, status)

    def _init_too_long(self, worker: Worker) -> None:
        if worker.state == "starting":
            worker.init_error = f"the function's initialization took longer than {INIT_S} s"
            worker.kill()

    def _bury(self, worker: Worker, status: int) -> None:
        was, worker.state = worker.state, "dead"
        worker.kill()  # what it started goes with it
        worker.forget()
        self.workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if was == "starting":
            self._starting -= 1
            self._fail_one("init", worker.init_error or ended(status))
        elif worker.current is not None and not self._again(worker.current, status):
            worker.current.end(Outcome(failure="crash", reason=ended(status)))
        self._tell("ended", function=self.function.name, worker=worker.number, status=status)
        if self._waiting and not self.workers and not self._starting:
            self._start_one()

    def _again(self, invocation: Invocation, status: int) -> bool:
        """Give an invocation to another process, where the first was killed before it can have begun it."""
        young = time.monotonic() - invocation.began < _UNBEGUN_S
        if status >= 0 or invocation.again or not young or invocation.outcome.done():
            return False
        invocation.again = True
        self._waiting.appendleft(invocation)
        self._start_more()
        return True

    def _fail_one(self, failure: Any, reason: str) -> None:
        while self._waiting:
            invocation = self._waiting.popleft()
            if not invocation.outcome.done():
                invocation.end(Outcome(failure=failure, reason=reason))
                self._tell(
                    "failed",
                    function=self.function.name,
                    hop=invocation.hop,
                    trace=invocation.trace_id,
                    failure=failure,
                    reason=reason,
                )
                break
        if self._waiting and not self._starting and not self.workers:
            self._start_one()

    def retire(self) -> None:
        """End the processes that are idle, and the others when they are done: their code is an older one."""
        self.retired = True
        for worker in tuple(self._idle):
            worker.kill()
        self._idle.clear()

    async def stop(self) -> None:
        """End every process and wait until all are gone."""
        self._waiting.clear()
        for worker in tuple(self.workers):
            worker.kill()
        if self._watching is not None:
            self._watching.cancel()
        tasks = tuple(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=3)
        for task in tasks:
            task.cancel()
