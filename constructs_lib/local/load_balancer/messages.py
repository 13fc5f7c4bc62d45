"""Bytes from and to a client: what a load balancer refuses at once, bodies, and the answer it sends.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
"""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.load_balancer import (
    FORWARDED_ADDRESSES,
    HEADER_BYTES,
    HEADERS_BYTES,
    REQUEST_LINE_BYTES,
    TOO_MANY_ADDRESSES,
    UNSUPPORTED_METHOD,
)
from constructs_lib.local.load_balancer.answer import Answer, own

if TYPE_CHECKING:
    from constructs_lib.local.load_balancer.request import Request


def refused(request: Request) -> Answer | None:
    """Give what a load balancer says to a request that it does not take; None to all others."""
    if request.method == UNSUPPORTED_METHOD:
        return own(405, f"a load balancer does not take {UNSUPPORTED_METHOD}")
    addresses = sum(value.count(",") + 1 for value in request.all("x-forwarded-for"))
    if addresses > FORWARDED_ADDRESSES:
        why = f"X-Forwarded-For has {addresses} addresses; a load balancer takes {FORWARDED_ADDRESSES}"
        return own(TOO_MANY_ADDRESSES, why)
    line = len(request.method) + len(request.path) + len(request.query) + len("  HTTP/1.1") + 1
    if line > REQUEST_LINE_BYTES:
        return own(414, f"the request line has {line} bytes; a load balancer takes {REQUEST_LINE_BYTES}")
    largest = max((len(name) + len(value) for name, value in request.headers), default=0)
    if largest > HEADER_BYTES or request.size > HEADERS_BYTES:
        return own(400, f"a header has more than {HEADER_BYTES} bytes, or all have more than {HEADERS_BYTES}")
    return None


async def body_of(receive: Any, most: int | None) -> bytes | None:
    """Read the whole body; None where it has more bytes than ``most``, and what is more is not kept."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        size += len(part := message.get("body", b""))
        if most is not None and size <= most:
            parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts) if most is None or size <= most else None


async def sent_to(send: Any, answer: Answer, method: str) -> None:
    """Send an answer to a client, with what every answer of a load balancer has."""
    names = {name.lower() for name, _ in answer.headers}
    headers = [
        (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in answer.headers
    ]
    if "date" not in names:
        headers.insert(0, (b"date", formatdate(usegmt=True).encode()))
    if "server" not in names:
        headers.insert(0, (b"server", b"awselb/2.0"))
    has_body = answer.status >= 200 and answer.status not in (204, 304)
    if has_body:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = answer.body if has_body and method != "HEAD" else b""
    await send({"type": "http.response.body", "body": body})
