"""What AWS refuses about what invokes functions."""

from __future__ import annotations

from constructs_lib.figures.changes.in_use import others
from constructs_lib.testing.terraform.stand_in.live.load_balancers import function_and_qualifier
from constructs_lib.testing.terraform.stand_in.live.objects import Change
from constructs_lib.testing.terraform.stand_in.live.refusal import Refusal, refuse
from constructs_lib.testing.terraform.stand_in.live.register import Register


def queue_hides_too_short(change: Change, register: Register) -> Refusal | None:
    """Refuses a poller whose queue shows messages again while the function may still work on them."""
    law = others()["queue-hides-too-short"]
    if change.after is None or change.thing.type_name != law.type_name:
        return None
    arn, _ = function_and_qualifier(str(change.after.values.get("function_name")))
    function = register.find("aws_lambda_function", arn)
    queue = register.find("aws_sqs_queue", str(change.after.values.get("event_source_arn")))
    if function is None or queue is None:
        return None
    hidden, timeout = queue.values.get("visibility_timeout_seconds"), function.values.get("timeout")
    if not isinstance(hidden, int | float) or not isinstance(timeout, int | float) or hidden >= timeout:
        return None
    said = f"Queue visibility timeout: {hidden} seconds is less than Function timeout: {timeout} seconds"
    return refuse(change, law, [queue], said=said)
