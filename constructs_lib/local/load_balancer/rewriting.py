"""Transforms of a rule: a regular expression in the host or the path, and what takes its place.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.local.load_balancer.request import Request
    from constructs_lib.local.reading.listeners import Rule

_GROUP = re.compile(r"\$(\d)")


def rewritten(request: Request, rule: Rule) -> Request:
    """Give the request as the rule's transforms make it."""
    for one in rule.rewrites:
        with_groups = _GROUP.sub(r"\\\1", one.replacement.replace("\\", "\\\\"))
        if one.kind == "host_header":
            host = re.sub(one.pattern, with_groups, request.first("host"), count=1)
            headers = tuple((name, host if name == "host" else value) for name, value in request.headers)
            request = replace(request, headers=headers)
        else:
            url = request.path + (f"?{request.query}" if request.query else "")
            path, _, query = re.sub(one.pattern, with_groups, url, count=1).partition("?")
            request = replace(request, path=path, query=query)
    return request
