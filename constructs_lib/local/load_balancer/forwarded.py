"""The headers that a load balancer adds.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
"""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.local.load_balancer.request import Headers, Request
    from constructs_lib.local.reading.listeners import Listener

TRACE = "x-amzn-trace-id"
_VALID_NAME = re.compile(r"[-A-Za-z0-9]+")  # of fields that are not dropped as invalid
_ROOT = re.compile(r"(?:^|;)\s*Root=([^;]+)")


def with_forwarded(request: Request, listener: Listener, trace: str) -> Request:
    """Give the request as its target gets it."""
    own = {"x-forwarded-proto", "x-forwarded-port", TRACE}
    mode = listener.attributes["xff_header_processing_mode"]
    added: list[tuple[str, str]] = []
    if mode == "append":
        own.add("x-forwarded-for")
        client = request.client[0]
        if listener.attributes["enable_xff_client_port"]:
            client = f"{client}:{request.client[1]}"
        added.append(("x-forwarded-for", ", ".join([*request.all("x-forwarded-for"), client])))
    elif mode == "remove":
        own.add("x-forwarded-for")
    added += [
        ("x-forwarded-port", str(listener.port)),
        ("x-forwarded-proto", listener.protocol.lower()),
        (TRACE, trace),
    ]
    kept: Headers = tuple((name, value) for name, value in request.headers if name not in own)
    if listener.attributes["drop_invalid_header_fields"]:
        kept = tuple((name, value) for name, value in kept if _VALID_NAME.fullmatch(name))
    return replace(request, headers=(*kept, *added))


def trace_of(request: Request) -> tuple[str, str]:
    """Give the header ``X-Amzn-Trace-Id`` for a request, and the id of its trace.

    A request without one gets a root; one with a root gets this hop beside it as ``Self``.
    """
    given = request.first(TRACE)
    root = _ROOT.search(given)
    if root is None:
        made = f"1-{int(time.time()):08x}-{secrets.token_hex(12)}"
        rest = f";{given}" if given else ""
        return f"Root={made}{rest}", made
    this = f"1-{int(time.time()):08x}-{secrets.token_hex(12)}"
    fields = [part for part in given.split(";") if part and not part.strip().startswith("Self=")]
    return ";".join((f"Self={this}", *fields)), root[1]
