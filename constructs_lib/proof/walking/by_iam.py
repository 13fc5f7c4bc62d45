"""Ways by IAM: whose policies let it get to a workload, or let others in, around every network filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from constructs_lib.figures import principals
from constructs_lib.iam.evaluation import Decision, decide
from constructs_lib.proof.walking._escalations import Taken, escalation, takes
from constructs_lib.proof.walking._requests import (
    WAYS,
    Request,
    function_named,
    functions_named,
    powers,
    requests,
)
from constructs_lib.proof.walking.answers import CannotTell, Carried, Hop, carried
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.model.principals import Principal
    from constructs_lib.proof.model.workloads import EventSource, Interface
    from constructs_lib.terraform_json.values import Identity

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Grant:
    """Somebody whom IAM lets in, or may let in.

    source: the workload, role, user or group that acts, or the principal that a resource policy names.
    invokes: whether all that it may do is to invoke the function. by: the permission that names the
    principal, empty for those whose own policies let them.
    """

    source: str
    answer: Carried | CannotTell
    invokes: bool = False
    by: str = ""


class IamWays:
    """Finds who gets to the workloads of a document by IAM."""

    def __init__(self, model: Model) -> None:
        self.model, self.access = model, model.access
        self._taken: dict[str, tuple[Taken, ...]] = {}
        self._escalations: dict[str, Carried | CannotTell | None] = {}

    @cached_property
    def powerful(self) -> tuple[Principal, ...]:
        """Those whose policies may allow anything that matters to who gets in."""
        return tuple(one for one in self.access.principals.values() if powers(one.policies))

    def to(self, target: Interface) -> tuple[Grant, ...]:
        """Give those whom IAM lets get to a workload, or who may let others in."""
        return (*self.by_identity(target), *self.by_resource(target), *self.by_event(target))

    def by_identity(self, target: Interface) -> Iterator[Grant]:
        """Give those whose own policies do."""
        for principal in self._relevant_to(target):
            for bearer in principal.bearers:
                found = self._grant(principal, bearer, target) or self._over(principal, bearer, target)
                if found is not None:
                    yield found

    def of_role(self, address: str, target: Interface) -> Grant | None:
        """Give what a role that nothing of the document runs with may do to a workload."""
        role = self.access.principals.get(address)
        return self._grant(role, address, target) if role else None

    @cached_property
    def _narrowed(self) -> list[tuple[Principal, frozenset[str] | None]]:
        return [(one, functions_named(one.policies)) for one in self.powerful]

    def _relevant_to(self, target: Interface) -> Iterable[Principal]:
        """Leave out whose policies name single other functions, as those of schedules do: many times one of
        many would be slow.
        """
        arn = self.access.arns.get(target.address, ())
        name = function_named(arn) if target.kind == "function" else None
        if name is None:
            return self.powerful
        return [one for one, names in self._narrowed if names is None or name in names]

    def by_resource(self, target: Interface) -> Iterator[Grant]:
        """Give those whom the function's own policy names, but load balancers of the document."""
        loose = self.model.open_permissions if target.kind == "function" else ()
        for one in (*self.model.permissions.get(target.address, ()), *loose):
            if one.principal == principals.LOAD_BALANCING and one.source_arn in self.model.target_groups:
                continue
            what = f"{one.address} lets {one.principal} ({one.source_arn or 'any source'}) invoke it"
            open_ = any(isinstance(part, Unknown) for part in (one.principal, one.source_arn, one.function))
            answer = CannotTell(one.address, what) if open_ else carried(what, one.address)
            yield Grant(str(one.principal), answer, by=one.address)

    def by_event(self, target: Interface) -> Iterator[Grant]:
        """Give what hands the function events by no permission that is asked already: pollers of queues and
        streams, and whatever acts with a role that is not in the document.
        """
        for one in self._events.get(target.address, ()):
            if type_of(one.address) == "aws_lambda_event_source_mapping":
                what = f"{one.address} hands it the messages of {one.source}"
                yield Grant(one.address, carried(what, one.address), invokes=True)
            elif one.role is not None and str(one.role) not in self.access.principals:
                what = f"{one.address} may invoke it with {one.role}, which is not in this document"
                yield Grant(one.address, CannotTell(one.address, what), invokes=True)

    @cached_property
    def _events(self) -> dict[Identity, list[EventSource]]:
        found: dict[Identity, list[EventSource]] = {}
        for one in self.model.event_sources:
            found.setdefault(one.function, []).append(one)
        return found

    def _grant(self, principal: Principal, bearer: str, target: Interface) -> Grant | None:
        """What its own policies let it do, the most certain first."""
        decided = self._decided(principal, bearer, target)
        sure = [one for one in decided if one[1].allowed]
        higher = self._escalation(principal)
        invokes = all(WAYS[request.action].effect == "invokes" for request, _ in decided) and higher is None
        if sure:
            return Grant(bearer, self._certain(bearer, sure), invokes)
        if isinstance(higher, Carried):
            return Grant(bearer, higher)
        if decided:
            return Grant(bearer, self._open(bearer, *decided[0]), invokes)
        return Grant(bearer, higher) if higher is not None else None

    def _decided(
        self, principal: Principal, bearer: str, target: Interface
    ) -> list[tuple[Request, Decision]]:
        """What it may do; what it does to itself alone lets nobody in."""
        return [
            (request, decision)
            for request in requests(self.model, target, powers(principal.policies))
            if bearer != target.address or request.way.effect == "opens"
            if (decision := decide(principal.policies, request.action, request.resource)).allowed is not False
        ]

    def _escalation(self, principal: Principal) -> Carried | CannotTell | None:
        if principal.address not in self._escalations:
            self._escalations[principal.address] = escalation(self.access, principal)
        return self._escalations[principal.address]

    def _certain(self, bearer: str, sure: list[tuple[Request, Decision]]) -> Carried:
        request, decision = sure[0]
        address = decision.by.address if decision.by else bearer
        names = list(dict.fromkeys(one.action for one, _ in sure))
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        what = f"{', '.join(names[:_SHOWN])}{more}, which {request.way.does}"
        return carried(f"{address} allows {self._name(bearer)} {what}", address)

    def _open(self, bearer: str, request: Request, decision: Decision) -> CannotTell:
        address = decision.by.address if decision.by else bearer
        if decision.by is not None and decision.by.unread:
            return CannotTell(address, decision.by.unread)
        what = f"{address} may allow {self._name(bearer)} {request.action}, which {request.way.does}"
        return CannotTell(address, f"{what}: {decision.why}")

    def _name(self, bearer: str) -> str:
        return self.model.interfaces[bearer].name if bearer in self.model.interfaces else bearer

    def _over(self, principal: Principal, bearer: str, target: Interface) -> Grant | None:
        """What it may do with roles of the document that it may take."""
        if principal.address not in self._taken:
            self._taken[principal.address] = takes(self.access, principal)
        doubt: Grant | None = None
        for taken in self._taken[principal.address]:
            behind = self._grant(taken.role, taken.role.address, target)
            if behind is None:
                continue
            text = f"{taken.address} lets {self._name(bearer)} take {taken.role.address}"
            if taken.sure and isinstance(behind.answer, Carried):
                hops = (Hop((taken.address,), text), *behind.answer.hops)
                return Grant(bearer, Carried(hops), behind.invokes)
            doubt = doubt or Grant(bearer, CannotTell(taken.address, f"{text}; {behind.answer}"))
        return doubt
