"""What inputs have to do with each other, and with what stays as it was synthesized."""

from __future__ import annotations

import re
from collections.abc import Mapping

from constructs_lib.environment import Environment
from constructs_lib.handoff.inputs.variable import Variable
from constructs_lib.terraform_json import Document

_FUNCTION = re.compile(r"aws_lambda_(?:alias|function)\.([\w-]+)\.")
_QUEUE = re.compile(r"aws_sqs_queue\.([\w-]+)\.")
_MAPPING = "aws_lambda_event_source_mapping"


def hold_connections(found: Mapping[str, Variable], environment: Environment) -> None:
    """A load balancer waits as long as the functions behind it may take, where it does so now."""
    for side in ("internal", "public"):
        idle = found.get(f"{side}_idle_timeout_s")
        named = (f"{name.replace('-', '_')}_timeout_s" for name in sorted(environment.exposed(side)))
        behind = [found[name] for name in named if name in found]
        if idle and behind and idle.default >= max(one.default for one in behind):
            slowest = f"max({', '.join(f'var.{one.name}' for one in behind)})"
            idle.must(f"var.{idle.name} >= {slowest}", "and not below the timeout of a function behind it")


def hold_messages(found: Mapping[str, Variable], document: Document) -> None:
    """A function ends before its queue shows a message again: Lambda refuses the trigger otherwise.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    queues = document.bodies_of("aws_sqs_queue")
    for body in document.bodies_of(_MAPPING).values():
        function = _FUNCTION.search(str(body.get("function_name")))
        queue = _QUEUE.search(str(body.get("event_source_arn")))
        if function is None or queue is None:
            continue
        timeout = found.get(f"{function[1].replace('-', '_')}_timeout_s")
        hidden = queues.get(queue[1], {}).get("visibility_timeout_seconds")
        if timeout and isinstance(hidden, int) and timeout.default <= hidden:
            timeout.condition += f" && var.{timeout.name} <= {hidden}"
            rule = f"at most {hidden}, for so long the queue {queue[1]} hides a message"
            timeout.error = f"{timeout.error.removesuffix('.')}; {rule}."
