"""What policies allow: an explicit Deny wins, an Allow is needed, a permissions boundary has to allow, too.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.iam.patterns import Text
from constructs_lib.iam.statements import Statement


@dataclass(frozen=True, slots=True)
class Policies:
    """What is said about one role, user or group; what is not read of it is a statement that says so.

    statements: of its inline and attached policies. boundary: those of its permissions boundary, None
    without one.
    """

    statements: tuple[Statement, ...] = ()
    boundary: tuple[Statement, ...] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a request is allowed: True and False for certain; None where something decides that is not
    known, and ``why`` says what. ``by`` is the statement that allows.
    """

    allowed: bool | None
    by: Statement | None = None
    why: str = ""


NO = Decision(False)


def decide(policies: Policies, action: str, resource: Text) -> Decision:
    """Tell whether the policies allow an action on a resource."""
    denials = [(one, hit) for one in policies.statements if (hit := _hit(one, False, action, resource))]
    if any(hit == "yes" for _, hit in denials):
        return NO
    allows = [(one, hit) for one in policies.statements if (hit := _hit(one, True, action, resource))]
    if not allows:
        return NO
    limit = _within(policies, action, resource)
    if limit.allowed is False:
        return NO
    sure = next((one for one, hit in allows if hit == "yes"), None)
    if sure is None:
        return Decision(None, allows[0][0], _open(allows[0][0]))
    if denials:
        return Decision(None, sure, f"{denials[0][0].address} may deny it")
    return Decision(limit.allowed, sure, limit.why)


def _hit(statement: Statement, allows: bool, action: str, resource: Text) -> str:
    """``yes``, ``maybe`` or nothing."""
    if statement.allows is (not allows):
        return ""
    hit = statement.hits(action, resource)
    if hit is False:
        return ""
    return "yes" if hit and statement.allows is allows else "maybe"


def _within(policies: Policies, action: str, resource: Text) -> Decision:
    if policies.boundary is None:
        return Decision(True)
    return decide(Policies(policies.boundary), action, resource)


def _open(statement: Statement) -> str:
    if statement.unread:
        return statement.unread
    if statement.condition:
        return f"that depends on the condition {statement.condition}"
    return "that depends on values that are not in this document"
