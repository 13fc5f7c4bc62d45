"""What a plan's ``configuration`` tells of a value that only the apply will know.

A configuration in JSON syntax stands there as it was written; of one in HCL only the references are there
(https://developer.hashicorp.com/terraform/internals/json-format#expression-representation).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from constructs_lib.terraform_json.values import Unknown, escaped

_INSTANCE = ("count.index", "each.key")
_STEP = re.compile(r"[.\[]")
_WHOLE = re.compile(r"(data\.)?[\w-]+\.[\w-]+(\[[^\]]*\])?")
_NOUNS = {"aws_lb": "load_balancer", "aws_alb": "load_balancer", "aws_internet_gateway": "gateway"}


_MEANS_A_THING = re.compile(
    r"(\w+_)?(ids?|arns?)|subnets|security_groups|roles?|function_name|task_definition|cluster"
)
"""Arguments that name a thing as it is; any other may be a text made of what is referred to."""


def is_leaf(expression: Any) -> bool:
    """Tell whether this is the expression of one argument, not of the arguments of a nested block."""
    return (
        isinstance(expression, Mapping)
        and set(expression) <= {"references", "constant_value"}
        and isinstance(expression.get("references", []), list)
    )


def written(expression: Any, name: str, where: str) -> Any:
    """Give an argument as an expression of Terraform JSON, as far as one instance can be meant.

    name: of the argument. where: what to call it where that cannot be told.
    """
    if not is_leaf(expression):
        return Unknown(where)
    references = [one for one in expression.get("references") or () if isinstance(one, str)]
    if not references:
        return escaped(expression.get("constant_value"))
    if "constant_value" in expression:
        return expression["constant_value"]
    named = specific(references)
    if not _MEANS_A_THING.fullmatch(name):
        return Unknown(where)
    if name.endswith("s") and len(named) > 1 and not set(_INSTANCE) & set(named):
        could_choose = any(one.startswith("var.") for one in named)
        items = [_one([reference], name, where) for reference in named]
        is_open = could_choose or any(isinstance(item, Unknown) for item in items)
        return Unknown(where) if is_open else items
    return _one(named, name, where)


def written_items(expression: Any, name: str, where: str, number: int) -> list[Any] | None:
    """Give the items of a list that only the apply will know, where they are as many as what can be meant.

    A variable is known at plan, so none of these items is one. None where it cannot be told which they are.
    """
    if not is_leaf(expression) or "constant_value" in expression or not _MEANS_A_THING.fullmatch(name):
        return None
    references = specific([one for one in expression.get("references") or () if isinstance(one, str)])
    named = [one for one in references if not one.startswith("var.")]
    items = [_one([reference], name, where) for reference in named]
    is_open = len(items) != number or any(isinstance(item, Unknown) for item in items)
    return None if is_open else items


def passed_on(expression: Any, where: str) -> Any:
    """Give an input or an output of a module, which hands on what it means, as ``written`` does."""
    if not is_leaf(expression):
        return Unknown(where)
    named = specific([one for one in expression.get("references") or () if isinstance(one, str)])
    if "constant_value" in expression or not named:
        return written(expression, "", where)
    return f"${{{named[0]}}}" if len(named) == 1 and not _is_whole(named[0]) else Unknown(where)


def specific(references: list[str]) -> list[str]:
    """Give the references without those that only lead to another of them."""
    unique = list(dict.fromkeys(references))
    return [
        one
        for one in unique
        if not any(other.startswith(one) and _STEP.match(other[len(one) :]) for other in unique)
    ]


def _one(named: list[str], name: str, where: str) -> Any:
    through = [one for one in named if one in _INSTANCE]
    others = [one for one in named if one not in _INSTANCE]
    if len(others) != 1 or others[0].startswith(("local.", "each.", "path.", "terraform.", "self.")):
        return Unknown(where)
    [meant] = others
    if not _is_whole(meant):
        return f"${{{meant}}}" if not through else Unknown(where)
    if not _is_noun_of(meant, name) or len(through) > 1:
        return Unknown(where)
    if meant.endswith("]"):
        return f"${{{meant}.id}}"
    return f"${{{meant}[{through[0]}].id}}" if through else f"${{one({meant}[*].id)}}"


def _is_whole(reference: str) -> bool:
    """Tell whether a resource is named without one of its attributes."""
    return not reference.startswith(("var.", "module.")) and _WHOLE.fullmatch(reference) is not None


def _is_noun_of(reference: str, name: str) -> bool:
    """Tell whether an argument is called after a type: ``vpc_id`` after ``aws_vpc``."""
    kind = reference.removeprefix("data.").split(".")[0]
    noun = _NOUNS.get(kind) or re.sub(r"^aws_(lb_|lambda_)?", "", kind)
    return noun in name
