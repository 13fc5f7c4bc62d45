"""What the inventory answers. Pure: no clock, no network, no environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from alb import Answer, Request

PREFIX = "/inventory/"
STOCK = {"apple": 120, "bread": 8, "cheese": 0}  # pieces; a real inventory reads them from its database
_SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def answer(request: Request, stock: Mapping[str, int]) -> Answer:
    """How many pieces there are, for ``GET /inventory/{sku}``.

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
    if sku not in stock:
        return Answer(HTTPStatus.NOT_FOUND, {"error": "unknown sku", "sku": sku})
    return Answer(HTTPStatus.OK, {"sku": sku, "quantity": stock[sku]})
