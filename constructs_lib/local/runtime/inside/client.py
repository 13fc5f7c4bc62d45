"""The calls of AWS's Runtime API in plain Python, with the names of awslambdaric's native module.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import http.client
import os
from typing import Any

_DEADLINE = "Lambda-Runtime-Deadline-Ms"
_HEADERS = (
    "Lambda-Runtime-Aws-Request-Id",
    "Lambda-Runtime-Trace-Id",
    "Lambda-Runtime-Invoked-Function-Arn",
    _DEADLINE,
    "Lambda-Runtime-Client-Context",
    "Lambda-Runtime-Cognito-Identity",
    "Lambda-Runtime-Aws-Tenant-Id",
    "Lambda-Runtime-Invocation-Id",
    "Content-Type",
)
_open: list[http.client.HTTPConnection] = []


def _call(
    method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[bytes, http.client.HTTPResponse]:
    if not _open:
        _open.append(http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"]))
    _open[0].request(method, "/2018-06-01/runtime" + path, body, headers or {})
    answer = _open[0].getresponse()
    return answer.read(), answer


def initialize_client(_agent: str) -> None:
    """Take the name of the runtime, which nobody here asks for."""


def next() -> tuple[bytes, dict[str, Any]]:  # noqa: A001
    """Wait for the next invocation; gives its event and headers, the deadline as a number."""
    body, answer = _call("GET", "/invocation/next")
    headers = {name: answer.headers.get(name) for name in _HEADERS}
    return body, {**headers, _DEADLINE: int(headers[_DEADLINE] or 0)}


def post_invocation_result(
    invoke_id: str, content: bytes, content_type: str = "application/json", *_: object
) -> None:
    """Answer an invocation."""
    _call("POST", "/invocation/" + invoke_id + "/response", content, {"Content-Type": content_type})


def post_error(invoke_id: str, error: str | bytes, *_: object) -> None:
    """Report that an invocation failed."""
    _call("POST", "/invocation/" + invoke_id + "/error", error.encode() if isinstance(error, str) else error)


def post_init_error(error: str) -> None:
    """Report that the function could not be loaded."""
    _call("POST", "/init/error", error.encode())
