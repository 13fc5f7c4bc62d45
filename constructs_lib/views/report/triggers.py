"""What triggers functions beside load balancers, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from constructs_lib.terraform_json.addresses import is_address
from constructs_lib.views.report.structure import Section, Table
from constructs_lib.views.trigger_words import trigger_in_words
from constructs_lib.views.zones_and_tiers import name_of

if TYPE_CHECKING:
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.model.workloads import EventSource
    from constructs_lib.terraform_json.block import Block


def trigger_sections(model: Model) -> tuple[Section, ...]:
    """Give the section with the triggers of all functions; none where there are none."""
    rows = tuple(
        (
            name_of(str(one.function)),
            trigger_in_words(one),
            str(one.source or one.address),
            "\n".join(_settings(model, one)),
        )
        for one in model.event_sources
    )
    if not rows:
        return ()
    table = Table(("function", "trigger", "from", "how"), rows, frozenset({2}))
    intro = "What invokes functions beside load balancers; whoever may send there sets them off."
    return (Section("triggers", "What triggers functions", intro, (("", table),)),)


def _settings(model: Model, one: EventSource) -> Iterator[str]:
    block = model.document.blocks[one.address]
    for name, words in (
        ("schedule_expression", "{}"),
        ("schedule_expression_timezone", "time zone {}"),
        ("batch_size", "at most {} messages at a time"),
        ("filter_policy", "where {}"),
    ):
        if block.has(name):
            yield words.format(block.text(name))
    for part in block.blocks("scaling_config"):
        yield f"at most {part.text('maximum_concurrency')} invocations at a time"
    if isinstance(one.source, str) and is_address(one.source):
        source = model.document.blocks.get(one.source)
        yield from _of_source(source) if source else ()
    for part in block.blocks("lambda_function"):
        yield ", ".join(map(str, part.texts("events")))
    if one.enabled is not True:
        yield "off" if one.enabled is False else "perhaps off"


def _of_source(source: Block) -> Iterator[str]:
    if source.has("visibility_timeout_seconds"):
        yield f"hidden for {source.text('visibility_timeout_seconds')} s while it works"
    if source.has("event_pattern"):
        yield f"events {source.text('event_pattern')}"
