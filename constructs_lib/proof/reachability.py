"""The proof's front door: one document, all questions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from constructs_lib.figures import principals
from constructs_lib.load_balancing.routing.requests import Requests
from constructs_lib.proof.model.network import Model
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.reading.whole_model import model_of, read_model
from constructs_lib.proof.walking import exposures, openings
from constructs_lib.proof.walking.answers import Blocked, CannotTell, in_order
from constructs_lib.proof.walking.arrivals import Arrival, Arrivals
from constructs_lib.proof.walking.by_iam import IamWays
from constructs_lib.proof.walking.path import Paths, Through
from constructs_lib.proof.walking.routed import routed
from constructs_lib.terraform_json import Document, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.proof.walking.answers import Answer
    from constructs_lib.proof.walking.exposures import Exposure
    from constructs_lib.proof.walking.openings import Declared, Opening
    from constructs_lib.proof.walking.parties import Party

INTERNET = "internet"
EVERYBODY = ("*", principals.API_GATEWAY)
"""Principals of permissions that are exposures to the internet already."""


class Reachability:
    """Answers who reaches whom in one Terraform document.

    document: Terraform JSON as a mapping, text, file or folder, or what was read from one before.
    Raises ConfigError for a document that cannot be read.
    """

    def __init__(self, document: Source | Document | Model) -> None:
        self.model = document if isinstance(document, Model) else _read(document)
        self.paths = Paths(self.model)
        self.arrivals = Arrivals(self.paths)
        self.iam = IamWays(self.model)

    def path(
        self, source: Party | str, target: Party | str, port: int, *, through: Through = "every"
    ) -> Answer:
        """Tell whether ``source`` reaches ``target`` on TCP ``port``: the hops, or the first that blocks.

        A source or target is a Terraform address, a short name (``"storefront"``), a security group id
        (``"sg-..."``), ``"internet"`` or ``internet("203.0.113.0/24")``, a range, a prefix list id, or an AWS
        service (``"s3"``). A workload behind a load balancer is asked for on its listener's port.

        through: ``every`` subnet and address of the source has to get through, as a call needs it; with
        ``any`` one is enough, as closedness has to ask it.

        What is not understood and could change a no makes it a "cannot tell" that names it.

        Raises LookupError for a name that nothing in the document has, with the names that are close.
        """
        answer = self.paths.path(source, target, port, through=through)
        if not isinstance(answer, Blocked) or not self.model.bystanders:
            return answer
        one, other = self.paths.parties.find(source), self.paths.parties.find(target)
        beside = self.paths.bystanders
        decides = [
            *(beside.way_in(other) if isinstance(other, Interface) else ()),
            *(beside.way_out(one) if isinstance(one, Interface) else ()),
        ]
        for doubt in beside.doubts(decides):
            return CannotTell(doubt.hop, f"{doubt.why}; without it, {answer.why}", answer.before)
        return answer

    def request(
        self,
        source: Party | str,
        target: Party | str,
        port: int,
        *,
        host: str | None = None,
        path: str = "/",
        through: Through = "every",
    ) -> Answer:
        """As ``path``, and whether the load balancer's rules lead a request for ``path`` of ``host`` there.

        Without a host: of whatever host.

        Raises LookupError as ``path`` does, and for a target that is no workload.
        """
        answer = self.path(source, target, port, through=through)
        found = self.paths.parties.find(target)
        if not isinstance(found, Interface):
            raise LookupError(f"{target!r} is no workload that a load balancer leads to")
        asked = Requests(host.lower() if host else None, path)
        return in_order((answer, routed(self.paths, found, asked, port)))

    def exposures(self) -> tuple[Exposure, ...]:
        """Give everything that somebody on the internet reaches or may reach, with the way."""
        return self._exposures

    @cached_property
    def _exposures(self) -> tuple[Exposure, ...]:
        return exposures.exposures(self.paths)

    def unused_rules(self, declared: Iterable[Declared]) -> tuple[Opening, ...]:
        """Give the openings of security groups, in and out, that no declared (source, target, port) needs."""
        return openings.unused_rules(self.paths, openings.needs_of(self.paths, declared))

    def who_reaches(self, target: str) -> tuple[Arrival, ...]:
        """Give who reaches a workload, load balancer or endpoint, on which port and how; also ``internet``,
        and whom IAM lets in.

        Raises LookupError for a name that nothing in the document has, and for one that is no such thing.
        """
        found = self.paths.parties.find(target)
        if not isinstance(found, Interface) or found.address not in self.model.interfaces:
            raise LookupError(f"{target!r} is no workload, load balancer or endpoint of the document")
        return self._reaching(found)

    def _reaching(self, target: Interface) -> tuple[Arrival, ...]:
        outside = (
            Arrival(INTERNET, exposure.target, exposure.port or 0, exposure.answer)
            for exposure in self.exposures()
            if exposure.target == target.address
        )
        return (*outside, *self.arrivals.of(target), *self._by_iam(target))

    def _by_iam(self, target: Interface) -> Iterator[Arrival]:
        """Everybody's own functions are asked for: what a permission gives the internet is an exposure."""
        if target.kind not in ("function", "service"):
            return
        known = {one.target for one in self.exposures() if one.around}
        for grant in self.iam.to(target):
            if not (grant.source in EVERYBODY and target.address in known):
                yield Arrival(grant.source, target.address, 0, grant.answer, by="IAM")

    def matrix(self) -> tuple[Arrival, ...]:
        """Give every connection that is possible: to workloads, load balancers and endpoints, in the
        document's order.
        """
        return tuple(
            arrival for target in self.model.interfaces.values() for arrival in self._reaching(target)
        )


def _read(document: Source | Document) -> Model:
    return model_of(document) if isinstance(document, Document) else read_model(document)
