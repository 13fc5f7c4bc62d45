"""Health checks of functions: invocations that nobody but the load balancer asks for.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from constructs_lib.figures.load_balancer import DEFAULT_LAMBDA_HEALTH_CHECK_S
from constructs_lib.local.load_balancer.event import health_check_event, payload_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from constructs_lib.local.events import Events
    from constructs_lib.local.reading.listeners import TargetGroup
    from constructs_lib.local.runtime.invocation import Outcome


class HealthChecks:
    """Checks the functions of target groups that ask for it, each at its interval."""

    def __init__(self, invoke: Callable[[str, bytes], Awaitable[Outcome]], events: Events) -> None:
        self._invoke, self._events = invoke, events
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, groups: Iterable[TargetGroup]) -> None:
        """Begin; the checks of an earlier stack end."""
        self.stop()
        for group in groups:
            if group.kind == "lambda" and group.targets and group.health_check.get("enabled") == "true":
                self._tasks.append(asyncio.create_task(self._check(group)))

    @property
    def running(self) -> int:
        """How many target groups are checked."""
        return len(self._tasks)

    def stop(self) -> None:
        """End them all."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()

    async def _check(self, group: TargetGroup) -> None:
        interval = int(group.health_check.get("interval") or DEFAULT_LAMBDA_HEALTH_CHECK_S[0])
        while True:
            await asyncio.sleep(interval)
            event = payload_of(health_check_event(group))
            outcome = await self._invoke(group.targets[0].thing, event)
            self._events.tell(
                "health check", target=group.targets[0].thing, failure=outcome.failure, reason=outcome.reason
            )
