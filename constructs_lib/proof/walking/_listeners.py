"""Asks listeners which of their rules a request can reach at all, and where these forward it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from constructs_lib.figures.internet import ANYWHERE_IPV4
from constructs_lib.load_balancing.routing.patterns import covers, literal_beginning
from constructs_lib.proof.walking.addresses import network, within
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.proof.model.load_balancing import Condition, Listener, ListenerRule

Alternative = dict[str, str | Unknown]
"""One kind of request that a rule takes: a value for each of its conditions."""

_GLOB = {"path_pattern", "host_header"}


def shadows(listener: Listener) -> dict[str, tuple[ListenerRule, bool]]:
    """Give, for every rule that no request reaches, an earlier rule that takes its requests, and if that
    is sure.
    """
    found: dict[str, tuple[ListenerRule, bool]] = {}
    earlier = Router()
    for rule in listener.rules:
        takers = [earlier.taker(one) for one in alternatives(rule)]
        if takers and all(taker is not None for taker in takers):
            known = [taker for taker in takers if taker is not None]
            sure = not any(is_open(one) for one in (rule, *known))
            found[rule.address] = (known[0], sure)
        earlier.add(rule)
    return found


def is_open(rule: ListenerRule) -> bool:
    """Tell whether the place or the requests of a rule are open values."""
    values = (value for condition in rule.conditions for value in condition.values)
    return isinstance(rule.priority, Unknown) or any(isinstance(value, Unknown) for value in values)


def alternatives(rule: ListenerRule) -> Iterator[Alternative]:
    """Give the kinds of requests that a rule takes."""
    named = [[(condition.kind, value) for value in condition.values] for condition in rule.conditions]
    return (dict(chosen) for chosen in itertools.product(*named))


class Router:
    """Rules in the order in which they are asked, found by the literal beginning of their path."""

    def __init__(self, rules: Iterable[ListenerRule] = ()) -> None:
        self._by_prefix: dict[str, list[tuple[int, ListenerRule]]] = {}
        self._count = 0
        for rule in rules:
            self.add(rule)

    def add(self, rule: ListenerRule) -> None:
        """Add the rule that is asked next."""
        self._count += 1
        paths = [condition.values for condition in rule.conditions if condition.kind == "path_pattern"]
        for value in paths[0] if paths else ("*",):
            start = literal_beginning(value) if isinstance(value, str) else ""
            self._by_prefix.setdefault(start, []).append((self._count, rule))

    def taker(self, wanted: Alternative) -> ListenerRule | None:
        """Give the first rule that takes all such requests; one with open values only where no other does."""
        path = wanted.get("path_pattern", "/*")
        start = literal_beginning(path) if isinstance(path, str) else ""
        found = (
            (is_open(rule), rank, rule)
            for length in range(len(start) + 1)
            for rank, rule in self._by_prefix.get(start[:length], ())
            if all(_takes(condition, wanted) for condition in rule.conditions)
        )
        return min(found, key=lambda one: one[:2], default=(True, 0, None))[2]


def _takes(condition: Condition, wanted: Alternative) -> bool:
    """Tell whether a condition holds for every request of a kind."""
    value = wanted.get(condition.kind, "/*" if condition.kind == "path_pattern" else "*")
    if condition.kind == "source_ip" and condition.kind not in wanted:
        value = ANYWHERE_IPV4
    return any(_holds(condition.kind, own, value) for own in condition.values)


def _holds(kind: str, own: str | Unknown, value: str | Unknown) -> bool:
    if isinstance(own, Unknown):
        return True
    if isinstance(value, Unknown):
        return own in ("*", "/*")
    if kind == "source_ip":
        outer, inner = network(own), network(value)
        return not isinstance(outer, Unknown) and not isinstance(inner, Unknown) and within(inner, outer)
    if kind == "host_header":
        return covers(own.lower(), value.lower())
    return covers(own, value) if kind in _GLOB or value == "*" else own == value


def in_words(rule: ListenerRule) -> str:
    """Say which requests a rule takes."""
    if rule.priority is None:
        return "every request" if not rule.conditions else ""
    return " and ".join(
        f"{c.kind.replace('_', ' ')} {' or '.join(map(str, c.values))}" for c in rule.conditions
    )
