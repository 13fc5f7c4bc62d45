"""What happens while an environment runs, told to everybody who listens: terminal, JSON lines, console."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
"""``event`` is its kind, ``time`` seconds since 1970; every other key is a fact that JSON can hold."""

KEPT = 500


class Events:
    """Tells every event to all listeners, in order, and keeps the last ones for who comes later."""

    def __init__(self) -> None:
        self.last: deque[Event] = deque(maxlen=KEPT)
        self._listeners: list[Callable[[Event], None]] = []

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call ``listener`` with each event from now on; gives what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, kind: str, **facts: Any) -> None:
        """Tell that something happened."""
        event: Event = {"event": kind, "time": round(time.time(), 4), **facts}
        self.last.append(event)
        for listener in tuple(self._listeners):
            listener(event)
