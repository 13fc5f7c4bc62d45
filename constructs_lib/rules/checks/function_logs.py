"""Rules about the log groups of Lambda functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.rules.verdicts import Doubt, Fault, Finding, given, judge
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_KIND = "aws_lambda_function"


def groups(facts: Facts) -> Iterator[Finding]:
    """``lambda-log-group``."""
    for block, name, group in _log_groups(facts):
        yield judge(block.address, () if group else _missing(block, name))


def _log_groups(facts: Facts) -> Iterator[tuple[Block, str, Block | None]]:
    """Give each function, the name or address of its log group, and the group where the document has it."""
    groups: dict[str, Block] = {}
    for block in facts.document.resources("aws_cloudwatch_log_group"):
        groups[str(block.text("name"))] = block
        groups[block.address] = block
    for block in facts.document.resources(_KIND):
        named = _named(block)
        name = f"/aws/lambda/{block.text('function_name')}" if named is None else str(named)
        yield block, name, groups.get(name)


def _named(block: Block) -> Identity | None:
    config = next(iter(block.blocks("logging_config")), None)
    return config.ref("log_group") if config is not None else None


def _missing(block: Block, name: str) -> Iterator[Fault]:
    if _named(block) is not None or isinstance(block.text("function_name"), Unknown):
        yield Doubt(f"the log group {name} is not in this document")
    else:
        yield f"has no log group {name}, so Lambda makes one that keeps everything and stays behind"


def retentions(facts: Facts) -> Iterator[Finding]:
    """``lambda-log-retention``."""
    for block, _, group in _log_groups(facts):
        if group:
            is_endless = given(group, "retention_in_days") is False
            endless = f"writes to {group.address}, which keeps everything: it has no retention_in_days"
            yield judge(block.address, [endless] if is_endless else [])


def orders(facts: Facts) -> Iterator[Finding]:
    """``lambda-log-group-order``."""
    for block, _, group in _log_groups(facts):
        if group:
            is_after = facts.order.is_after(block.address, group.address)
            early = f"is not made after {group.address}, so Lambda may make that log group first"
            yield judge(block.address, [] if is_after else [early])
