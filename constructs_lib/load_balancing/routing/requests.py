"""Kinds of requests that a rule takes: a host and a path pattern, and what two of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from constructs_lib.load_balancing.routing import patterns
from constructs_lib.load_balancing.routing.hosts import host_specificity

EVERY_PATH = "/*"


@dataclass(frozen=True)
class Requests:
    """Those for a path pattern of a host, which may have wildcards; host: in lower case, None for any."""

    host: str | None
    path: str

    def __str__(self) -> str:
        """As it stands in an address: ``api.example.com/orders/*``."""
        return f"{self.host or ''}{self.path}"

    @cached_property
    def specificity(self) -> tuple[int, int]:
        """The host counts first, then the path."""
        return host_specificity(self.host), patterns.specificity(self.path)


def requests_of(hosts: Sequence[str], paths: Sequence[str]) -> tuple[Requests, ...]:
    """The kinds of requests that a rule for these hosts and paths takes; without paths it takes all."""
    names: list[str | None] = [host.lower() for host in hosts]
    return tuple(Requests(host, path) for host in names or [None] for path in paths or [EVERY_PATH])


def overlap(one: Requests, other: Requests) -> bool:
    """Whether a request exists that both take."""
    if one.host and other.host and not patterns.overlap(one.host, other.host):
        return False
    return patterns.overlap(one.path, other.path)


def covers(wide: Requests, narrow: Requests) -> bool:
    """Whether ``wide`` takes everything that ``narrow`` takes."""
    if wide.host and not (narrow.host and patterns.covers(wide.host, narrow.host)):
        return False
    return patterns.covers(wide.path, narrow.path)


def shared_request(one: Requests, other: Requests) -> str | None:
    """A request that both take, as it stands in an address; None if there is none."""
    path = patterns.shared_path(one.path, other.path)
    host = patterns.shared_path(one.host or "*", other.host or "*")
    return None if path is None or host is None else f"{host}{path}"
