"""The event that a function gets for a request.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.load_balancer import HEALTH_CHECKER, TEXT_CONTENT_TYPES
from constructs_lib.local.load_balancer.request import Request

if TYPE_CHECKING:
    from constructs_lib.local.reading.listeners import TargetGroup


def event_of(request: Request, group: TargetGroup) -> dict[str, Any]:
    """Give the event; headers and parameters have one value or several, as the target group says."""
    event: dict[str, Any] = {
        "requestContext": {"elb": {"targetGroupArn": group.arn}},
        "httpMethod": request.method,
        "path": request.path,
    }
    if group.multi_value_headers:
        event["multiValueQueryStringParameters"] = _several(request.parameters)
        event["multiValueHeaders"] = _several(request.headers)
    else:
        event["queryStringParameters"] = dict(request.parameters)
        event["headers"] = dict(request.headers)
    encoded = is_binary(request)
    event["body"] = base64.b64encode(request.body).decode() if encoded else request.body.decode("utf-8")
    event["isBase64Encoded"] = encoded
    return event


def health_check_event(group: TargetGroup) -> dict[str, Any]:
    """Give the event of a health check."""
    path = group.health_check.get("path") or "/"
    return event_of(Request("GET", path, "", (("user-agent", HEALTH_CHECKER),), ("127.0.0.1", 0)), group)


def payload_of(event: dict[str, Any]) -> bytes:
    """The event as the function's runtime gets it."""
    return json.dumps(event, separators=(",", ":")).encode()


def is_binary(request: Request) -> bool:
    """Tell whether the body goes to the function in base64."""
    if not request.body:
        return False
    if request.first("content-encoding"):
        return True
    kind = request.first("content-type").partition(";")[0].strip().lower()
    if kind.startswith("text/") or kind in TEXT_CONTENT_TYPES:
        try:
            request.body.decode("utf-8")
        except UnicodeDecodeError:
            return True
        return False
    return True


def _several(pairs: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
