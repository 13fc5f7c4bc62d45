"""Protected function: the internal load balancer calls it for the workloads that name it in ``calls``."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import alb
import logic


def handler(event: alb.Event, _context: object) -> dict[str, Any]:
    """Answer one request of the load balancer."""
    try:
        answer = logic.answer(alb.read(event), logic.STOCK)
    except alb.MalformedRequestError as error:
        answer = alb.Answer(HTTPStatus.BAD_REQUEST, {"error": str(error)})
    return alb.shape(event, answer)
