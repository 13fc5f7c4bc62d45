"""What the storefront answers, given what the inventory said. Pure: no clock, no network, no environment."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus

from alb import Answer, Request

PREFIX = "/products/"
_SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LARGEST_MARGIN_S = 1.0


@dataclass(frozen=True)
class Reply:
    """What came back from the inventory, whatever its status."""

    status: int
    body: bytes


def wanted_sku(request: Request) -> str | Answer:
    """The sku that ``GET /products/{sku}`` asks for, or the answer to a request that asks for none.

    Raises MalformedRequestError like ``Request.below``.
    """
    if request.is_health_check():
        return Answer(HTTPStatus.OK, {"status": "ok"})
    sku = request.below(PREFIX)
    if sku is None:
        return Answer(HTTPStatus.NOT_FOUND, {"error": f"ask for {PREFIX}{{sku}}"})
    if request.method != "GET":
        return Answer(HTTPStatus.METHOD_NOT_ALLOWED, {"error": "only GET is supported"}, {"Allow": "GET"})
    if not _SKU.fullmatch(sku):
        rule = "a sku has 1 to 64 letters, digits, - or _, and starts with a letter or a digit"
        return Answer(HTTPStatus.BAD_REQUEST, {"error": rule})
    return sku


def answer(sku: str, reply: Reply) -> Answer:
    """The product with what the inventory says about it; 502 where it says nothing that we understand."""
    if reply.status == HTTPStatus.NOT_FOUND:
        return Answer(HTTPStatus.NOT_FOUND, {"error": "unknown product", "sku": sku})
    if reply.status != HTTPStatus.OK:
        return unavailable(sku, f"the inventory answered with status {reply.status}")
    quantity = _quantity(sku, reply.body)
    if quantity is None:
        return unavailable(sku, "the inventory's answer is no quantity of this sku")
    return Answer(HTTPStatus.OK, {"sku": sku, "quantity": quantity})


def unavailable(sku: str, reason: str) -> Answer:
    """502: the inventory failed."""
    return Answer(HTTPStatus.BAD_GATEWAY, {"error": reason, "sku": sku})


def too_slow(sku: str) -> Answer:
    """504: the inventory did not answer in time."""
    reason = "the inventory did not answer in time"
    return Answer(HTTPStatus.GATEWAY_TIMEOUT, {"error": reason, "sku": sku})


def patience_s(remaining_s: float) -> float:
    """How long to wait for the inventory: there has to be time left to answer before Lambda gives up."""
    return max(0.0, remaining_s - min(_LARGEST_MARGIN_S, remaining_s / 4))


def _quantity(sku: str, body: bytes) -> int | None:
    """What an answer says of the sku, and nothing else of it: what it holds beside is not the client's."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("sku") != sku:
        return None
    quantity = value.get("quantity")
    if not isinstance(quantity, int) or isinstance(quantity, bool):
        return None
    return quantity if quantity >= 0 else None
