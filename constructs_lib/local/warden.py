"""Says what is kept from getting through and why, and of what the proof cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.walking.answers import Blocked, CannotTell

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs_lib.local.doors.doors import Door
    from constructs_lib.local.doors.walls import Walls
    from constructs_lib.local.events import Events
    from constructs_lib.local.picture import Picture
    from constructs_lib.local.runtime.worker import Worker


class Warden:
    """Stands at the doors and at the way out. picture: gives what runs now."""

    def __init__(self, picture: Callable[[], Picture], walls: Walls, events: Events) -> None:
        self._picture, self._walls, self._events = picture, walls, events
        self._warned: set[tuple[str, str]] = set()

    def denied(self, door: Door) -> None:
        """Tell of an attempt at a door that is closed."""
        current = door.worker.current if door.worker else None
        self._events.tell(
            "denied",
            trace=current.trace_id if current else "",
            parent=current.hop if current else "",
            listener=door.listener.address,
            load_balancer=door.listener.name,
            **self._picture().advice.denial(door).facts(),
        )

    async def egress(self, address: str, worker: Worker, host: str, ip: str, port: int) -> int:
        """Give the port that never answers for a connection outwards that is blocked; 0 for all others."""
        picture = self._picture()
        target, answer = picture.egress.verdict(address, host, ip, port)
        name = picture.functions[address].name
        if isinstance(answer, CannotTell):
            self._warn(name, f"cannot tell whether it reaches {target} on {port}, so it may: {answer}")
        if not isinstance(answer, Blocked):
            return 0
        current = worker.current
        denial = picture.advice.outside(name, target, ip, port, answer, public=picture.egress.is_public(ip))
        self._events.tell(
            "denied",
            trace=current.trace_id if current else "",
            parent=current.hop if current else "",
            listener="",
            load_balancer="",
            **denial.facts(),
        )
        if not worker.walls:
            worker.walls.append(self._walls.build(lambda _: None))
        return worker.walls[0]

    def leave(self, worker: Worker) -> None:
        """Take away the walls that were built for a process."""
        for port in worker.walls:
            self._walls.remove(port)

    def doubt(self, door: Door) -> None:
        """Warn of a door that is open because the proof cannot tell."""
        if door.is_doubtful:
            to = f"{door.listener.name}:{door.listener.port}"
            self._warn(door.caller.name, f"cannot tell whether it reaches {to}, so it may: {door.answer}")

    def _warn(self, about: str, text: str) -> None:
        """Tell a warning, once for each text."""
        if (about, text) not in self._warned:
            self._warned.add((about, text))
            self._events.tell("said", about=about, text=f"warning: {text}")
