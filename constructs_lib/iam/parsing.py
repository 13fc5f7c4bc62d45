"""Policies as JSON values, read into statements."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from constructs_lib.iam.patterns import Open, Text, spelled
from constructs_lib.iam.statements import Choice, Statement

Texts = Callable[[str], Text]
"""Gives a string of a policy in parts: written ones, and ones that are not known."""

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_EVERYTHING = Choice((("*",),))


def with_variables(text: str) -> Text:
    """Give a string of a policy with IAM's own variables (``${aws:username}``) as parts that are not known.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    parts: list[str | Open] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        parts += [text[end : found.start()], Open(found[1])]
        end = found.end()
    return tuple(part for part in (*parts, text[end:]) if part != "")


def read_statements(policy: Any, address: str, *, texts: Texts = with_variables) -> Iterator[Statement]:
    """Give the statements of a policy document, or of its list of statements.

    address: where the policy is written. What is no statement is one that may allow everything.
    """
    statements = policy.get("Statement") if isinstance(policy, Mapping) else policy
    for one in statements if isinstance(statements, list | tuple) else [statements]:
        if isinstance(one, Mapping):
            yield _statement(one, address, texts)
        else:
            yield unread(address, f"{address} holds what is no statement")


def unread(address: str, why: str) -> Statement:
    """Give what stands for a policy that is not read: it may allow everything."""
    return Statement(address, True, _EVERYTHING, _EVERYTHING, unread=why)


def _statement(raw: Mapping[str, Any], address: str, texts: Texts) -> Statement:
    keys = {str(key).lower(): value for key, value in raw.items()}
    effect = keys.get("effect", "Allow")
    condition = keys.get("condition")
    return Statement(
        address=address,
        allows=None if effect not in ("Allow", "Deny") else effect == "Allow",
        actions=_choice(keys, "action", texts),
        resources=_choice(keys, "resource", texts),
        condition=spelled(texts(json.dumps(condition, sort_keys=True, default=str, ensure_ascii=False)))
        if condition
        else "",
        sid=str(keys.get("sid") or ""),
    )


def _choice(keys: Mapping[str, Any], key: str, texts: Texts) -> Choice:
    """A statement without the key means everything, as far as anybody can tell."""
    for name, inverted in ((key, False), (f"not{key}", True)):
        if keys.get(name) is not None:
            value = keys[name]
            items = value if isinstance(value, list | tuple) else [value]
            return Choice(tuple(texts(str(item)) for item in items), inverted)
    return _EVERYTHING
