"""The console's server: the page, the state, events as they come, and requests as anybody.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from constructs_lib.local.console.state import state_of
from constructs_lib.local.control.asking import ask
from constructs_lib.local.control.server import door_for

if TYPE_CHECKING:
    from starlette.requests import Request

    from constructs_lib.local.running import Running

_PAGE = Path(__file__).parent / "page"
_KINDS = {".html": "text/html", ".css": "text/css", ".mjs": "text/javascript"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SHOWN_EVENTS = 400


class Console:
    """The ASGI application of the console."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._app = Starlette(
            routes=[
                Route("/", self._index),
                Route("/page/{name}", self._file),
                Route("/state", self._state),
                Route("/events", self._events),
                Route("/ask", self._ask, methods=["POST"]),
            ]
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request of this machine's own browser; those that another site sends are refused."""
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        origin = headers.get(b"origin", b"").decode("latin-1")
        own = host.rpartition(":")[0] in ("127.0.0.1", "localhost")
        if not own or (origin and origin != f"http://{host}"):
            await PlainTextResponse("only this machine's own page is served", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _index(self, _: Request) -> Response:
        return self._served("index.html")

    async def _file(self, request: Request) -> Response:
        return self._served(request.path_params["name"])

    def _served(self, name: str) -> Response:
        found = {path.name: path for path in _PAGE.iterdir()}
        if name not in found:
            return PlainTextResponse("not found", 404)
        headers = {"content-security-policy": _POLICY, "cache-control": "no-store"}
        return FileResponse(found[name], media_type=_KINDS.get(found[name].suffix), headers=headers)

    async def _state(self, _: Request) -> Response:
        return JSONResponse(state_of(self._running))

    async def _events(self, _: Request) -> Response:
        return StreamingResponse(
            self._told(), media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    async def _told(self) -> AsyncIterator[str]:
        events = self._running.events
        queue: asyncio.Queue[Any] = asyncio.Queue()
        for event in list(events.last)[-_SHOWN_EVENTS:]:
            queue.put_nowait(event)
        leave = events.listen(queue.put_nowait)
        try:
            while True:
                yield f"data: {json.dumps(await queue.get(), default=str)}\n\n"
        finally:
            leave()

    async def _ask(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"wrong": "the question has to be JSON"}, 415)
        try:
            asked = await request.json()
            headers = [(str(name), str(value)) for name, value in asked.get("headers") or []]
            method, body = str(asked.get("method") or "GET"), str(asked.get("body") or "").encode()
        except (ValueError, AttributeError, TypeError) as fault:
            return JSONResponse({"wrong": f"the question cannot be read: {fault}"}, 400)
        told = await door_for(self._running, asked)
        if "wrong" not in told:
            reply = await asyncio.get_running_loop().run_in_executor(
                None, lambda: ask(told["port"], method, told["path"], headers=headers, body=body)
            )
            told |= {
                "status": reply.status,
                "ms": round(reply.ms, 1),
                "fault": reply.fault,
                "headers": list(reply.headers),
                "body": reply.body[:100_000].decode(errors="replace"),
            }
        return JSONResponse(told)
