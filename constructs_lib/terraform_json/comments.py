"""The keys ``//`` of Terraform JSON: comments, where cdktf keeps its metadata.

https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COMMENT = "//"


def without_comments(value: Any) -> Any:
    """Give a copy without comments."""
    if isinstance(value, Mapping):
        return {key: without_comments(item) for key, item in value.items() if key != COMMENT}
    return [without_comments(item) for item in value] if isinstance(value, list) else value


def without_metadata(value: Any) -> Any:
    """Give a copy without the comments of cdktf; those of people stay."""
    if isinstance(value, Mapping):
        return {
            key: without_metadata(item)
            for key, item in value.items()
            if not (key == COMMENT and isinstance(item, Mapping) and "metadata" in item)
        }
    return [without_metadata(item) for item in value] if isinstance(value, list) else value
