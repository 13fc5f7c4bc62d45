"""Public-facing function: asks the protected inventory through the internal load balancer."""

from __future__ import annotations

import logging
import os
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import alb
import callees
import client
import logic

INVENTORY_URL = callees.url_of("inventory", os.environ)
DEFAULT_TIMEOUT_S = 3.0  # Lambda's own default, for callers without its context
log = logging.getLogger(__name__)


def handler(event: alb.Event, context: object) -> dict[str, Any]:
    """Answer one request of the load balancer."""
    try:
        wanted = logic.wanted_sku(alb.read(event))
    except alb.MalformedRequestError as error:
        wanted = alb.Answer(HTTPStatus.BAD_REQUEST, {"error": str(error)})
    return alb.shape(event, wanted if isinstance(wanted, alb.Answer) else _product(wanted, context))


def _product(sku: str, context: object) -> alb.Answer:
    url = f"{INVENTORY_URL}/inventory/{quote(sku, safe='')}"
    try:
        answer = logic.answer(sku, client.fetch(url, logic.patience_s(_remaining_s(context))))
    except TimeoutError:
        answer = logic.too_slow(sku)
    except client.UnavailableError as error:
        log.warning("%s: %s", url, error)
        answer = logic.unavailable(sku, "the inventory cannot be reached")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("%s: %s", url, answer.body["error"])
    return answer


def _remaining_s(context: object) -> float:
    remaining_ms = getattr(context, "get_remaining_time_in_millis", None)
    return remaining_ms() / 1000 if remaining_ms else DEFAULT_TIMEOUT_S
