"""Deletions that AWS refuses while something uses, fills or protects the thing."""

from __future__ import annotations

from collections.abc import Callable

from constructs_lib.figures.changes.in_use import Use, filled, others, uses
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject
from constructs_lib.testing.terraform.stand_in.live.refusal import Refusal, refuse
from constructs_lib.testing.terraform.stand_in.live.register import Register


def users_of(thing: LiveObject, register: Register) -> list[LiveObject]:
    """The live things that hold another one, by the table's ``used``."""
    use = uses().get(thing.type_name)
    if use is None:
        return []
    held_by = sorted(thing.at(*use.known_by))
    return [
        user
        for text in held_by
        for user in register.mentioning(text, *use.users)
        if text in user.at(*use.users[user.type_name]) and not _is_its_own(use, user, text)
    ]


def in_use(change: Change, register: Register) -> Refusal | None:
    """Refuses to delete what a live thing holds."""
    law = uses().get(change.thing.type_name)
    if law is None or change.after is not None:
        return None
    users = users_of(change.thing, register)
    return refuse(change, law, users) if users else None


def is_filled(change: Change, register: Register, means_it: Callable[[str], bool]) -> Refusal | None:
    """Refuses to delete what is filled; ``means_it`` tells whether a test's text means the thing."""
    law = filled().get(change.thing.type_name)
    if law is None or change.after is not None or change.thing.values.get(law.unless):
        return None
    is_full = change.thing.identity in register.filled or any(map(means_it, register.filled))
    return refuse(change, law) if is_full else None


def is_protected(change: Change, _: Register) -> Refusal | None:
    """Refuses to delete a load balancer whose deletion protection is on."""
    law = others()["load-balancer-protected"]
    protected = change.thing.values.get("enable_deletion_protection")
    if change.thing.type_name != law.type_name or change.after is not None or not protected:
        return None
    return refuse(change, law)


def _is_its_own(use: Use, user: LiveObject, text: str) -> bool:
    owner = use.but_not_its_own.get(user.type_name)
    return owner is not None and text in user.at(owner)
