"""The load balancers as one ASGI application: the port tells the door, and so the listener."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.load_balancer import LAMBDA_BODY_BYTES
from constructs_lib.local.load_balancer import answer as answers
from constructs_lib.local.load_balancer.answer import Answer, MalformedAnswerError, own
from constructs_lib.local.load_balancer.event import event_of, payload_of
from constructs_lib.local.load_balancer.forwarded import trace_of, with_forwarded
from constructs_lib.local.load_balancer.matching import rule_for
from constructs_lib.local.load_balancer.messages import body_of, refused, sent_to
from constructs_lib.local.load_balancer.request import Request, request_of
from constructs_lib.local.load_balancer.rewriting import rewritten
from constructs_lib.proof.walking.answers import Blocked

if TYPE_CHECKING:
    from constructs_lib.local.doors.doors import Door
    from constructs_lib.local.events import Events
    from constructs_lib.local.reading.listeners import Action, Listener, Target, TargetGroup
    from constructs_lib.local.runtime.invocation import Outcome
    from constructs_lib.proof.walking.answers import Answer as Verdict

_FAILED = {"timeout": "did not answer before its timeout", "throttled": "was throttled"}

Invoke = Callable[[str, bytes, str, "Hop"], Awaitable["Outcome"]]
"""Runs a function: its address, the event, the trace header, the hop."""


@dataclass
class Hop:
    """A request at one listener: what is told about it once it is over."""

    id: str
    trace: str
    door: Door
    request: Request
    parent: str = ""
    rule: str = ""
    target: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


class Front:
    """Answers requests at doors."""

    def __init__(
        self,
        *,
        doors: Mapping[int, Door],
        groups: Callable[[], Mapping[str, TargetGroup]],
        delivers: Callable[[Listener, TargetGroup, Target], Verdict],
        invoke: Invoke,
        proxy: Callable[[Target, Request], Awaitable[Answer]],
        events: Events,
    ) -> None:
        self._doors, self._groups, self._delivers = doors, groups, delivers
        self._invoke, self._proxy, self._events = invoke, proxy, events
        self._count = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        door = self._doors.get(scope["server"][1])
        if door is None:  # it was closed while the request came in
            await sent_to(send, own(503, "the door is gone"), "GET")
            return
        began = time.perf_counter()
        request = request_of(scope)
        header, trace = trace_of(request)
        self._count += 1
        # who stands before a process' own door is what that process answers just now
        current = door.worker.current if door.worker else None
        hop = Hop(f"{self._count:x}", current.trace_id if current else trace, door, request)
        hop.parent = current.hop if current else ""
        self._begin(hop)
        try:
            answer = await self._answered(hop, request, header, receive)
        except Exception as fault:  # a fault of ours, or a value that AWS would not have taken
            answer = own(500, f"{hop.rule or door.listener.address}: {type(fault).__name__}: {fault}")
        self._end(hop, answer, (time.perf_counter() - began) * 1000)
        await sent_to(send, answer, request.method)

    def _begin(self, hop: Hop) -> None:
        self._events.tell(
            "request",
            **_of(hop),
            path=hop.request.path + (f"?{hop.request.query}" if hop.request.query else ""),
        )

    def _end(self, hop: Hop, answer: Answer, ms: float) -> None:
        self._events.tell(
            "answer",
            **_of(hop),
            path=hop.request.path,
            status=answer.status,
            ms=round(ms, 2),
            rule=hop.rule,
            target=hop.target,
            why=answer.why,
            body=answer.body[:2000].decode(errors="replace"),
            **hop.facts,
        )

    async def _answered(self, hop: Hop, request: Request, trace: str, receive: Any) -> Answer:
        if wrong := refused(request):
            await body_of(receive, None)
            return wrong
        listener = hop.door.listener
        rule = rule_for(listener, request)
        hop.rule = rule.address
        action = rule.action
        if action.kind == "fixed-response":
            await body_of(receive, None)
            return answers.fixed_response(action)
        if action.kind == "redirect":
            await body_of(receive, None)
            return answers.redirect(action, listener, request)
        if action.kind != "forward":
            return own(
                561 if action.kind == "login" else 500, f"{rule.address}: {action.kind} is not done here"
            )
        forwarded = rewritten(with_forwarded(request, listener, trace), rule)
        return await self._forward(hop, forwarded, action, trace, receive)

    async def _forward(self, hop: Hop, request: Request, action: Action, trace: str, receive: Any) -> Answer:
        group = self._groups().get(_chosen(action))
        if group is None or not group.targets:
            named = group.address if group else _chosen(action) or hop.rule
            return own(503, f"{named} has no target")
        target = group.targets[0] if len(group.targets) == 1 else random.choice(group.targets)  # noqa: S311
        hop.target = target.thing
        verdict = self._delivers(hop.door.listener, group, target)
        is_function = group.kind == "lambda"
        if isinstance(verdict, Blocked):
            why = f"{verdict.whys}"
            return own(502 if is_function else 504, why)
        idle = hop.door.listener.idle_timeout_s
        try:
            if is_function:
                return await asyncio.wait_for(
                    self._to_function(hop, request, group, target, trace, receive), idle
                )
            body = await body_of(receive, 1 << 40)
            sent = Request(
                request.method, request.path, request.query, request.headers, request.client, body or b""
            )
            return await asyncio.wait_for(self._proxy(target, sent), idle)
        except TimeoutError:
            return own(504, f"{target.thing} did not answer within the idle timeout of {idle} s")

    async def _to_function(
        self, hop: Hop, request: Request, group: TargetGroup, target: Target, trace: str, receive: Any
    ) -> Answer:
        if request.first("upgrade"):
            return own(400, "a function takes no upgrade of the connection, such as to WebSocket")
        body = await body_of(receive, LAMBDA_BODY_BYTES)
        if body is None:
            return own(413, f"the body has more than {LAMBDA_BODY_BYTES} bytes; a function takes no more")
        sent = Request(request.method, request.path, request.query, request.headers, request.client, body)
        event = event_of(sent, group)
        hop.facts["request_event"] = event if len(body) < 10_000 else {**event, "body": "…"}
        outcome = await self._invoke(target.thing, payload_of(event), trace, hop)
        if outcome.failure:
            what = _FAILED.get(outcome.failure, "failed")
            return own(502, f"{target.thing} {what}: {outcome.reason}")
        try:
            return answers.of_function(outcome.payload, group)
        except MalformedAnswerError as fault:
            return own(502, f"{target.thing}: {fault}")


def _chosen(action: Action) -> str:
    """The target group of a forward: by weight, where there are several."""
    if len(action.groups) == 1:
        return action.groups[0][0]
    weights = [weight for _, weight in action.groups]
    if not any(weights):
        return ""
    return random.choices([group for group, _ in action.groups], weights)[0]  # noqa: S311


def _of(hop: Hop) -> dict[str, Any]:
    """What every event of a hop says."""
    listener = hop.door.listener
    return {
        "hop": hop.id,
        "trace": hop.trace,
        "parent": hop.parent,
        "source": hop.door.caller.name,
        "listener": listener.address,
        "load_balancer": listener.name,
        "port": listener.port,
        "method": hop.request.method,
    }
