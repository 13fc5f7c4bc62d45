"""One environment that runs on this machine: everything is started, told, asked and stopped here."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.local.doors.doors import Door, Doors
from constructs_lib.local.doors.walls import Walls
from constructs_lib.local.events import Events
from constructs_lib.local.health_checks import HealthChecks
from constructs_lib.local.load_balancer.answer import Answer, own
from constructs_lib.local.load_balancer.front import Front, Hop
from constructs_lib.local.load_balancer.proxying import proxied
from constructs_lib.local.picture import Picture
from constructs_lib.local.runtime.host import Host
from constructs_lib.local.runtime.package import cache_folder
from constructs_lib.local.runtime.programs import Program, Programs
from constructs_lib.local.serving import Server
from constructs_lib.local.warden import Warden
from constructs_lib.proof.walking.answers import Blocked

if TYPE_CHECKING:
    from constructs_lib.local.doors.callers import Caller
    from constructs_lib.local.load_balancer.request import Request
    from constructs_lib.local.reading.functions import Function
    from constructs_lib.local.reading.listeners import Listener, Target
    from constructs_lib.local.runtime.invocation import Outcome
    from constructs_lib.local.runtime.worker import Worker
    from constructs_lib.views.written_stack import WrittenStack

DESCRIPTORS = 8192


@dataclass(frozen=True)
class Options:
    """How to run. port: of the first public listener, the next ones follow; 0 picks free ones.

    sources: the folders that packages were made from, by function. shared: variables of every function.
    programs: what stands for services, by name; their commands run in ``folder``.
    """

    port: int = 8000
    cache: Path = field(default_factory=cache_folder)
    sources: Mapping[str, Path] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, Program] = field(default_factory=dict)
    folder: Path = field(default_factory=Path.cwd)


class Running:
    """An environment on 127.0.0.1. Start it with ``start``, end it with ``stop``."""

    def __init__(self, stack: WrittenStack, options: Options, events: Events | None = None) -> None:
        self.options = options
        self.events = events or Events()
        self.picture = Picture(stack, options.sources)
        self.public: list[Door] = []
        self._stack = contextlib.AsyncExitStack()

    async def start(self) -> None:
        """Open the doors. Raises OSError where the port of a public listener is taken."""
        _many_descriptors()
        self.loop = asyncio.get_running_loop()
        self.walls = Walls()
        self.warden = Warden(lambda: self.picture, self.walls, self.events)
        self.front_server = Server(self._front)
        self.doors = Doors(self.front_server, self.walls, denied=self.warden.denied)
        self.doors.callers, self.doors.listeners = self.picture.callers, self.picture.listeners
        self.front = Front(
            doors=self.doors.by_port,
            groups=lambda: self.picture.groups,
            delivers=lambda *asked: self.picture.delivers(*asked),
            invoke=self._invoke,
            proxy=self._proxy,
            events=self.events,
        )
        scratch = Path(
            self._stack.enter_context(tempfile.TemporaryDirectory(prefix="run-", ignore_cleanup_errors=True))
        )
        self.host = Host(
            cache=self.options.cache,
            scratch=scratch,
            region=self.picture.values.region,
            events=self.events,
            variables=self._variables,
            leave=self._leave,
            egress=self.warden.egress,
            shared=self.options.shared,
        )
        self.host.functions = self.picture.functions
        self.health_checks = HealthChecks(self.host.invoke, self.events)
        self.programs = Programs(
            self.options.programs,
            folder=self.options.folder,
            events=self.events,
            variables=self._service_variables,
        )
        try:
            await self._open_public()
            await self._open_others()
            self.health_checks.start(self.picture.groups.values())
        except OSError:
            await self.stop()
            raise

    async def _front(self, scope: object, receive: object, send: object) -> None:
        await self.front(scope, receive, send)

    async def _open_public(self) -> None:
        public = [one for one in self.picture.listeners.values() if not one.internal]
        self.public = []
        for place, listener in enumerate(public):
            port = self.options.port + place if self.options.port else 0
            caller = self.picture.callers.front_of(listener)
            self.public.append(await self.doors.standing(caller, listener, port))

    async def _open_others(self) -> None:
        """The doors of services and existing callers, for programs of this machine."""
        picture = self.picture
        for service in picture.services.values():
            caller = picture.callers.find(service.address)
            for listener in picture.addresses.listeners_in(service.variables):
                await self.doors.standing(caller, listener)
        for caller in picture.callers.all:
            for listener in picture.listeners.values() if caller.kind == "caller" else ():
                if listener.internal and not isinstance(self.doors.verdict(caller, listener), Blocked):
                    await self.doors.standing(caller, listener)

    async def start_programs(self) -> None:
        """Start what stands for services. Raises OSError for a command that this machine does not have."""
        await self.programs.start()

    async def door(self, caller: Caller, listener: Listener) -> Door:
        """The standing door of a caller."""
        return await self.doors.standing(caller, listener)

    async def _invoke(self, address: str, payload: bytes, trace: str, hop: Hop) -> Outcome:
        return await self.host.invoke(address, payload, trace=trace, trace_id=hop.trace, hop=hop.id)

    async def _proxy(self, target: Target, request: Request) -> Answer:
        name = target.thing.split(".", 1)[-1]
        port = self.programs.port_of(name)
        if port is None:
            ways = f"--service {name}=http://127.0.0.1:PORT, or [local.{name}]"
            return own(503, f"nothing stands for {target.thing} here: {ways}")
        return await proxied(request, port, target.thing)

    async def _service_variables(self, name: str) -> dict[str, str]:
        service = next((one for one in self.picture.services.values() if one.name == name), None)
        if service is None:
            return {}
        caller = self.picture.callers.find(service.address)

        async def door(listener: Listener) -> int:
            return (await self.doors.standing(caller, listener)).port

        return await self.picture.addresses.resolved(service.variables, door)

    async def _variables(self, function: Function, worker: Worker) -> dict[str, str]:
        caller = self.picture.callers.find(function.address)
        ports: dict[str, int] = {}

        async def door(listener: Listener) -> int:
            if listener.address not in ports:
                made = await self.doors.make(caller, listener, worker=worker)
                ports[listener.address] = made.port
                self.warden.doubt(made)
                worker.doors.append(made.port)
            return ports[listener.address]

        return await self.picture.addresses.resolved(function.variables, door)

    def _leave(self, worker: Worker) -> None:
        for port in worker.doors:
            self.doors.close(port)
        self.warden.leave(worker)

    async def renew(self, stack: WrittenStack, sources: Mapping[str, Path]) -> list[str]:
        """Run another stack from now on, at the ports that there are. Says whose doors opened and closed.

        Raises OSError where a new public listener finds no port.
        """
        before = {(d.caller.party, d.listener.address): d.is_open for d in self.doors.by_port.values()}
        self.picture = Picture(stack, sources)
        self.host.functions = self.picture.functions
        self.host.retire_all()
        await self.doors.renew(self.picture.callers, self.picture.listeners)
        await self._open_public()
        await self._open_others()
        self.health_checks.start(self.picture.groups.values())
        said = []
        for door in self.doors.by_port.values():
            was = before.get((door.caller.party, door.listener.address))
            if was is not None and was is not door.is_open and door.worker is None:
                now = "open" if door.is_open else "blocked"
                said.append(f"{door.caller.name} to {door.listener.name}:{door.listener.port} is {now} now")
        return said

    async def stop(self) -> None:
        """End every process and close every port."""
        if hasattr(self, "health_checks"):
            self.health_checks.stop()
        await self.front_server.stop()
        if hasattr(self, "programs"):
            await self.programs.stop()
        if hasattr(self, "host"):
            await self.host.stop()
        self.walls.stop()
        await self._stack.aclose()


def _many_descriptors() -> None:
    """Let this process open as many sockets as the machine's limit allows."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
