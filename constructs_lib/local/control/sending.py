"""Hands a function that runs an event, as a trigger would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from constructs_lib.problem_words import did_you_mean
from constructs_lib.views.trigger_words import triggers_in_words

if TYPE_CHECKING:
    from constructs_lib.local.reading.functions import Function
    from constructs_lib.local.running import Running


async def send(running: Running, name: str, event: Any) -> dict[str, Any]:
    """Give what became of an event: ``answer``, or ``failure`` and ``reason``; ``wrong``: no such function.

    name: a function's, its name in AWS or its address. triggers: those that the document has for it, in
    words. A failed event is not tried again; in AWS it would be.
    """
    functions = running.picture.functions
    found = [one for one in functions.values() if name in (one.name, one.function_name, one.address)]
    if not found:
        names = [one.name for one in functions.values()]
        hint = did_you_mean(name, names) or f"there are: {', '.join(names) or 'none'}"
        return {"wrong": f"no function has this name; {hint}"}
    function = found[0]
    payload = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    outcome = await running.host.invoke(function.address, payload)
    triggers = triggers_in_words(running.picture.stack.model, function.address)
    told = {"function": function.name, "triggers": triggers}
    if outcome.failure is not None:
        return {**told, "failure": outcome.failure, "reason": outcome.reason}
    return {
        **told,
        "answer": _answer(outcome.payload),
        **_returned(running, function, event, outcome.payload),
    }


def _answer(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return payload.decode(errors="replace")


def _returned(running: Running, function: Function, event: Any, payload: bytes) -> dict[str, Any]:
    """The messages that would return to their queue, where its poller asks the function which failed.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
    """
    document = running.picture.stack.model.document
    asks = any(
        one.function == function.address
        and "ReportBatchItemFailures" in document.blocks[one.address].texts("function_response_types")
        for one in running.picture.stack.model.event_sources
    )
    records = event.get("Records") if isinstance(event, dict) else None
    ids = [one.get("messageId") for one in records or () if isinstance(one, dict)]
    answer = _answer(payload)
    if not asks or not any(ids) or not isinstance(answer, dict) or not answer.get("batchItemFailures"):
        return {}
    failures = answer["batchItemFailures"]
    named = [one.get("itemIdentifier") if isinstance(one, dict) else None for one in failures]
    unknown = not all(one in ids for one in named)
    return {"returned": ids if unknown else named, "of": len(ids), "unknown": unknown}
