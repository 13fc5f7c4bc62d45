"""What an Application Load Balancer sends to a function and expects back; the same file in each function.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

Event = Mapping[str, Any]
HEALTH_PATH = "/health"
"""What `health_check_path` of the function names, where it has one."""


class MalformedRequestError(Exception):
    """The event is no request that a load balancer sends, or what the client sent cannot be read."""


@dataclass(frozen=True)
class Request:
    """One HTTP request. path: as the client sent it, percent-encoded. headers: by name in lower case."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def is_health_check(self) -> bool:
        """Whether it asks for ``HEALTH_PATH``, whoever asks: anybody can call himself a load balancer."""
        return self.method == "GET" and self.path == HEALTH_PATH

    def below(self, prefix: str) -> str | None:
        """The decoded rest of the path after ``prefix``; None if the path begins otherwise."""
        if not self.path.startswith(prefix):
            return None
        try:
            return unquote(self.path.removeprefix(prefix), errors="strict")
        except UnicodeDecodeError as error:
            raise MalformedRequestError("the path is not UTF-8 in percent-encoding") from error


@dataclass(frozen=True)
class Answer:
    """What a function says, before it takes the load balancer's shape; the body is sent as JSON."""

    status: HTTPStatus
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


def read(event: Event) -> Request:
    """The request in ``event``, with single-value or multi-value headers.

    Raises MalformedRequestError where method or path are missing, or a body in base64 is none.
    """
    method, path = event.get("httpMethod"), event.get("path")
    if not isinstance(method, str) or not isinstance(path, str):
        raise MalformedRequestError("the event has no httpMethod or no path")
    several = event.get("multiValueHeaders") or {}
    single = event.get("headers") or {}
    headers = {name: values[-1] for name, values in several.items() if values} | dict(single)
    return Request(method, path, {name.lower(): value for name, value in headers.items()}, _body(event))


def _body(event: Event) -> bytes:
    text = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(text).encode()
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedRequestError("the body is not base64") from error


def shape(event: Event, answer: Answer) -> dict[str, Any]:
    """The response to ``event``: its headers have one value or several, as the request's have."""
    headers = {"Content-Type": "application/json", **answer.headers}
    response: dict[str, Any] = {
        "statusCode": answer.status.value,
        "statusDescription": f"{answer.status.value} {answer.status.phrase}",
        "isBase64Encoded": False,
        "body": json.dumps(answer.body),
    }
    if "multiValueHeaders" in event:
        return response | {"multiValueHeaders": {name: [value] for name, value in headers.items()}}
    return response | {"headers": headers}
