"""What an environment promises, and whether the Terraform JSON keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, Carried, Hop

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = Literal["kept", "broken", "cannot tell"]
Kind = Literal[
    "call",
    "trigger",
    "route",
    "public",
    "endpoint",
    "internet",
    "egress",
    "start",
    "closed",
    "private",
    "exposure",
    "opening",
    "reference",
    "name",
]
"""What a promise is about:

call: a declared call gets through.
trigger: a declared trigger invokes its function.
route: requests for a path go to its workload, and no others do.
public: the allowed ranges reach a public workload.
endpoint: a workload reaches a VPC endpoint.
internet: a workload reaches the internet, or does not.
egress: a declared ``egress`` works.
start: a service gets its image and ships its logs.
closed: nobody else reaches a workload, or invokes it.
private: it is in private subnets, without a public address.
exposure: the internet reaches nothing else, and nobody else on the internet does.
opening: a security group opens nothing undeclared.
reference: every reference of the document leads to something in it.
name: a domain or a host leads to its load balancer, and a host is served with the certificate issued for it.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise with its verdict.

    subject: whom it is about. sentence: the promise in words. hops: the way, where one carries.
    why: what breaks it, or what the document does not tell. where: the Terraform address at which that is.
    declared: whether what the document does not tell is only what the file itself names by id.
    """

    kind: Kind
    subject: str
    sentence: str
    verdict: Verdict
    hops: tuple[Hop, ...] = ()
    why: str = ""
    where: str = ""
    declared: bool = False

    def __str__(self) -> str:
        return f"{self.verdict}: {self.sentence}" + (f": {self.why}" if self.why else "")


@dataclass(frozen=True, slots=True)
class Proof:
    """All promises of an environment, in the order of its file."""

    promises: tuple[Promise, ...]

    @property
    def kept(self) -> tuple[Promise, ...]:
        """The promises that hold."""
        return self._with("kept")

    @property
    def broken(self) -> tuple[Promise, ...]:
        """The promises that do not hold."""
        return self._with("broken")

    @property
    def uncertain(self) -> tuple[Promise, ...]:
        """The promises of which this document cannot tell: worth a warning, each says what to look at."""
        return self._with("cannot tell")

    @property
    def taken_from_the_file(self) -> tuple[Promise, ...]:
        """Of the uncertain ones, those that depend only on things that the file itself names by id."""
        return tuple(promise for promise in self.uncertain if promise.declared)

    @property
    def open(self) -> tuple[Promise, ...]:
        """Of the uncertain ones, those that depend on anything else."""
        return tuple(promise for promise in self.uncertain if not promise.declared)

    @property
    def holds(self) -> bool:
        """Tell whether nothing is broken."""
        return not self.broken

    def _with(self, verdict: Verdict) -> tuple[Promise, ...]:
        return tuple(promise for promise in self.promises if promise.verdict == verdict)


def carrying(kind: Kind, subject: str, sentence: str, answer: Answer) -> Promise:
    """Promise that something gets through."""
    if isinstance(answer, Carried):
        return Promise(kind, subject, sentence, "kept", answer.hops)
    if isinstance(answer, Blocked):
        return Promise(kind, subject, sentence, "broken", answer.before, answer.whys, answer.hop)
    return Promise(kind, subject, sentence, "cannot tell", answer.before, answer.why, answer.hop)


def standing(
    kind: Kind,
    subject: str,
    sentence: str,
    breaches: list[tuple[str, Carried | CannotTell]],
    doubts: Sequence[CannotTell] = (),
) -> Promise:
    """Promise that nothing gets through: ``breaches`` are pairs of a sentence and the way that is there
    after all. doubts: what could be such a way and is not understood.
    """
    breaches = [*breaches, *((doubt.why, doubt) for doubt in doubts)]
    sure = [(text, answer) for text, answer in breaches if isinstance(answer, Carried)]
    if not breaches:
        return Promise(kind, subject, sentence, "kept")
    shown = sure or breaches
    hops = shown[0][1].hops if isinstance(shown[0][1], Carried) else shown[0][1].before
    more = f" (and {len(shown) - 3} more)" if len(shown) > 3 else ""
    why = "; ".join(text for text, _ in shown[:3]) + more
    where = hops[-1].addresses[0] if sure and hops and hops[-1].addresses else subject
    if not sure and isinstance(shown[0][1], CannotTell):
        where = shown[0][1].hop
    return Promise(kind, subject, sentence, "broken" if sure else "cannot tell", hops, why, where)
