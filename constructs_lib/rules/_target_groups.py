"""Rules about target groups, and about the permission with which a load balancer calls a function."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from constructs_lib.proof.walking import delivery
from constructs_lib.proof.walking.answers import Carried
from constructs_lib.rules._load_balancers import name_faults
from constructs_lib.rules._verdicts import (
    Doubt,
    Fault,
    Finding,
    each,
    given,
    is_first_made,
    judge,
    of_answer,
    open_value,
    within_limits,
)
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import Target, TargetGroup
    from constructs_lib.rules._facts import Facts
    from constructs_lib.terraform_json.block import Block

_NOT_FOR_LAMBDA = ("port", "protocol", "protocol_version", "vpc_id")
Name = tuple[str | Unknown, str | Unknown | None]
"""A region and a name in it."""
_INTERVAL_S, _TIMEOUT_S = (5, 300), (2, 120)
_THRESHOLDS = (2, 10)
_DEFAULTS_S = {"lambda": (35, 30)}
"""Interval and timeout where the document gives none; other types have 30 and 5."""


def names(facts: Facts) -> Iterator[Finding]:
    """Rule 8; a name is unique in an account's region, of which this document sees its own part."""
    blocks = facts.document.resources("aws_lb_target_group")
    taken: Counter[Name] = Counter(
        (facts.region(block), block.text("name")) for block in blocks if block.has("name")
    )
    yield from each(blocks, lambda block: _name(facts, block, taken))


def _name(
    facts: Facts, block: Block, taken: Counter[tuple[str | Unknown, str | Unknown | None]]
) -> Iterator[Fault]:
    yield from name_faults(block)
    name = block.text("name")
    if isinstance(name, str) and taken[facts.region(block), name] > 1:
        yield f"name {name!r} is another target group's too; it is unique in an account's region"


def lambda_groups(facts: Facts) -> Iterator[Finding]:
    """Rule 9."""
    for group in facts.model.target_groups.values():
        if group.kind == "lambda":
            yield judge(group.address, _lambda_group(facts, group))


def _lambda_group(facts: Facts, group: TargetGroup) -> Iterator[Fault]:
    block = facts.document.blocks[group.address]
    for name in _NOT_FOR_LAMBDA:
        if given(block, name):
            yield f"has {name}, which a target group of functions does not take"
    if len(group.targets) > 1:
        yield f"holds {len(group.targets)} functions ({_things(group)}); AWS takes exactly one"
    elif not group.targets:
        yield from _empty(facts)
    owners = {str(balancer.interface) for balancer, *_ in facts.paths.forwards.get(group.address, ())}
    if len(owners) > 1:
        yield f"is used by {' and '.join(sorted(owners))}; a target group belongs to one load balancer"


def _things(group: TargetGroup) -> str:
    return ", ".join(str(target.thing) for target in group.targets)


def _empty(facts: Facts) -> Iterator[Fault]:
    blocks = facts.document.resources("aws_lb_target_group_attachment")
    if any(isinstance(block.ref("target_group_arn"), Unknown) for block in blocks):
        yield Doubt("which function it holds is not in this document")
    else:
        yield "holds no function: no aws_lb_target_group_attachment names it"


def health_checks(facts: Facts) -> Iterator[Finding]:
    """Rule 13."""
    for block in facts.document.resources("aws_lb_target_group"):
        for check in block.blocks("health_check"):
            kind = facts.model.target_groups[block.address].kind
            yield judge(block.address, _health_check(check, str(kind)))


def _health_check(check: Block, kind: str) -> Iterator[Fault]:
    yield from within_limits(check, "interval", *_INTERVAL_S, unit=" s")
    yield from within_limits(check, "timeout", *_TIMEOUT_S, unit=" s")
    for name in ("healthy_threshold", "unhealthy_threshold"):
        yield from within_limits(check, name, *_THRESHOLDS)
    defaults = _DEFAULTS_S.get(kind, (30, 5))
    written = check.number("interval"), check.number("timeout")
    interval, timeout = (
        default if one is None else one for one, default in zip(written, defaults, strict=True)
    )
    if isinstance(interval, int) and isinstance(timeout, int) and interval <= timeout:
        yield f"checks health every {interval} s and waits {timeout} s; the interval has to be longer"


def replacements(facts: Facts) -> Iterator[Finding]:
    """Rule 37."""
    yield from each(facts.document.resources("aws_lb_target_group"), _replaceable)


def _replaceable(block: Block) -> Iterator[Fault]:
    if is_first_made(block) is False:
        yield (
            "has no create_before_destroy: while a listener uses it, a change of port, protocol, type or "
            "VPC fails"
        )


def permissions(facts: Facts) -> Iterator[Finding]:
    """Rule 10."""
    for group in facts.model.target_groups.values():
        for target in group.targets if group.kind == "lambda" else ():
            yield judge(target.address, _permitted(facts, group, target))


def _permitted(facts: Facts, group: TargetGroup, target: Target) -> Iterator[Fault]:
    if target.thing not in facts.model.functions:
        yield Doubt(f"who may invoke {target.thing} is not in this document")
        return
    answer = delivery.invokes(facts.model, group, target)
    if not isinstance(answer, Carried):
        yield from of_answer(answer)
        return
    permission = answer.hops[-1].addresses[0]
    if not facts.order.is_after(target.address, permission):
        yield f"is not made after {permission}, and AWS asks for that at once: add it to depends_on"


def origins(facts: Facts) -> Iterator[Finding]:
    """Rule 10: whose target group a permission lets in."""
    for block in facts.document.resources("aws_lambda_permission"):
        if block.text("principal") == delivery.ELB:
            yield judge(block.address, _origin(facts, block))


def _origin(facts: Facts, block: Block) -> Iterator[Fault]:
    if given(block, "source_arn") is False:
        yield "has no source_arn, so any target group may invoke the function"
    if given(block, "source_account") is False:
        yield "has no source_account"
    source: Identity | None = block.ref("source_arn")
    if isinstance(source, Unknown):
        yield open_value("source_arn", source)
    elif source is not None and source.startswith("aws_") and source not in facts.model.target_groups:
        yield f"source_arn is {source}, which is no target group"
