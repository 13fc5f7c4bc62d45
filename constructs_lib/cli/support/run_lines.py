"""What `run` prints: lines for people, or one JSON object a line."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from constructs_lib.cli.support.console import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs_lib.local.events import Event

_COLOURS = (36, 33, 35, 32, 34, 96, 93, 95, 92, 94)
_RED, _BOLD, _FAINT = "31", "1", "2"
_KEPT_TRACES = 500


class JsonLines:
    """One JSON object a line."""

    def __call__(self, event: Event) -> None:
        """Print an event."""
        sys.stdout.write(json.dumps(event, ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()


class Lines:
    """Lines for people: logs and denials at once, the hops of a trace as a tree when it is answered."""

    def __init__(self) -> None:
        self._coloured = is_terminal(sys.stdout)
        self._traces: dict[str, list[Event]] = {}
        self._kinds: dict[str, Callable[[Event], None]] = {
            "answer": self._answer,
            "log": self._log,
            "denied": self._denied,
            "report": self._report,
            "failed": self._failed,
            "throttle": lambda event: self._say(event, event["function"], "throttled", style=_RED),
            "said": lambda event: self._say(event, event.get("about", ""), event["text"]),
            "reloaded": lambda event: self._say(event, "reload", event["text"], style=_BOLD),
            "problem": lambda event: self._say(event, "reload", event["text"], style=_RED),
        }

    def __call__(self, event: Event) -> None:
        """Print an event, where it is one to see."""
        if event["event"] in self._kinds:
            self._kinds[event["event"]](event)
            sys.stdout.flush()

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._coloured else text

    def _named(self, name: str) -> str:
        return self._paint(name, str(_COLOURS[sum(name.encode()) % len(_COLOURS)]))

    def _say(self, event: Event, who: str, text: str, *, style: str = "") -> None:
        clock = time.strftime("%H:%M:%S", time.localtime(event["time"]))
        shown = self._paint(text, style) if style else text
        print(f"{self._paint(clock, _FAINT)} {self._named(who)}  {shown}" if who else f"{clock} {shown}")

    def _log(self, event: Event) -> None:
        for line in event["line"].replace("\u00a0", " ").split("\n"):
            self._say(event, event["function"], _plain(line))

    def _report(self, event: Event) -> None:
        init = f"  cold start: {event['init_ms']:.0f} ms" if event["init_ms"] is not None else ""
        used = f"  memory: {event['peak_mb']} of {event['memory_mb']} MB" if event["peak_mb"] else ""
        text = f"REPORT {event['request_id']}  {event['duration_ms']:.1f} ms{used}{init}"
        self._say(event, event["function"], text, style=_FAINT)
        if event["failure"]:
            self._failed(event)

    def _failed(self, event: Event) -> None:
        self._say(event, event["function"], f"{event['failure']}: {_plain(event['reason'])}", style=_RED)

    def _denied(self, event: Event) -> None:
        who, where = event["source"], f"{event['target']}:{event['port']}"
        self._say(event, who, f"x {where}  blocked by {event['hop']}: {event['why']}", style=_RED)
        if event["change"]:
            self._say(event, who, f"  what would open it: {event['change']}", style=_BOLD)
        if event["trace"]:
            self._traces.setdefault(event["trace"], []).append(event)

    def _answer(self, event: Event) -> None:
        hops = self._traces.setdefault(event["trace"], [])
        hops.append(event)
        if not event["parent"]:
            self._tree(event, self._traces.pop(event["trace"]), "", "")
        while len(self._traces) > _KEPT_TRACES:
            self._traces.pop(next(iter(self._traces)))

    def _tree(self, event: Event, hops: list[Event], first: str, rest: str) -> None:
        self._say(event, "", first + self._hop(event))
        if "hop" not in event or event["event"] == "denied":
            return
        below = [one for one in hops if one["parent"] == event["hop"]]
        for place, one in enumerate(below):
            last = place == len(below) - 1
            self._tree(one, hops, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))

    def _hop(self, event: Event) -> str:
        if event["event"] == "denied":
            return self._paint(f"{event['source']} x {event['target']}:{event['port']}", _RED)
        way = f"{self._named(event['source'])} → {event['load_balancer']}:{event['port']}"
        if event["target"]:
            way += f" → {self._named(event['target'].split('.', 1)[-1])}"
        status = str(event["status"])
        told = self._paint(status, _RED if event["status"] >= 500 else _BOLD)
        why = f"  {event['why']}" if event["why"] else ""
        return f"{way}  {event['method']} {_plain(event['path'])}  {told}  {event['ms']:.1f} ms{why}"


def _plain(text: Any) -> str:
    """Text of others without what moves a terminal's cursor."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in str(text).replace("\r", " "))
