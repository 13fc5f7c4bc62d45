"""The requests to AWS's API by which somebody gets to a workload, or lets others in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from constructs_lib.figures.access.escalations import ASSUME_ROLE, GRANTS, PASS_ROLE
from constructs_lib.figures.access.ways_in import FUNCTION_WAYS, NETWORK_WAYS, SERVICE_WAYS, Way
from constructs_lib.iam.patterns import Open, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.iam.evaluation import Policies
    from constructs_lib.iam.statements import Choice
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.model.workloads import Interface

WAYS: Mapping[str, Way] = {**FUNCTION_WAYS, **SERVICE_WAYS, **NETWORK_WAYS}
ASKED = (*WAYS, *GRANTS, PASS_ROLE, ASSUME_ROLE)
"""All actions that matter to who gets in."""

_ONE_FUNCTION = re.compile(r":function:([A-Za-z0-9_-]+)(?::[A-Za-z0-9_$-]+)?\Z")
_KINDS = {"security group": "ec2", "load balancing": "elasticloadbalancing"}
_LATEST = ("$LATEST", "1")


@dataclass(frozen=True, slots=True)
class Request:
    """An action on a resource, with what it means for the workload."""

    action: str
    resource: Text
    way: Way


@lru_cache(maxsize=16384)
def asked(actions: Choice) -> frozenset[str]:
    """Give the actions that matter among those of a statement, or that may be among them."""
    return frozenset(one for one in ASKED if actions.holds((one,), any_case=True) is not False)


def powers(policies: Policies) -> frozenset[str]:
    """Give the actions that matter and that policies may allow."""
    found: frozenset[str] = frozenset()
    for one in policies.statements:
        if one.allows is not False:
            found |= asked(one.actions)
    return found


def function_named(text: Text) -> str | None:
    """Give the name in the ARN of one function, or of an alias or version of it; None where it is open."""
    end = text[-1] if text else None
    found = _ONE_FUNCTION.search(end) if isinstance(end, str) else None
    return found[1] if found else None


def functions_named(policies: Policies) -> frozenset[str] | None:
    """Give the names of the only functions that policies may give power over; None where there may be others.

    A role of a schedule names one, and there may be a thousand such roles.
    """
    if any(action not in FUNCTION_WAYS or WAYS[action].on != "function" for action in powers(policies)):
        return None
    names: set[str] = set()
    for one in policies.statements:
        if one.allows is False or not asked(one.actions):
            continue
        found = {function_named(pattern) for pattern in one.resources.patterns}
        if one.unread or one.resources.inverted or None in found:
            return None
        names |= {name for name in found if name is not None}
    return frozenset(names)


def requests(model: Model, target: Interface, actions: frozenset[str]) -> Iterator[Request]:
    """Give the requests with these actions that get to a workload or open a way to it."""
    own = FUNCTION_WAYS if target.kind == "function" else SERVICE_WAYS
    for action, way in (*own.items(), *NETWORK_WAYS.items()):
        if action in actions:
            for resource in _resources(model, target, way):
                yield Request(action, resource, way)


def _resources(model: Model, target: Interface, way: Way) -> Iterator[Text]:
    arn = model.access.arns.get(target.address, (Open(f"{target.address}.arn"),))
    if way.on == "anything":
        yield ("*",)
    elif way.on == "function":
        yield arn
        aliases = (alias for alias, function in model.aliases.items() if function == target.address)
        names = [str(model.document.blocks[alias].text("name")) for alias in aliases]
        yield from ((*arn, f":{name}") for name in (*names, *_LATEST))
    elif way.on == "service":
        yield arn
    elif target.vpc is not None:
        service = _KINDS[way.on]
        kind = "security-group/" if service == "ec2" else ""
        yield (
            f"arn:{_partition(arn)}:{service}:",
            Open("region", one_segment=True),
            ":",
            *model.access.account,
            f":{kind}",
            Open(f"{way.on} of {target.address}", one_segment=True),
        )


def _partition(arn: Text) -> str:
    first = arn[0] if isinstance(arn[0], str) else ""
    return first.split(":")[1] if first.startswith("arn:") and first.count(":") > 1 else "aws"
