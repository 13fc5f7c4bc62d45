"""Rules about target groups, and about the permission with which a load balancer calls a function."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from constructs_lib.figures import principals
from constructs_lib.figures.load_balancer import (
    DEFAULT_HEALTH_CHECK_S,
    DEFAULT_LAMBDA_HEALTH_CHECK_S,
    HEALTH_CHECK_INTERVAL_S,
    HEALTH_CHECK_THRESHOLD,
    HEALTH_CHECK_TIMEOUT_S,
)
from constructs_lib.proof.walking import delivery
from constructs_lib.proof.walking.answers import Carried
from constructs_lib.rules.checks.load_balancing.load_balancers import name_faults
from constructs_lib.rules.verdicts import (
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
from constructs_lib.terraform_json.addresses import is_address
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import Target, TargetGroup
    from constructs_lib.proof.walking.answers import Answer
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_NOT_FOR_LAMBDA = ("port", "protocol", "vpc_id")
_COMPUTED = ("protocol_version",)
"""Refused as well; in a plan or a state it may be what the provider filled in."""

_OF_REQUESTS = ("HTTP", "HTTPS")
Name = tuple[str | Unknown, str | Unknown | None]
"""A region and a name in it."""


def names(facts: Facts) -> Iterator[Finding]:
    """``target-group-name``; of an account's region, in which it is unique, a document sees its own part."""
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


def _lambda_groups(facts: Facts) -> Iterator[TargetGroup]:
    yield from (group for group in facts.model.target_groups.values() if group.kind == "lambda")


def lambda_settings(facts: Facts) -> Iterator[Finding]:
    """``lambda-target-group-settings``."""
    for group in _lambda_groups(facts):
        block = facts.document.blocks[group.address]
        is_written = facts.document.kind == "configuration"
        names = (*_NOT_FOR_LAMBDA, *_COMPUTED) if is_written else _NOT_FOR_LAMBDA
        needless = [name for name in names if given(block, name)]
        faults = (f"has {name}, which a target group of functions does not take" for name in needless)
        yield judge(group.address, faults)


def lambda_targets(facts: Facts) -> Iterator[Finding]:
    """``lambda-target-group-targets``."""
    for group in _lambda_groups(facts):
        yield judge(group.address, facts.unless_elsewhere([group.address], _one_function(facts, group)))


def _one_function(facts: Facts, group: TargetGroup) -> Iterator[Fault]:
    if len(group.targets) > 1:
        yield f"holds {len(group.targets)} functions ({_things(group)}); AWS takes exactly one"
    elif not group.targets:
        yield from _empty(facts)


def lambda_owners(facts: Facts) -> Iterator[Finding]:
    """``lambda-target-group-load-balancer``."""
    for group in _lambda_groups(facts):
        yield judge(group.address, _one_owner(facts, group))


def _one_owner(facts: Facts, group: TargetGroup) -> Iterator[Fault]:
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
    """``health-check``."""
    for block in facts.document.resources("aws_lb_target_group"):
        for check in block.blocks("health_check"):
            group = facts.model.target_groups[block.address]
            faults = chain(_health_check(check), _patience(check, group))
            yield judge(block.address, faults)


def _health_check(check: Block) -> Iterator[Fault]:
    yield from within_limits(check, "interval", HEALTH_CHECK_INTERVAL_S, " s")
    yield from within_limits(check, "timeout", HEALTH_CHECK_TIMEOUT_S, " s")
    for name in ("healthy_threshold", "unhealthy_threshold"):
        yield from within_limits(check, name, HEALTH_CHECK_THRESHOLD)


def _patience(check: Block, group: TargetGroup) -> Iterator[Fault]:
    """Of network load balancers only what is written for sure is judged: their defaults are others."""
    defaults = DEFAULT_LAMBDA_HEALTH_CHECK_S if group.kind == "lambda" else DEFAULT_HEALTH_CHECK_S
    written = check.number("interval"), check.number("timeout")
    interval, timeout = (
        default if one is None else one for one, default in zip(written, defaults, strict=True)
    )
    if group.kind != "lambda" and group.protocol not in _OF_REQUESTS and None in written:
        return
    if isinstance(interval, int) and isinstance(timeout, int) and interval <= timeout:
        yield f"checks health every {interval} s and waits {timeout} s; the interval has to be longer"


def replacements(facts: Facts) -> Iterator[Finding]:
    """``target-group-replacement``."""
    yield from each(facts.document.resources("aws_lb_target_group"), _replaceable)


def _replaceable(block: Block) -> Iterator[Fault]:
    if is_first_made(block) is False:
        yield (
            "has no create_before_destroy: while a listener uses it, a change of port, protocol, type or "
            "VPC fails"
        )


def permissions(facts: Facts) -> Iterator[Finding]:
    """``lambda-permission``."""
    for target, answer in _invocations(facts):
        unknown = Doubt(f"who may invoke {target.thing} is not in this document")
        faults = [unknown] if answer is None else facts.unless_elsewhere([target.thing], of_answer(answer))
        yield judge(target.address, faults)


def _invocations(facts: Facts) -> Iterator[tuple[Target, Answer | None]]:
    """Give each function behind a load balancer, and whether that may invoke it; None: not known here."""
    for group in _lambda_groups(facts):
        for target in group.targets:
            is_known = target.thing in facts.model.functions
            yield target, delivery.invokes(facts.model, group, target) if is_known else None


def permission_orders(facts: Facts) -> Iterator[Finding]:
    """``lambda-permission-order``; where a permission is missing, nothing has to be made first."""
    for target, answer in _invocations(facts):
        if isinstance(answer, Carried):
            yield judge(target.address, _after_permission(facts, target, answer.hops[-1].addresses[0]))


def _after_permission(facts: Facts, target: Target, permission: str) -> Iterator[Fault]:
    if not facts.order.is_after(target.address, permission):
        yield f"is not made after {permission}, and AWS asks for that at once: add it to depends_on"


def origins(facts: Facts) -> Iterator[Finding]:
    """``lambda-permission-source``."""
    for block in facts.document.resources("aws_lambda_permission"):
        if block.text("principal") == principals.LOAD_BALANCING:
            yield judge(block.address, _origin(facts, block))


def _origin(facts: Facts, block: Block) -> Iterator[Fault]:
    if given(block, "source_arn") is False:
        yield "has no source_arn, so any target group may invoke the function"
    if given(block, "source_account") is False:
        yield "has no source_account"
    source: Identity | None = block.ref("source_arn")
    if isinstance(source, Unknown):
        yield open_value("source_arn", source)
    elif source is not None and is_address(source) and source not in facts.model.target_groups:
        yield f"source_arn is {source}, which is no target group"
