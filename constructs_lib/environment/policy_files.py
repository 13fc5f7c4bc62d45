"""Policies as an environment file writes them: files of IAM JSON inside the project, or tables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from constructs_lib.compute.policies import read_policy
from constructs_lib.environment.project_paths import Words, path_words
from constructs_lib.errors import ConfigError, Problem

_KEYS = ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")
_RELATIVE = "a policy is a file inside the project, relative to the folder of main.py"


def statements_of(policy: str | dict[str, Any], *, field: str, project_root: Path) -> list[dict[str, Any]]:
    """The statements of one entry of ``policies``: those of a policy file, or the table itself.

    Raises:
        ConfigError: the file cannot be read, is no policy, or lies outside of the project.
    """
    if isinstance(policy, dict):
        return [_in_order(policy)]
    root, example = Path(os.path.realpath(project_root)), "policies/read.json"
    if words := path_words(root, policy, rule=_RELATIVE, example=example, what="file", words=_file_words):
        raise ConfigError([Problem(field, policy, *words)])
    found = read_policy(project_root / policy, field=field)["Statement"]
    return [_in_order(one) for one in (found if isinstance(found, list) else [found])]


def _in_order(statement: Any) -> Any:
    """The same with its keys in the order of IAM's own examples, however they are written."""
    if isinstance(statement, list):
        return [_in_order(item) for item in statement]
    if not isinstance(statement, dict):
        return statement
    keys = [key for key in _KEYS if key in statement]
    return {key: _in_order(statement[key]) for key in (*keys, *sorted(statement.keys() - {*_KEYS}))}


def _file_words(path: Path) -> Words | None:
    return None if path.is_file() else ("is no file", "write the file that holds the IAM JSON")
