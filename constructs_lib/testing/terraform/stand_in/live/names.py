"""Names and numbers that AWS gives only once at a time.

This is what a replacement with ``create_before_destroy`` and an unchanged name meets, and two rules that swap
their priorities.
"""

from __future__ import annotations

from constructs_lib.figures.changes.in_use import Taken, taken
from constructs_lib.testing.terraform.stand_in.live.objects import Change, Key, LiveObject
from constructs_lib.testing.terraform.stand_in.live.refusal import Refusal, refuse
from constructs_lib.testing.terraform.stand_in.live.register import Register


def is_taken(change: Change, register: Register) -> Refusal | None:
    """Refuses what another live thing is called, at a creation or a change of the name."""
    law = taken().get(change.thing.type_name)
    if law is None or change.after is None:
        return None
    wanted = _name(law, change.after)
    if wanted is None or (change.before and _name(law, change.before) == wanted):
        return None
    texts = [text for text in wanted[2:] if text]
    holders = [
        other
        for other in register.mentioning(register.rarest(texts), change.after.type_name)
        if (change.before is None or other.key != change.before.key) and _name(law, other) == wanted
    ]
    return refuse(change, law, holders, _said(law, change.after)) if holders else None


def _name(law: Taken, thing: LiveObject) -> Key | None:
    """What may be there only once, after account and region; nothing where it has no name of that kind."""
    parts = [str(thing.values.get(name) or "") for name in law.together]
    if not any(parts) or (law.when and thing.values.get(law.when) is not True) or _is_one_of_many(thing):
        return None
    return (thing.account, "" if law.everywhere else thing.region, *parts)


def _is_one_of_many(thing: LiveObject) -> bool:
    """A target group has one function, or any number of other targets.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
    """
    is_attachment = thing.type_name == "aws_lb_target_group_attachment"
    return is_attachment and ":lambda:" not in str(thing.values.get("target_id"))


def _said(law: Taken, thing: LiveObject) -> str:
    named = ", ".join(f"{name} {thing.values[name]}" for name in law.together if thing.values.get(name))
    return f"already exists ({named})"
