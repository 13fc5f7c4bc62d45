"""Reads what hands events to the functions of a document: pollers, schedules, rules, buckets and topics."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from constructs_lib.proof.model.workloads import EventSource
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from constructs_lib.proof.reading._function_references import FunctionReferences
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document


def read_event_sources(
    document: Document, references: FunctionReferences, functions: Collection[str]
) -> Iterator[EventSource]:
    """Give those that invoke a function of the document for certain; the others are bystanders."""
    for one in _all(document, references):
        if one.function in functions:
            yield one


def _all(document: Document, references: FunctionReferences) -> Iterator[EventSource]:
    for block in document.resources("aws_lambda_event_source_mapping"):
        function, qualifier = references.of(block, "function_name")
        source, enabled = block.ref("event_source_arn"), block.flag("enabled", True)
        yield EventSource(block.address, function, qualifier, source, enabled=enabled)
    for block in document.resources("aws_scheduler_schedule"):
        for target in block.blocks("target"):
            function, qualifier = references.of(target, "arn")
            role = target.ref("role_arn")
            yield EventSource(block.address, function, qualifier, None, role, _state(block))
    for block in document.resources("aws_cloudwatch_event_target"):
        function, qualifier = references.of(block, "arn")
        yield EventSource(block.address, function, qualifier, block.ref("rule"), block.ref("role_arn"))
    for block in document.resources("aws_s3_bucket_notification"):
        for target in block.blocks("lambda_function"):
            function, qualifier = references.of(target, "lambda_function_arn")
            yield EventSource(block.address, function, qualifier, block.ref("bucket"))
    for block in document.resources("aws_sns_topic_subscription"):
        if block.text("protocol") == "lambda":
            function, qualifier = references.of(block, "endpoint")
            yield EventSource(block.address, function, qualifier, block.ref("topic_arn"))


def _state(block: Block) -> bool | Unknown:
    state = block.text("state")
    return state if isinstance(state, Unknown) else state != "DISABLED"
