"""IAM policies that users bring: statements, or files of IAM JSON, for the role of one workload. Pure.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib import iam
from constructs_lib.compute.policy_power import administrator
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.quotas import INLINE_POLICIES_LENGTH, POLICY_VERSION

_FORM = f'write {{"Version": "{POLICY_VERSION}", "Statement": [...]}}'
_ILLEGAL_CHARACTER = re.compile(r"[^\t\n\r\u0020-\u00ff]")
_ACTION = re.compile(r"\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+")
_RESOURCE = re.compile(r"\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+", re.DOTALL)
_SID = re.compile(r"[A-Za-z0-9]*")
_DOCUMENT_KEYS = ("Version", "Id", "Statement")
_STATEMENT_KEYS = ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")
_OPERATOR = re.compile(
    r"(?:ForAllValues:|ForAnyValue:)?(?:"
    r"String(?:Not)?(?:Equals|Like|EqualsIgnoreCase)|Arn(?:Not)?(?:Equals|Like)|(?:Not)?IpAddress|"
    r"(?:Numeric|Date)(?:NotEquals|Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|"
    r"Bool|BinaryEquals)(?:IfExists)?|Null"
)


def read_policy(path: Path, *, field: str) -> iam.Document:
    """The policy document in a file.

    Raises ConfigError with everything that is wrong with it: the file, its JSON, or the policy.
    """
    try:
        document = json.loads(path.read_bytes(), object_pairs_hook=_without_repetition)
    except OSError as error:
        rule = f"cannot be read ({error.strerror})"
        raise ConfigError([Problem(field, str(path), rule, "name a file of IAM JSON")]) from None
    except (ValueError, RecursionError) as error:
        rule, way_out = f"is not JSON ({error})", _FORM
        raise ConfigError([Problem(field, str(path), rule, way_out)]) from None
    if problems := check_policy(document, field=f"{field} ({path.name})"):
        raise ConfigError(problems)
    return dict(document)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a key comes twice, of which Python would drop one."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key} comes twice")
        found[key] = value
    return found


def check_policy(document: Any, *, field: str) -> list[Problem]:
    """What is wrong with an identity policy; ``field`` is what the user wrote it under."""
    if not isinstance(document, dict):
        rule = "a policy is a JSON object with Version and Statement"
        return [Problem(field, document, rule, _FORM)]
    problems = list(_unknown_keys(document, _DOCUMENT_KEYS, field))
    if document.get("Version") != POLICY_VERSION:
        rule = "without this version, policy variables such as ${aws:username} are plain text"
        problems.append(
            Problem(f"{field}.Version", document.get("Version"), rule, f'write "Version": "{POLICY_VERSION}"')
        )
    statements = document.get("Statement")
    if isinstance(statements, dict):
        statements = [statements]
    return problems + check_statements(statements, field=f"{field}.Statement")


def check_statements(statements: Any, *, field: str) -> list[Problem]:
    """What is wrong with the statements of an identity policy: each, and all of them together."""
    if not isinstance(statements, list) or not statements:
        return [
            Problem(field, statements, "a policy has at least one statement", "write a list of statements")
        ]
    problems = [
        problem
        for number, statement in enumerate(statements)
        for problem in _statement_problems(statement, f"{field}[{number}]")
    ]
    sids = [
        statement["Sid"] for statement in statements if isinstance(statement, dict) and "Sid" in statement
    ]
    problems += [
        Problem(f"{field}.Sid", sid, "each Sid of a policy is unique", "name them differently")
        for sid in dict.fromkeys(sid for sid in sids if isinstance(sid, str) and sids.count(sid) > 1)
    ]
    return problems + check_policy_size(
        [iam.document(*(x for x in statements if isinstance(x, dict)))], field=field
    )


def check_policy_size(documents: Sequence[iam.Document], *, field: str) -> list[Problem]:
    """Whether all inline policies of one role, those of the generator among them, fit into it."""
    try:
        text = "".join(json.dumps(document, ensure_ascii=False, allow_nan=False) for document in documents)
    except (TypeError, ValueError):
        rule = "holds a value that JSON does not have: a date, a time, nan or inf"
        return [Problem(field, "...", rule, "write texts, numbers, lists and tables")]
    size = len(re.sub(r"\s", "", text))
    problems = []
    if size > INLINE_POLICIES_LENGTH:
        rule = f"the inline policies of a role have at most {INLINE_POLICIES_LENGTH:,} characters in all"
        problems.append(Problem(field, f"{size:,} characters", rule, "gather resources under wildcards"))
    if illegal := _ILLEGAL_CHARACTER.search(text):
        rule = "IAM takes the characters U+0020 to U+00FF, tabs and line ends only"
        problems.append(Problem(field, illegal[0], rule, "write it without this character"))
    return problems


def _statement_problems(statement: Any, field: str) -> Iterator[Problem]:
    if not isinstance(statement, dict):
        yield Problem(field, statement, "a statement is a table", "write Effect, Action and Resource")
        return
    yield from _unknown_keys(statement, _STATEMENT_KEYS, field)
    if statement.get("Effect") not in ("Allow", "Deny"):
        rule = 'the effect is "Allow" or "Deny", with a capital letter'
        yield Problem(f"{field}.Effect", statement.get("Effect"), rule, 'write Effect = "Allow"')
    if not isinstance(sid := statement.get("Sid", ""), str) or not _SID.fullmatch(sid):
        way_out = re.sub(r"[^A-Za-z0-9]", "", str(sid)) or "Statement1"
        yield Problem(f"{field}.Sid", sid, "letters and digits only", f'write "{way_out}"')
    yield from _exactly_one(statement, "Action", "NotAction", field)
    yield from _exactly_one(statement, "Resource", "NotResource", field)
    for key in ("Action", "NotAction"):
        rule, way_out = 'an action is "service:Name", such as "s3:GetObject"', "write it in this form"
        yield from _form(statement, key, _ACTION, rule, way_out, field)
    for key in ("Resource", "NotResource"):
        rule, way_out = 'a resource is an ARN or "*"', 'write it like "arn:aws:s3:::bucket/*"'
        yield from _form(statement, key, _RESOURCE, rule, way_out, field)
    yield from administrator(statement, field)
    yield from _condition(statement.get("Condition", {}), f"{field}.Condition")


def _unknown_keys(table: Mapping[str, Any], known: Sequence[str], field: str) -> Iterator[Problem]:
    right = {key.lower(): key for key in known}
    for key, value in table.items():
        if key in known:
            continue
        rule, way_out = f"the keys are {', '.join(known)}", "remove it"
        if key in ("Principal", "NotPrincipal"):
            rule = "a policy of a role has no principal: the role is it"
        elif key.lower() in right:
            way_out = f"write {right[key.lower()]}"
        yield Problem(f"{field}.{key}", value, rule, way_out)


def _exactly_one(statement: Mapping[str, Any], one: str, other: str, field: str) -> Iterator[Problem]:
    given = [key for key in (one, other) if key in statement]
    if len(given) != 1:
        rule = f"a statement has exactly one of {one} and {other}"
        yield Problem(field, given, rule, f"write {one}" if not given else "remove one of them")


def _form(
    statement: Mapping[str, Any], key: str, form: re.Pattern[str], rule: str, way_out: str, field: str
) -> Iterator[Problem]:
    if key not in statement:
        return
    value = statement[key]
    values = value if isinstance(value, list) else [value]
    if not values:
        yield Problem(f"{field}.{key}", value, f"names at least one: {rule}", way_out)
    for item in values:
        if not isinstance(item, str) or not form.fullmatch(item):
            yield Problem(f"{field}.{key}", item, rule, way_out)


def _condition(condition: Any, field: str) -> Iterator[Problem]:
    if not isinstance(condition, dict):
        rule = 'a condition is a table of operators, such as {"StringEquals": {"aws:PrincipalTag/a": "b"}}'
        yield Problem(field, condition, rule, "write operator, key and value")
        return
    for operator, tests in condition.items():
        if not _OPERATOR.fullmatch(operator):
            rule = "is not an operator of IAM, such as StringEquals, ArnLike, Bool or IpAddress"
            yield Problem(f"{field}.{operator}", tests, rule, "correct its name; capital letters count")
        if not isinstance(tests, dict) or not tests:
            rule = "an operator has a table of condition keys and values"
            yield Problem(f"{field}.{operator}", tests, rule, 'write {"aws:SourceAccount": "123456789012"}')
