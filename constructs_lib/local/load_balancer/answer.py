"""What a client gets: from a function's answer, a fixed response, a redirect, or the load balancer itself."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.figures.load_balancer import ANSWER_HEADERS_BYTES, LAMBDA_BODY_BYTES

if TYPE_CHECKING:
    from constructs_lib.local.load_balancer.request import Headers, Request
    from constructs_lib.local.reading.listeners import Action, Listener, TargetGroup

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BROKEN = re.compile(r"[\r\n\0]")
# What the load balancer says itself about a connection or a body that it frames itself.
_OWN = {"connection", "transfer-encoding", "content-length", "keep-alive", "upgrade"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes to the client. why: why the load balancer itself answers, if it does."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    why: str = ""


class MalformedAnswerError(Exception):
    """A function's answer is none that a load balancer understands."""


def own(status: int, why: str) -> Answer:
    """An answer of the load balancer itself."""
    known = {one.value for one in HTTPStatus}
    title = f"{status} {HTTPStatus(status).phrase}" if status in known else str(status)
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
    headers = (("server", "awselb/2.0"), ("content-type", "text/html"))
    return Answer(status, headers, page.encode(), why)


def fixed_response(action: Action) -> Answer:
    """The answer that a rule holds."""
    settings = action.settings
    status = int(settings.get("status_code", "200"))
    body = settings.get("message_body", "").encode()
    kind = settings.get("content_type", "text/plain") + "; charset=utf-8"
    return Answer(status, (("server", "awselb/2.0"), ("content-type", kind)), body)


def redirect(action: Action, listener: Listener, request: Request) -> Answer:
    """A redirect, with ``#{host}`` and the others replaced."""
    settings = action.settings
    protocol = listener.protocol.lower()
    found = {
        "#{protocol}": protocol,
        "#{host}": request.host,
        "#{port}": str(listener.port),
        "#{path}": request.path.removeprefix("/"),
        "#{query}": request.query,
    }

    def filled(name: str, otherwise: str) -> str:
        text = settings.get(name) or otherwise
        return re.sub(r"#\{\w+\}", lambda match: found.get(match[0], match[0]), text)

    to = filled("protocol", "#{protocol}").lower()
    host, port = filled("host", "#{host}"), filled("port", "#{port}")
    path, query = filled("path", "/#{path}"), filled("query", "#{query}")
    shown = "" if (to, port) in (("https", str(HTTPS)), ("http", str(HTTP))) else f":{port}"
    location = f"{to}://{host}{shown}{path}" + (f"?{query}" if query else "")
    status = int(settings.get("status_code", "HTTP_302").removeprefix("HTTP_"))
    body = own(status, "").body
    return Answer(
        status, (("server", "awselb/2.0"), ("location", location), ("content-type", "text/html")), body
    )


def of_function(payload: bytes, group: TargetGroup) -> Answer:
    """The answer that a function's JSON means.

    Raises MalformedAnswerError with what is wrong with it.
    """
    if len(payload) > LAMBDA_BODY_BYTES:
        raise MalformedAnswerError(
            f"the answer has {len(payload)} bytes; a load balancer takes {LAMBDA_BODY_BYTES}"
        )
    found = _object(payload)
    status = found.get("statusCode")
    if isinstance(status, bool) or not isinstance(status, int):
        raise MalformedAnswerError(f"statusCode is {_shown(status)}, and has to be a number")
    if not 100 <= status <= 599:
        raise MalformedAnswerError(f"statusCode is {status}, which is no status of HTTP")
    headers = tuple(_headers(found, group))
    size = sum(len(name) + len(value) + 4 for name, value in headers)
    if size > ANSWER_HEADERS_BYTES:
        raise MalformedAnswerError(f"the headers have {size} bytes; at most {ANSWER_HEADERS_BYTES} are taken")
    return Answer(status, headers, _body(found))


def _object(payload: bytes) -> dict[str, Any]:
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError) as fault:
        raise MalformedAnswerError("the answer is no JSON") from fault
    if not isinstance(found, dict):
        raise MalformedAnswerError(f"the answer is {_shown(found)}, and has to be an object with statusCode")
    return found


def _headers(found: dict[str, Any], group: TargetGroup) -> Any:
    key = "multiValueHeaders" if group.multi_value_headers else "headers"
    given = found.get(key) or {}
    if not isinstance(given, dict):
        raise MalformedAnswerError(f"{key} is {_shown(given)}, and has to be an object")
    for name, value in given.items():
        values = value if group.multi_value_headers else [value]
        if not isinstance(values, list) or not all(isinstance(one, str | int | float) for one in values):
            raise MalformedAnswerError(f"{key}.{name} is {_shown(value)}")
        if not _NAME.fullmatch(name) or any(_BROKEN.search(str(one)) for one in values):
            raise MalformedAnswerError(f"{key}.{name} is no header of HTTP")
        if name.lower() not in _OWN:
            yield from ((name, str(one)) for one in values)


def _body(found: dict[str, Any]) -> bytes:
    body = found.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise MalformedAnswerError(f"body is {_shown(body)}, and has to be a string")
    if found.get("isBase64Encoded") is not True:
        return body.encode("utf-8", errors="surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise MalformedAnswerError("isBase64Encoded is true, and body is not base64") from fault


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return "missing" if value is None else text if len(text) <= 60 else text[:59] + "…"
