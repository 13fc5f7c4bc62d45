"""AWS's Runtime API, as far as runtimes use it; which process asks is told by the port that it asks at.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from constructs_lib.local.runtime.invocation import Outcome, error_of
from constructs_lib.local.runtime.worker import Worker

_BEGIN = "/2018-06-01/runtime"
LARGEST_PAYLOAD = 6 * 1024 * 1024  # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class RuntimeApi:
    """The ASGI application. ``workers`` by port; ``idle`` is called when one asks for its next invocation;
    ``over_memory`` ends one that held too much and tells so; ``egress`` with worker, host, address and port
    answers the port that blocks, or 0.
    """

    def __init__(
        self,
        *,
        idle: Callable[[Worker], None],
        over_memory: Callable[[Worker], bool],
        egress: Callable[[Worker, str, str, int], Awaitable[int]],
    ) -> None:
        self.workers: dict[int, Worker] = {}
        self._idle, self._over_memory, self._egress = idle, over_memory, egress

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request of a runtime."""
        worker = self.workers.get(scope["server"][1])
        path: str = scope["path"]
        if worker is None:
            await _answer(send, 410, b"{}")
        elif path == f"{_BEGIN}/invocation/next":
            await self._next(worker, send)
        elif path == "/local/egress":
            asked = {key: found[0] for key, found in parse_qs(scope["query_string"].decode()).items()}
            port = await self._egress(
                worker, asked.get("host", ""), asked.get("address", ""), int(asked.get("port", "0"))
            )
            await _answer(send, 200, str(port).encode())
        elif path.startswith(_BEGIN) and scope["method"] == "POST":
            await self._reported(worker, path.removeprefix(_BEGIN), await _body(receive), send)
        else:
            await _answer(send, 404, b"{}")

    async def _next(self, worker: Worker, send: Send) -> None:
        worker.fed = asyncio.get_running_loop().create_future()
        self._idle(worker)
        invocation = await worker.fed
        headers = {
            "lambda-runtime-aws-request-id": invocation.id,
            "lambda-runtime-deadline-ms": str(invocation.deadline_ms),
            "lambda-runtime-invoked-function-arn": worker.arn,
            "lambda-runtime-trace-id": invocation.trace,
            "content-type": "application/json",
        }
        await _answer(send, 200, invocation.payload, headers)

    async def _reported(self, worker: Worker, path: str, content: bytes, send: Send) -> None:
        if path == "/init/error":
            worker.init_error = error_of(content)
            await _answer(send, 202, b'{"status":"OK"}')
            return
        current = worker.current
        if current is None or not path.startswith(f"/invocation/{current.id}/"):
            await _answer(send, 400, b'{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}')
            return
        if self._over_memory(worker):
            pass  # it has been ended, and with it the invocation
        elif path.endswith("/error"):
            current.end(Outcome(content, "error", error_of(content)))
        elif len(content) > LARGEST_PAYLOAD:
            reason = f"Response payload size exceeded maximum allowed payload size ({LARGEST_PAYLOAD} bytes)."
            current.end(Outcome(b"", "too large", reason))
            said = {"errorMessage": reason, "errorType": "Function.ResponseSizeTooLarge"}
            await _answer(send, 413, json.dumps(said).encode())
            return
        else:
            current.end(Outcome(content))
        await _answer(send, 202, b'{"status":"OK"}')


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
    told = {"content-type": "application/json", **(headers or {}), "content-length": str(len(content))}
    encoded = [(name.encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": content})
