"""How to bend one resource of what the generator wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.support.stacks_written import Body, Written

WAYS = frozenset({"call", "public", "endpoint", "start", "internet", "egress", "route", "trigger"})
OPENING, PRIVATE, ROUTE, ENDPOINT = map(frozenset, ({"opening"}, {"private"}, {"route"}, {"endpoint"}))
CLOSED = frozenset({"closed", "exposure"})

FOREIGN_VPC = "vpc-0fedcba9876543210"
INGRESS = "aws_vpc_security_group_ingress_rule"
EGRESS = "aws_vpc_security_group_egress_rule"

Edit = Callable[[Body, Written], Body | None]
"""Gives the changed body, or None where there is nothing to bend."""

Outcome = Literal["proof", "warning", "rules", "nothing"]
"""Who notices: a promise breaks, one can no longer be told, an AWS rule is broken, nobody."""


@dataclass(frozen=True)
class Bend:
    """A way to bend resources of a type. ``kinds``: promises of which one breaks; ``by``: who notices."""

    type: str
    words: str
    edit: Edit
    kinds: frozenset[str] = frozenset()
    by: Outcome = "proof"

    def __str__(self) -> str:
        return f"{self.type} {self.words}"

    def all(self, written: Written) -> Iterator[tuple[str, Body]]:
        """Give every resource that the bend applies to, and what becomes of it."""
        for name in written.of(self.type):
            address = f"{self.type}.{name}"
            body = self.edit(written.body(address), written)
            if body is not None:
                yield address, body


def ref(address: str, attribute: str = "id") -> str:
    return "${" + f"{address}.{attribute}" + "}"


def put(**values: Any) -> Edit:
    """Write these attributes; None takes one out."""
    return lambda body, _: {k: v for k, v in {**body, **values}.items() if v is not None}


def where(test: Callable[[Body], Any], edit: Edit) -> Edit:
    """Bend only the resources that a test finds."""
    return lambda body, written: edit(body, written) if test(body) else None


def other(attribute: str, kind: str, by: str = "id") -> Edit:
    """Refer to another resource of a type than the one that is meant."""

    def edit(body: Body, written: Written) -> Body | None:
        others = [t for n in written.of(kind) if (t := ref(f"{kind}.{n}", by)) != body.get(attribute)]
        return {**body, attribute: others[0]} if others and attribute in body else None

    return edit


def moved(tier: str, *path: str) -> Edit:
    """Put something into the subnets of another tier."""

    def edit(body: Body, written: Written) -> Body:
        names = [n for n in written.of("aws_subnet") if n.startswith(f"network_{tier}_")]
        _inside(body, path)[path[-1]] = [ref(f"aws_subnet.{name}") for name in names]
        return body

    return edit


def less(index: int, *path: str) -> Edit:
    """Take one item out of a list."""

    def edit(body: Body, _: Written) -> Body | None:
        items = _inside(body, path).get(path[-1], [])
        return body if len(items) > index and items.pop(index) else None

    return edit


def one_group_more(*path: str) -> Edit:
    """Carry the group of the first internal load balancer or workload that is not carried yet."""

    def edit(body: Body, written: Written) -> Body:
        items = _inside(body, path)[path[-1]]
        items.append(
            next(t for n in busy_groups(written) if (t := ref(f"aws_security_group.{n}")) not in items)
        )
        return body

    return edit


def busy_groups(written: Written) -> list[str]:
    """The groups with rules; those without open nothing."""
    text = str([written.document["resource"].get(kind) for kind in (INGRESS, EGRESS)])
    return [name for name in written.of("aws_security_group") if f"aws_security_group.{name}.id" in text]


def _inside(body: Body, path: tuple[str, ...]) -> Body:
    for step in path[:-1]:
        body = body[step]
    return body
