"""What each workload may do by IAM, as its role's policies say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs_lib.iam.statements import Statement
from constructs_lib.proof.model.network import Model
from constructs_lib.proof.model.principals import Principal
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.views.report.structure import Section, Table
from constructs_lib.views.zones_and_tiers import name_of

HEADS = ("who", "may", "on", "if", "said by")


@dataclass(frozen=True, slots=True)
class Permission:
    """One statement about a workload, or about a role, user or group that no workload of the document has.

    may: ``yes``, ``no`` for a denial, ``cannot tell`` for what is not read.
    """

    who: str
    may: str
    actions: str
    resources: str
    condition: str
    address: str


def permissions(model: Model) -> tuple[Permission, ...]:
    """Give what everybody in the document may do, workloads first and in the document's order."""
    order = {address: number for number, address in enumerate(model.interfaces)}
    found = [
        (order.get(bearer, len(order)), _name(model, bearer), principal)
        for principal in model.access.principals.values()
        for bearer in principal.bearers
    ]
    found.sort(key=lambda one: one[0])
    return tuple(one for _, name, principal in found for one in _of(name, principal))


def _name(model: Model, bearer: str) -> str:
    if bearer in model.interfaces:
        return model.interfaces[bearer].name
    return f"the role {name_of(bearer)}" if type_of(bearer) == "aws_iam_role" else name_of(bearer)


def _of(name: str, principal: Principal) -> Iterator[Permission]:
    for statement in principal.policies.statements:
        yield _permission(name, statement)
    for statement in principal.policies.boundary or ():
        own = _permission(name, statement)
        within = "at most, by its boundary" if own.may == "yes" else own.may
        yield Permission(own.who, within, own.actions, own.resources, own.condition, own.address)


def _permission(name: str, one: Statement) -> Permission:
    if one.unread:
        return Permission(name, "cannot tell", one.unread, "", "", one.address)
    may = {True: "yes", False: "no", None: "cannot tell"}[one.allows]
    return Permission(name, may, str(one.actions), str(one.resources), one.condition, one.address)


def permission_rows(model: Model) -> tuple[tuple[str, ...], ...]:
    """Give the rows below ``HEADS``."""
    words = {"yes": "", "no": "never ", "cannot tell": "cannot tell: "}
    return tuple(
        (
            one.who,
            words.get(one.may, f"{one.may}: ") + one.actions.replace(", ", "\n"),
            one.resources.replace(", ", "\n"),
            one.condition,
            one.address,
        )
        for one in permissions(model)
    )


def permission_section(model: Model) -> Section:
    """Give what each workload may do, for explain and the report."""
    rows = permission_rows(model)
    intro = "What policies allow beside the network." if rows else "No role of this document says anything."
    table = Table(HEADS, rows, frozenset({4}))
    return Section("permissions", "What each workload may do", intro, (("", table),) if rows else ())
