"""Policies as an environment file writes them: files of IAM JSON inside the project, or tables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from constructs_lib.compute.policies import read_policy
from constructs_lib.environment.project_paths import Words, path_words
from constructs_lib.errors import ConfigError, Problem

_RELATIVE = "a policy is a file inside the project, relative to the folder of main.py"


def statements_of(policy: str | dict[str, Any], *, field: str, project_root: Path) -> list[dict[str, Any]]:
    """The statements of one entry of ``policies``: those of a policy file, or the table itself.

    Raises:
        ConfigError: the file cannot be read, is no policy, or lies outside of the project.
    """
    if isinstance(policy, dict):
        return [policy]
    root, example = Path(os.path.realpath(project_root)), "policies/read.json"
    if words := path_words(root, policy, rule=_RELATIVE, example=example, what="file", words=_file_words):
        raise ConfigError([Problem(field, policy, *words)])
    found = read_policy(project_root / policy, field=field)["Statement"]
    return found if isinstance(found, list) else [found]


def _file_words(path: Path) -> Words | None:
    return None if path.is_file() else ("is no file", "write the file that holds the IAM JSON")
