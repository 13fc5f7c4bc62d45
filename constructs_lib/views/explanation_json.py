"""The explanation of a stack as JSON values, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from constructs_lib.proof.walking.answers import CannotTell, Carried
from constructs_lib.views.explanation import Explanation
from constructs_lib.views.report.inventory import group_name, rule_in_words
from constructs_lib.views.report.permissions import permissions
from constructs_lib.views.understanding import Understanding
from constructs_lib.views.zones_and_tiers import places


def explain_json(explanation: Explanation) -> dict[str, Any]:
    """Give everything that the sections say, with Terraform addresses beside the names.

    ``reached`` is "yes", or "cannot tell" with the reason beside it in ``why``; what is not there is closed.
    """
    return {
        **answers_json(explanation),
        "subnets": [asdict(place) for place in places(explanation.model)],
        "rules": [*_rules(explanation)],
        "permissions": [asdict(one) for one in permissions(explanation.model)],
        "endpoints": [asdict(endpoint) for endpoint in explanation.endpoints],
        "idle_cost": _cost(explanation),
    }


def answers_json(explanation: Explanation) -> dict[str, Any]:
    """Give what the proof answers where nothing is promised: who reaches whom, what the internet reaches."""
    return {
        "read": _understanding(explanation.stack.understanding),
        "connections": [*_connections(explanation)],
        "internet": [*_internet(explanation)],
    }


def _understanding(understanding: Understanding) -> dict[str, Any]:
    doubtful = [
        {"address": one.address, "why": one.what, "refers_to": sorted(one.touches)}
        for one in understanding.bystanders
    ]
    return {
        **asdict(understanding.size),
        "not_followed": list(understanding.modules),
        "not_modelled": dict(understanding.types),
        "doubtful": doubtful,
    }


def _connections(explanation: Explanation) -> Iterator[dict[str, Any]]:
    name = explanation.connections.name
    for one in explanation.connections.all:
        yield {
            "from": name(one.source),
            "to": name(one.target),
            "source": one.source,
            "target": one.target,
            "port": one.port,
            **_answer(one.answer),
        }


def _answer(answer: Carried | CannotTell) -> dict[str, Any]:
    hops = answer.hops if isinstance(answer, Carried) else answer.before
    said = [{"sentence": hop.sentence, "addresses": list(hop.addresses)} for hop in hops]
    if isinstance(answer, Carried):
        return {"reached": "yes", "hops": said}
    return {"reached": "cannot tell", "why": answer.why, "hops": said}


def _internet(explanation: Explanation) -> Iterator[dict[str, Any]]:
    for one in explanation.stack.reachability.exposures():
        yield {
            "name": explanation.connections.name(one.target),
            "target": one.target,
            "port": one.port,
            "sources": list(one.sources),
            "requests": one.requests,
            **_answer(one.answer),
        }


def _rules(explanation: Explanation) -> Iterator[dict[str, Any]]:
    groups = {id(group): group for group in explanation.model.groups.values()}
    for group in groups.values():
        for rule in (*group.ingress.rules, *group.egress.rules):
            yield {
                "group": group_name(str(group.identity)),
                "opening": rule_in_words(explanation.model, rule),
                "address": rule.address,
            }


def _cost(explanation: Explanation) -> dict[str, Any] | None:
    cost = explanation.cost
    if cost is None:
        return None
    items = [{"what": i.what, "number": str(i.quantity), "monthly_usd": _text(i.monthly)} for i in cost.items]
    return {
        "monthly_usd": _text(cost.total),
        "region": cost.prices.region,
        "date": cost.prices.date,
        "items": items,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
