"""What endpoints let through: a word, or a file of IAM JSON with principals."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.environment.endpoint_policies import ACCOUNT_ALONE, FULL
from constructs_lib.environment.project_paths import Words, path_words
from constructs_lib.errors import Problem
from constructs_lib.figures.access.endpoint_policies import POLICY_LENGTH
from constructs_lib.figures.endpoint_services import endpoint_short_name
from constructs_lib.figures.quotas import POLICY_VERSION
from constructs_lib.problem_words import Excerpt, did_you_mean, field_path, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft

_TABLE = ("network", "endpoints")
_WORDS = (ACCOUNT_ALONE, FULL)
_NEEDED = ("Effect", "Principal", "Action", "Resource")
_FORM = (
    f'write {{"Version": "{POLICY_VERSION}", "Statement": [{{"Effect": "Allow", "Principal": "*", ...}}]}}'
)


def check_endpoint_policies(draft: Draft) -> Iterator[Problem]:
    """The word for all endpoints, and those for single services."""
    endpoints, region = draft.environment.network.endpoints, draft.environment.region
    if draft.unknown(*_TABLE):
        return
    yield from _check_word(draft, field_path(*_TABLE, "policy"), endpoints.policy)
    shorts = {endpoint_short_name(one, region) for one in (*endpoints.interface, *endpoints.gateway)}
    for name, word in endpoints.policies.items():
        field = field_path(*_TABLE, "policies", name)
        if endpoint_short_name(name, region) not in shorts:
            rule = "is for a service that has no endpoint here"
            way_out = did_you_mean(name, sorted(shorts)) or f"the endpoints are {listed(sorted(shorts))}"
            yield Problem(field, name, rule, way_out)
        yield from _check_word(draft, field, word)


def _check_word(draft: Draft, field: str, word: str) -> Iterator[Problem]:
    if word in _WORDS:
        return
    root = Path(os.path.realpath(draft.project_root))
    rule = 'is "account", "full", or a file of IAM JSON inside the project'
    if words := path_words(root, word, rule=rule, example="policies/s3.json", what="file", words=_file_words):
        yield Problem(field, word, *words)
        return
    text = (draft.project_root / word).read_text("utf-8", errors="replace")
    try:
        policy = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Problem(field, word, f"is not JSON ({error})", _FORM)
        return
    yield from _check_policy(field, policy)
    if len(text) > POLICY_LENGTH:
        size = Excerpt(f"{len(text):,} characters")
        yield Problem(field, size, f"an endpoint policy has at most {POLICY_LENGTH:,}", "gather resources")


def _file_words(path: Path) -> Words | None:
    return None if path.is_file() else ("is no file", "write the file that holds the IAM JSON")


def _check_policy(field: str, policy: Any) -> Iterator[Problem]:
    statements = policy.get("Statement") if isinstance(policy, dict) else None
    found = [statements] if isinstance(statements, dict) else statements
    if not isinstance(found, list) or not found:
        yield Problem(field, Excerpt(str(policy)[:60]), "a policy is an object with statements", _FORM)
        return
    for number, one in enumerate(found):
        keys = {key.removeprefix("Not") for key in one} if isinstance(one, dict) else set()
        if missing := [key for key in _NEEDED if key not in keys]:
            where = Excerpt(f"Statement[{number}]")
            yield Problem(field, where, f"needs {listed(missing)}: an endpoint's policy says for whom", _FORM)
