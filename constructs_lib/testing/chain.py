"""An environment that runs on 127.0.0.1 for a test: ask it as anybody, and see what is kept from whom."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.local.control.asking import ask
from constructs_lib.local.control.sending import send
from constructs_lib.local.control.server import door_for
from constructs_lib.local.doors.advice import Denial
from constructs_lib.local.running import Options, Running
from constructs_lib.proof import read_document
from constructs_lib.views.written_stack import WrittenStack

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Self

    from constructs_lib.bindings import TerraformStack
    from constructs_lib.local.events import Event

_START_S, _STOP_S, _KNOCK_S = 60, 20, 0.5


@dataclass(frozen=True, slots=True)
class LocalAnswer:
    """What came back. status: 0 where nothing did, as behind a security group; then ``denial`` says why."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    denial: Denial | None = None

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """The body as JSON. Raises ValueError where it is none."""
        return json.loads(self.body)


def local_chain(stack: TerraformStack | WrittenStack | Path | str) -> LocalChain:
    """Run a CDKTF stack, or a file or a folder of Terraform JSON, on 127.0.0.1, for a ``with`` block.

    Raises:
        ConfigError: there is no stack, or something of it can't be run.
    """
    return LocalChain(stack)


@dataclass(frozen=True, slots=True)
class LocalResult:
    """What became of an event. failure: why the function failed, empty where it did not.

    returned: ids of the messages that would return to their queue.
    """

    answer: Any
    failure: str = ""
    returned: tuple[str, ...] = ()


class LocalChain:
    """Runs a stack until it is closed, or a ``with`` block ends. ``stack``: as ``local_chain`` takes it."""

    def __init__(self, stack: Any, *, options: Options | None = None) -> None:
        self.running = Running(_written(stack), options or Options(port=0))
        self.events: list[Event] = []
        self.running.events.listen(self.events.append)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="local_chain", daemon=True)
        self._thread.start()
        try:
            self._do(self.running.start()).result(_START_S)
            self._do(self.running.start_programs()).result(_START_S)
        except BaseException:
            self.close()
            raise

    def do(self, what: Any) -> Any:
        """Run a coroutine in the loop that everything runs in, and give its result."""
        return self._do(what).result(_START_S)

    def _do(self, what: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(what, self._loop)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, to: str, path: str = "/", *, source: str = "internet", host: str = "") -> LocalAnswer:
        """Send ``GET path`` to the listener ``to``; see ``request``."""
        return self.request(to, path, source=source, host=host)

    def request(
        self,
        to: str,
        path: str = "/",
        *,
        source: str = "internet",
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        host: str = "",
    ) -> LocalAnswer:
        """Send a request, and give what came back, or status 0 where the proof says blocked.

        to: a listener by a workload behind it (``"storefront"``), or as ``"internal:8080"``.
        host: the name that is asked for, where a workload has ``hosts``; a name that no rule has gets 404.
        source: who asks: a workload, an existing caller by name or group id, ``"internet"``, a range.
        Raises LookupError for names that nothing has.
        """
        told = self._do(door_for(self.running, {"as": source, "to": to, "target": path})).result(_START_S)
        if "wrong" in told:
            raise LookupError(told["wrong"])
        sent = [*(headers or {}).items(), *([("Host", host)] if host else [])]
        reply = ask(told["port"], method, told["path"], headers=sent, body=body, connect_s=_KNOCK_S)
        denial = Denial(**told["denial"]) if "denial" in told else None
        return LocalAnswer(reply.status, {k.lower(): v for k, v in reply.headers}, reply.body, denial)

    def send(self, function: str, event: Any) -> LocalResult:
        """Hand a function an event, as a queue, a schedule or another trigger would; it is not tried again.

        Raises LookupError for a function that there is not.
        """
        told = self._do(send(self.running, function, event)).result(_START_S)
        if "wrong" in told:
            raise LookupError(told["wrong"])
        failure = f"{told['failure']}: {told['reason']}" if "failure" in told else ""
        return LocalResult(told.get("answer"), failure, tuple(told.get("returned", ())))

    @property
    def denied(self) -> list[Denial]:
        """Every connection that was kept from getting through, in order."""
        names = Denial.__slots__
        return [
            Denial(**{name: event[name] for name in names})
            for event in tuple(self.events)
            if event["event"] == "denied"
        ]

    @property
    def logs(self) -> list[str]:
        """What the functions printed, in order."""
        return [event["line"] for event in tuple(self.events) if event["event"] == "log"]

    def close(self) -> None:
        """End every process and close every port."""
        if self._loop.is_running():
            self._do(self.running.stop()).result(_STOP_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_STOP_S)
            self._loop.close()


def _written(stack: Any) -> WrittenStack:
    if isinstance(stack, WrittenStack):
        return stack
    if isinstance(stack, str | Path):
        folder = Path(stack)
        found = WrittenStack(folder.name, read_document(folder))
        return replace(found, folder=folder if folder.is_dir() else folder.parent)
    app = stack.node.root
    app.synth()
    stack_name = str(stack.node.id)
    folder = Path(app.outdir) / "stacks" / stack_name
    environment = getattr(stack, "environment", None)
    return WrittenStack(stack_name, read_document(folder), environment, folder)
