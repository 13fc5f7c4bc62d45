"""Hosts of an Application Load Balancer's rules: their syntax, and which of two is more specific.

``*`` matches any characters, dots included, or none; ``?`` matches exactly one; letters have no case.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html
"""

from __future__ import annotations

import re

from constructs_lib.figures.load_balancer import HOST_LENGTH
from constructs_lib.load_balancing.routing.patterns import EXACT, wildcards

ANY_HOST = -1
"""How specific a rule without a host is: less than every host."""
_ILLEGAL = re.compile(r"[^A-Za-z0-9.*?-]")


def host_problem(host: str) -> tuple[str, str] | None:
    """The rule that a host breaks and the way out; None for a legal one."""
    if "://" in host or "/" in host or ":" in host:
        bare = re.sub(r"^[a-z]*://", "", host).partition("/")[0].partition(":")[0]
        out = f'write "{bare}", and the path in `paths`'
        return "a host is a name alone, without a protocol, a port or a path", out
    if len(host) > HOST_LENGTH:
        rule = f"a host has at most {HOST_LENGTH} characters, this one {len(host)}"
        return rule, 'a wildcard in place of its first labels, such as "*.example.com"'
    if illegal := "".join(dict.fromkeys(_ILLEGAL.findall(host))):
        rule = f"a host consists of A-Z a-z 0-9 - . * ?, without {illegal!r}"
        return rule, 'write it like "api.example.com" or "*.example.com"'
    labels = host.split(".")
    if len(labels) == 1 or not all(labels):
        rule = "a host is labels joined by dots, at least two of them"
        return rule, 'write it whole, like "api.example.com"'
    if not labels[-1].isalpha():
        rule = "only letters stand behind a host's last dot"
        return rule, 'write it like "api.example.com" or "*.example.com"'
    return None


def host_specificity(host: str | None) -> int:
    """How specific a host is: EXACT without wildcards, else its whole labels behind the last wildcard.

    Of two hosts that share a name, one's literal end is the end of the other's.
    """
    if host is None:
        return ANY_HOST
    if not wildcards(host):
        return EXACT
    return re.split(r"[*?]", host)[-1].count(".")
