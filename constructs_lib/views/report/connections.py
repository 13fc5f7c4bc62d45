"""Who reaches whom, for the report: the matrix, the ways, and what the internet reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from constructs_lib.proof.walking.answers import CannotTell, Carried
from constructs_lib.rules.checks.load_balancing.web_acls import behind_web_acls
from constructs_lib.terraform_json.addresses import is_address
from constructs_lib.views.declared_names import declared_names
from constructs_lib.views.report.structure import Section, Table
from constructs_lib.views.traffic import INTERNET
from constructs_lib.views.written_stack import WrittenStack
from constructs_lib.views.zones_and_tiers import name_of

NOTHING = "-"
_ANY_PORT, _BY_IAM = "any", "by IAM"
MOST_CELLS = 5000
"""A larger matrix is left out; the list has the same."""
MOST_WAYS = 1500
"""More connections are listed by their targets."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection that is possible, or of which the document cannot tell."""

    source: str
    target: str
    port: str
    answer: Carried | CannotTell

    @property
    def mark(self) -> str:
        """Give the port, with a question mark where only an apply can tell."""
        return self.port if isinstance(self.answer, Carried) else f"{self.port}?"

    @property
    def way(self) -> str:
        """Say how it gets through, one hop a line, or what the document does not tell."""
        if isinstance(self.answer, Carried):
            return "\n".join(hop.sentence for hop in self.answer.hops)
        return f"cannot tell: {self.answer.why}"


class Connections:
    """All connections of a document. Workloads stand for the load balancers before them."""

    def __init__(self, stack: WrittenStack) -> None:
        self.reachability, self.traffic = stack.reachability, stack.traffic
        self.model = stack.model
        self.names = declared_names(stack.environment)
        self.all = tuple(_each_once(self._found()))

    def name(self, thing: str) -> str:
        """Give what to call a thing: its short name where that is enough."""
        if thing in self.model.endpoints:
            return self.model.endpoints[thing].service
        return self.names.get(thing) or (name_of(thing) if is_address(thing) else thing)

    def _found(self) -> Iterator[Connection]:
        matrix = self.reachability.matrix()
        for arrival in matrix:
            if arrival.target not in self.model.load_balancers:
                port = _BY_IAM if arrival.by == "IAM" else str(arrival.port) if arrival.port else _ANY_PORT
                yield Connection(arrival.source, arrival.target, port, arrival.answer)
        seen = {(arrival.source, arrival.target) for arrival in matrix}
        for arrow in self.traffic.exits:
            if (arrow.source, arrow.target) not in seen:
                yield Connection(arrow.source, arrow.target, arrow.port, arrow.answer)

    def matrix(self) -> Section:
        """Give the matrix: callers as rows, what they reach as columns, ports in the cells."""
        ports: dict[tuple[str, str], list[str]] = {}
        for one in self.all:
            marks = ports.setdefault((one.source, one.target), [])
            if one.mark not in marks:
                marks.append(one.mark)
        sources = self._ordered(one.source for one in self.all)
        targets = self._ordered(one.target for one in self.all)
        if len(sources) * len(targets) > MOST_CELLS:
            intro = (
                f"{len(self.all):,} connections; a matrix of {len(sources)} by {len(targets)} says little."
            )
            return Section("matrix", "Who reaches whom", intro)
        rows = tuple(
            (self.name(source), *(", ".join(ports.get((source, t), ())) or NOTHING for t in targets))
            for source in sources
        )
        table = Table(("from / to", *map(self.name, targets)), rows)
        return Section(
            "matrix", "Who reaches whom", _intro(self.all), (("", table),) if rows else (), wide=True
        )

    def _ordered(self, things: Iterable[str]) -> list[str]:
        """The internet first, then in the document's order, then what is not in it."""
        known = {address: index for index, address in enumerate(self.model.interfaces)}
        found = dict.fromkeys(things)
        return sorted(found, key=lambda thing: (thing != INTERNET, known.get(thing, len(known)), thing))

    def ways(self) -> Section:
        """Give each connection with the hops that carry it; of very many, one for each target and port.

        Connections of a workload that differ only in the service are one.
        """
        intro = "Each connection with the resources that let it through, in their order."
        many = len(self.all) > MOST_WAYS
        groups: dict[tuple[str, ...], list[Connection]] = {}
        for one in self.all:
            key = (one.target, one.mark) if many else (one.mark, one.source, self._way_to_any_service(one))
            groups.setdefault(key, []).append(one)
        if many:
            intro = f"{len(self.all):,} connections; by target and port, with the way of the first caller."
        rows = tuple(
            (self._first_names(found) if many else self.name(found[0].source), *self._to(found, key[-1]))
            for key, found in groups.items()
        )
        table = Table(("from", "to", "port", "how"), rows)
        return Section("ways", "How it gets through", intro, (("", table),) if rows else ())

    def _to(self, alike: list[Connection], way: str) -> tuple[str, str, str]:
        """The targets of connections with one way, their port, and the way."""
        first = alike[0]
        targets = list(dict.fromkeys(self.name(one.target) for one in alike))
        return ", ".join(targets), first.mark, way if len(targets) > 1 else first.way

    def _way_to_any_service(self, one: Connection) -> str:
        """The way without the name of the service; elsewhere the target makes it the only one."""
        endpoint = self.model.endpoints.get(one.target)
        if endpoint is None:
            return f"{one.way}\n{one.target}"
        way = one.way.replace(one.target, "its endpoint")
        return re.sub(rf"(?<![\w.-]){re.escape(endpoint.service)}(?![\w.-])", "the service", way)

    def _first_names(self, connections: list[Connection], most: int = 5) -> str:
        names = ", ".join(self.name(one.source) for one in connections[:most])
        return names if len(connections) <= most else f"{names} and {len(connections) - most:,} more"

    def exposures(self) -> Section:
        """Give what the internet reaches."""
        rows = tuple(
            (
                self.name(one.target),
                str(one.port) if one.port else _ANY_PORT,
                ", ".join(one.sources) or NOTHING,
                one.requests or NOTHING,
                "yes" if isinstance(one.answer, Carried) else f"cannot tell: {one.answer.why}",
            )
            for one in self.reachability.exposures()
        )
        intro = "Everything else is closed to the internet." if rows else "The internet reaches nothing here."
        balancers = self.model.load_balancers
        if behind := [str(one) for one in behind_web_acls(self.model.document) if one in balancers]:
            intro += f" A web ACL of WAF filters what reaches {', '.join(map(self.name, behind))}."
        table = Table(("what", "port", "for whom", "requests", "reached"), rows)
        return Section("internet", "What the internet reaches", intro, (("", table),) if rows else ())


def _each_once(found: Iterable[Connection]) -> Iterator[Connection]:
    """Answers are compared only where everything else is equal: they are long, and there may be 250,000."""
    known: dict[tuple[str, str, str], list[Connection]] = {}
    for one in found:
        same = known.setdefault((one.source, one.target, one.port), [])
        if one not in same:
            same.append(one)
            yield one


def _intro(connections: tuple[Connection, ...]) -> str:
    if not connections:
        return "Nothing here reaches anything."
    doubt = sum(isinstance(one.answer, CannotTell) for one in connections)
    text = "TCP ports, as the proof found them; what is not here is closed."
    return text if not doubt else f"{text} A question mark: only an apply can tell ({doubt} of them)."
