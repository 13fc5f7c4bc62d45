"""Which rule of a listener takes a request.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.local.load_balancer.request import Request
    from constructs_lib.local.reading.listeners import Condition, Listener, Rule


def rule_for(listener: Listener, request: Request) -> Rule:
    """Give the first rule, by priority, of which every condition holds; the default one where none does."""
    return next(
        rule for rule in listener.rules if all(holds(condition, request) for condition in rule.conditions)
    )


def takes_host(listener: Listener, host: str) -> bool:
    """Tell whether a rule of the listener names a host."""
    conditions = (one for rule in listener.rules for one in rule.conditions if one.kind == "host_header")
    return any(_matches(value, host, one.regex) for one in conditions for value in one.values)


def holds(condition: Condition, request: Request) -> bool:
    """Tell whether one of the condition's values matches."""
    if condition.unreadable:
        return False
    return _KINDS[condition.kind](condition, request)


def _path(condition: Condition, request: Request) -> bool:
    return any(_matches(value, request.path, condition.regex, folded=False) for value in condition.values)


def _host(condition: Condition, request: Request) -> bool:
    return any(_matches(value, request.host, condition.regex) for value in condition.values)


def _method(condition: Condition, request: Request) -> bool:
    return request.method in condition.values


def _header(condition: Condition, request: Request) -> bool:
    return any(
        _matches(value, sent, condition.regex)
        for sent in request.all(condition.name)
        for value in condition.values
    )


def _query(condition: Condition, request: Request) -> bool:
    return any(
        (key is None or _matches(key, sent_key)) and _matches(value, sent_value)
        for sent_key, sent_value in request.parameters
        for key, value in condition.values
    )


def _source(condition: Condition, request: Request) -> bool:
    address = ip_address(request.client[0])
    return any(address in ip_network(value, strict=False) for value in condition.values)


_KINDS = {
    "path_pattern": _path,
    "host_header": _host,
    "http_request_method": _method,
    "http_header": _header,
    "query_string": _query,
    "source_ip": _source,
}


def _matches(pattern: str, text: str, regex: bool = False, *, folded: bool = True) -> bool:
    return _compiled(pattern, regex, folded).fullmatch(text) is not None


@lru_cache(maxsize=5_000)
def _compiled(pattern: str, regex: bool, folded: bool) -> re.Pattern[str]:
    flags = re.DOTALL | (re.IGNORECASE if folded and not regex else 0)
    if regex:
        return re.compile(f".*?(?:{pattern}).*", flags)
    plain = pattern.replace("&amp;", "&")
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(character) or re.escape(character) for character in plain), flags)
