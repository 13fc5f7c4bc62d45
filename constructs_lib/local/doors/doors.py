"""The doors: which port leads whom to which listener, and what the proof says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from constructs_lib.local.serving import listening_socket
from constructs_lib.proof.walking.answers import Blocked, CannotTell

if TYPE_CHECKING:
    from constructs_lib.local.doors.callers import Caller, Callers
    from constructs_lib.local.doors.walls import Walls
    from constructs_lib.local.reading.listeners import Listener
    from constructs_lib.local.runtime.worker import Worker
    from constructs_lib.local.serving import Server
    from constructs_lib.proof.walking.answers import Answer


@dataclass(frozen=True)
class Door:
    """A port that leads a caller to a listener. worker: the process that alone uses it, if one does."""

    caller: Caller
    listener: Listener
    answer: Answer
    port: int = 0
    worker: Worker | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether connections get through: what the proof cannot tell is open."""
        return not isinstance(self.answer, Blocked)

    @property
    def is_doubtful(self) -> bool:
        """Tell whether the proof cannot tell."""
        return isinstance(self.answer, CannotTell)


class Doors:
    """Makes doors, keeps their ports across reloads, and knows which is which."""

    def __init__(self, server: Server, walls: Walls, *, denied: Callable[[Door], None]) -> None:
        """denied: called for each attempt at a door that is closed."""
        self.by_port: dict[int, Door] = {}
        self._server, self._walls, self._denied = server, walls, denied
        self._verdicts: dict[tuple[str, str], Answer] = {}
        self._standing: dict[tuple[str, str], int] = {}
        self.callers: Callers
        self.listeners: dict[str, Listener] = {}

    def verdict(self, caller: Caller, listener: Listener) -> Answer:
        """Give what the proof says, asked once."""
        key = (caller.party, listener.address)
        if key not in self._verdicts:
            self._verdicts[key] = self.callers.answer(caller, listener)
        return self._verdicts[key]

    async def standing(self, caller: Caller, listener: Listener, port: int = 0) -> Door:
        """Give the door that a caller has as long as the environment runs, made where there is none.

        Raises OSError where the port is taken.
        """
        key = (caller.party, listener.address)
        if key not in self._standing:
            made = await self.make(caller, listener, port=port)
            self._standing[key] = made.port
        return self.by_port[self._standing[key]]

    async def make(
        self, caller: Caller, listener: Listener, *, port: int = 0, worker: Worker | None = None
    ) -> Door:
        """Make a door. Raises OSError where the port is taken."""
        door = Door(caller, listener, self.verdict(caller, listener), worker=worker)
        if door.is_open:
            number = await self._server.open(listening_socket(port))
        else:
            number = self._walls.build(lambda _: self._denied(self.by_port[number]), port)
        self.by_port[number] = replace(door, port=number)
        return self.by_port[number]

    def close(self, port: int) -> None:
        """Close a door."""
        door = self.by_port.pop(port, None)
        if door is not None:
            self._server.close(port) if door.is_open else self._walls.remove(port)

    async def renew(self, callers: Callers, listeners: dict[str, Listener]) -> None:
        """Lead every door to what its listener is now; one whose listener is gone is closed.

        Ports stay, also where the proof now says otherwise.
        """
        self.callers, self.listeners, self._verdicts = callers, listeners, {}
        for port, door in tuple(self.by_port.items()):
            listener = listeners.get(door.listener.address)
            key = (door.caller.party, door.listener.address)
            if listener is None:
                self.close(port)
                self._standing.pop(key, None)
                continue
            answer = self.verdict(door.caller, listener)
            renewed = replace(door, listener=listener, answer=answer)
            if renewed.is_open == door.is_open:
                self.by_port[port] = renewed
            else:
                self.close(port)
                await self.make(door.caller, listener, port=port, worker=door.worker)
