"""Requests asked of policies: conditions are settled here, everything else by an evaluator of others."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult

Policy = dict[str, Any]


def allows(policies: list[Policy], action: str, resource: str, **context: str) -> bool:
    """Whether the policies together allow a request. context: condition keys, with ``__`` for ``:`` and
    ``___`` for ``/``.
    """
    keys = {key.replace("___", "/").replace("__", ":"): value for key, value in context.items()}
    statements = [
        {key: value for key, value in one.items() if key != "Condition"}
        for policy in policies
        for one in policy["Statement"]
        if _holds(one.get("Condition", {}), keys)
    ]
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    asked = IAMPolicy({"policy_document": document}).is_action_permitted(action, resource)
    return bool(asked == PermissionResult.PERMITTED)


def _holds(condition: dict[str, dict[str, Any]], keys: dict[str, str]) -> bool:
    return all(
        _test(operator, key, value, keys)
        for operator, tests in condition.items()
        for key, value in tests.items()
    )


def _test(operator: str, key: str, value: Any, keys: dict[str, str]) -> bool:
    wanted = value if isinstance(value, list) else [value]
    given = keys.get(key)
    if operator == "Null":
        return (given is None) == (wanted == ["true"])
    if given is None and operator.endswith("IfExists"):
        return True
    if given is None:
        return operator.startswith("ForAllValues:")
    if operator in ("StringEquals", "StringEqualsIfExists"):
        return given in wanted
    if operator.endswith(("StringLike", "ArnLike")):
        return any(fnmatchcase(given, pattern) for pattern in wanted)
    raise LookupError(f"no condition is known to use {operator}: say here what it means")
