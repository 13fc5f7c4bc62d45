"""Who gets more by IAM than its policies say: by granting itself more, by passing a role, by taking one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.figures.access.escalations import (
    ASSUME_ROLE,
    CREATE_ROLE,
    GRANTS,
    PASS_ROLE,
    USES_OF_A_PASSED_ROLE,
)
from constructs_lib.iam.evaluation import Decision, Policies, decide
from constructs_lib.iam.patterns import Text, spelled
from constructs_lib.proof.walking._requests import powers
from constructs_lib.proof.walking.answers import CannotTell, Carried, carried

if TYPE_CHECKING:
    from constructs_lib.proof.model.principals import Access, Principal

_ANY_NAME = re.compile(r"(?:.*:)?(?:(?:role|user|group|policy)/)?\*+")
"""Resources that name nothing: ``*``, ``arn:aws:iam::*:role/*`` and their like."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A role of the document that somebody may take, over others. sure: whether each step is certain."""

    role: Principal
    address: str
    sure: bool


def escalation(access: Access, principal: Principal) -> Carried | CannotTell | None:
    """Say what makes somebody an administrator, or may: the first that is sure."""
    found = [*_granting(principal), *_passing(access, principal), *_taking_elsewhere(access, principal)]
    return next((one for one in found if isinstance(one, Carried)), found[0] if found else None)


def _granting(principal: Principal) -> Iterator[Carried | CannotTell]:
    policies = principal.policies
    for action in sorted(GRANTS.keys() & powers(policies)):
        for resource in (*samples(policies, action), principal.arn):
            decision = _read(policies, action, resource)
            sure = resource == principal.arn or _is_wide(resource) or _creates(policies, resource)
            yield from _said(decision, f"{action}, which {GRANTS[action]}", sure=sure)


def _creates(policies: Policies, resource: Text) -> bool:
    """Whoever makes a role under a pattern says in it who may take it."""
    return "*" in spelled(resource) and decide(policies, CREATE_ROLE, resource).allowed is True


def _passing(access: Access, principal: Principal) -> Iterator[Carried | CannotTell]:
    policies = principal.policies
    if PASS_ROLE not in powers(policies):
        return
    use = next((one for one in USES_OF_A_PASSED_ROLE if _may(policies, one)), None)
    for resource in samples(policies, PASS_ROLE) if use else ():
        known = next((one for one in access.principals.values() if one.arn == resource), None)
        if known is None or powers(known.policies):
            what = f"{PASS_ROLE} on {spelled(resource)} with {use}, which runs code as another role"
            sure = _is_wide(resource) or known is not None
            yield from _said(_read(policies, PASS_ROLE, resource), what, sure=sure)


def _may(policies: Policies, action: str) -> bool:
    return any(
        decide(policies, action, resource).allowed is not False for resource in samples(policies, action)
    )


def _taking_elsewhere(access: Access, principal: Principal) -> Iterator[CannotTell]:
    """A role of another account gets in only where a function's own policy names it."""
    policies = principal.policies
    for resource in samples(policies, ASSUME_ROLE) if ASSUME_ROLE in powers(policies) else ():
        if not any(resource == one.arn for one in access.principals.values()) and not _foreign(
            access, resource
        ):
            decision = _read(policies, ASSUME_ROLE, resource)
            what = (
                f"{ASSUME_ROLE} on {spelled(resource)}; what the roles there may do is not in this document"
            )
            for one in _said(decision, what, sure=False):
                if isinstance(one, CannotTell):
                    yield one


def _foreign(access: Access, resource: Text) -> bool:
    parts, own = spelled(resource).split(":"), spelled(access.account)
    return len(parts) > 4 and parts[4].isdigit() and own.isdigit() and parts[4] != own


def _read(policies: Policies, action: str, resource: Text) -> Decision:
    """What is written; policies that are not read are a doubt of their own."""
    read = tuple(one for one in policies.statements if not one.unread)
    return decide(Policies(read, policies.boundary), action, resource)


def _said(decision: Decision, what: str, *, sure: bool) -> Iterator[Carried | CannotTell]:
    if decision.allowed is False or decision.by is None:
        return
    address = decision.by.address
    if decision.allowed and sure:
        yield carried(f"{address} allows {what}", address)
    else:
        reason = f" ({decision.why})" if decision.why else ""
        yield CannotTell(address, f"{address} allows {what}{reason}")


def samples(policies: Policies, action: str) -> tuple[Text, ...]:
    """Give the resources for which an action may be allowed, as the policies write them."""
    return tuple(
        dict.fromkeys(
            resource
            for one in policies.statements
            if one.allows is not False and one.acts(action) is not False
            for resource in ((("*",),) if one.resources.inverted else one.resources.patterns)
        )
    )


def _is_wide(resource: Text) -> bool:
    return _ANY_NAME.fullmatch(spelled(resource)) is not None


def takes(access: Access, principal: Principal) -> tuple[Taken, ...]:
    """Give the roles of the document that somebody may take, also over others, each once."""
    found: dict[str, Taken] = {}
    waiting = [Taken(principal, "", sure=True)]
    while waiting:
        taker = waiting.pop(0)
        if ASSUME_ROLE not in powers(taker.role.policies):
            continue
        for address, role in access.principals.items():
            if role is principal or address in found or role.trust is None:
                continue
            decision = decide(taker.role.policies, ASSUME_ROLE, role.arn)
            trusted = _trusts(access, role, taker.role)
            if decision.by is not None and decision.allowed is not False and trusted is not False:
                sure = taker.sure and bool(decision.allowed) and bool(trusted)
                found[address] = Taken(role, taker.address or decision.by.address, sure)
                waiting.append(found[address])
    return tuple(found.values())


def _trusts(access: Access, role: Principal, taker: Principal) -> bool | None:
    """Whether a role's trust policy names somebody, or the account, which leaves it to policies."""
    answers: set[bool | None] = set()
    for one in role.trust or ():
        found = {one.resources.holds(who) for who in (taker.arn, access.root, access.account)}
        named = True if True in found else None if None in found else False
        if named and (one.condition or one.unread or one.allows is None):
            named = None
        if one.allows is False and named is not False:
            if named:
                return False
            answers.add(None)
        elif one.allows is not False:
            answers.add(named)
    return None if None in answers else True in answers
