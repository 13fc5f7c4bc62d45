"""Makes the processes of functions: their code, interpreter, variables and doors, and the Runtime API."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.local.runtime.api import RuntimeApi
from constructs_lib.local.runtime.interpreters import (
    Interpreter,
    command_of,
    guard_folder,
    interpreter_of,
    packages_folder,
)
from constructs_lib.local.runtime.invocation import CannotRunError, Outcome
from constructs_lib.local.runtime.own_tmp import TMP, with_own_tmp
from constructs_lib.local.runtime.package import unpacked
from constructs_lib.local.runtime.pool import Pool
from constructs_lib.local.runtime.requirements import RequirementsError, installed
from constructs_lib.local.runtime.worker import Worker
from constructs_lib.local.serving import HOST, Server, listening_socket

if TYPE_CHECKING:
    from constructs_lib.local.events import Events
    from constructs_lib.local.reading.functions import Function

Variables = Callable[["Function", Worker], Awaitable[dict[str, str]]]


class Host:
    """Runs functions. variables: gives a process its environment, doors included; leave: takes its doors
    away; egress: the port that blocks a connection outwards, or 0.
    """

    def __init__(
        self,
        *,
        cache: Path,
        scratch: Path,
        region: str,
        events: Events,
        variables: Variables,
        leave: Callable[[Worker], None],
        egress: Callable[[str, Worker, str, str, int], Awaitable[int]],
        shared: Mapping[str, str],
    ) -> None:
        self._cache, self._scratch, self._region, self._events = cache, scratch, region, events
        self._variables, self._leave, self._egress, self._shared = variables, leave, egress, shared
        self.functions: Mapping[str, Function] = {}
        self.pools: dict[str, Pool] = {}
        self._pool_of: dict[int, Pool] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._retired: set[Pool] = set()
        self._api = RuntimeApi(idle=self._idle, over_memory=self._over_memory, egress=self._asked)
        self._server = Server(self._api, keep_alive_s=3600)

    async def invoke(self, address: str, payload: bytes, **where: str) -> Outcome:
        """Run a function once."""
        function = self.functions.get(address)
        if function is None:
            return Outcome(failure="cannot run", reason=f"{address} is not in this document")
        pool = self.pools.get(address)
        if pool is None or pool.function != function:
            if pool is not None:
                self._retire(pool)
            pool = self.pools[address] = Pool(function, start=self._start, tell=self._events.tell)
        return await pool.invoke(payload, **where)

    def retire_all(self) -> None:
        """End every process that is idle, and the others when they are done; new ones take their places."""
        for pool in self.pools.values():
            self._retire(pool)
        self.pools.clear()

    def _retire(self, pool: Pool) -> None:
        pool.retire()
        self._retired = {one for one in self._retired if one.workers} | {pool}

    def _idle(self, worker: Worker) -> None:
        pool = self._pool_of[worker.port]
        if pool.retired:
            worker.kill()
        else:
            pool.idle(worker)

    def _over_memory(self, worker: Worker) -> bool:
        return self._pool_of[worker.port].over_memory(worker)

    async def _asked(self, worker: Worker, host: str, address: str, port: int) -> int:
        return await self._egress(self._pool_of[worker.port].function.address, worker, host, address, port)

    async def _start(self, pool: Pool) -> Worker:
        """Start a process of a function. Raises CannotRunError with why it cannot."""
        function = pool.function
        interpreter = interpreter_of(function.runtime)
        if isinstance(interpreter, str):
            raise CannotRunError(interpreter)
        if function.package is None:
            raise CannotRunError(function.cannot_run)
        loop = asyncio.get_running_loop()
        code = await loop.run_in_executor(None, unpacked, function.package, self._cache)
        try:
            needed = await loop.run_in_executor(None, installed, function.source, interpreter, self._cache)
        except RequirementsError as fault:
            raise CannotRunError(str(fault)) from fault
        paths = [str(path) for path in (needed, code) if path]
        worker = Worker(next(pool.numbers), port=0, arn=function.arn, say=self._say)
        worker.port = await self._server.open(listening_socket())
        self._api.workers[worker.port] = worker
        self._pool_of[worker.port] = pool
        own_tmp = self._scratch / f"{function.name}-{worker.number}-{worker.port}"
        own_tmp.mkdir(parents=True)
        environment = {
            **_machine(),
            **self._lambda_variables(function, worker, own_tmp, code),
            **self._shared,
            **await self._variables(function, worker),
            **self._loading(interpreter, worker, paths),
        }
        command = command_of(interpreter, function.handler)
        around = [*command[:2], interpreter.program, str(guard_folder()), packages_folder(), *paths]
        if (apart := with_own_tmp(command, own_tmp, around)) is not None:
            command = apart
            environment |= {"TMPDIR": TMP, "HOME": TMP}
        worker.born = time.monotonic()
        await worker.start(command, environment, code)
        self._events.tell("start", function=function.name, worker=worker.number, pid=worker.pid)
        task = asyncio.create_task(self._clean(worker, own_tmp))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        return worker

    async def _clean(self, worker: Worker, own_tmp: Path) -> None:
        """Take away what a process had, once it is over."""
        await worker.ended()
        await worker.drained()
        self._leave(worker)
        self._server.close(worker.port)
        self._api.workers.pop(worker.port, None)
        await asyncio.get_running_loop().run_in_executor(
            None, lambda: shutil.rmtree(own_tmp, ignore_errors=True)
        )

    def _say(self, worker: Worker, line: str) -> None:
        pool = self._pool_of[worker.port]
        current = worker.current
        self._events.tell(
            "log",
            function=pool.function.name,
            line=line,
            hop=current.hop if current else "",
            trace=current.trace_id if current else "",
            request_id=current.id if current else "",
        )

    def _lambda_variables(
        self, function: Function, worker: Worker, own_tmp: Path, code: Path
    ) -> dict[str, str]:
        """What Lambda sets: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html."""
        return {
            "_HANDLER": function.handler,
            "AWS_REGION": self._region,
            "AWS_DEFAULT_REGION": self._region,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}",
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.function_name}",
            "AWS_LAMBDA_LOG_STREAM_NAME": f"[1]{worker.number:032x}",
            "AWS_LAMBDA_LOG_FORMAT": function.log_format,
            "AWS_LAMBDA_RUNTIME_API": f"{HOST}:{worker.port}",
            "LAMBDA_TASK_ROOT": str(code),
            "LAMBDA_RUNTIME_DIR": str(guard_folder()),
            "TZ": ":UTC",
            "LANG": "en_US.UTF-8",
            "TMPDIR": str(own_tmp),
            "HOME": str(own_tmp),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_CONFIG_FILE": os.devnull,
        }

    def _loading(self, interpreter: Interpreter, worker: Worker, paths: list[str]) -> dict[str, str]:
        """How a process finds its code; for Python also what holds it to the proof."""
        if interpreter.language != "python":
            return {"NODE_PATH": str(Path(paths[-1]) / "node_modules")}
        return {
            "PYTHONPATH": str(guard_folder()),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LOCAL_PATHS": os.pathsep.join(paths),
            "LOCAL_RUNTIME_PACKAGES": packages_folder(),
            "LOCAL_NATIVE": "1" if interpreter.native else "0",
            "LOCAL_EGRESS_API": f"{HOST}:{worker.port}",
        }

    async def stop(self) -> None:
        """End every process."""
        await asyncio.gather(*(pool.stop() for pool in (*self.pools.values(), *self._retired)))
        for task in tuple(self._closing):
            with contextlib.suppress(asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(task, 2)
        await self._server.stop()


def _machine() -> dict[str, str]:
    """What of this machine a process cannot do without; never the user's credentials."""
    kept: dict[str, Any] = {name: os.environ.get(name) for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")}
    return {name: value for name, value in kept.items() if value}
