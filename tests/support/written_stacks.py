"""A document, and the environment that it was made from, as the one object that views take."""

from __future__ import annotations

from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.terraform_json import Document, read_document
from constructs_lib.views.written_stack import WrittenStack


def read(content: dict[str, Any]) -> Document:
    """JSON that no file holds as a document, also where nothing is in it."""
    return read_document(content, may_be_empty=True)


def stack_of(document: dict[str, Any], environment: Environment | None = None) -> WrittenStack:
    """A stack of JSON that no file holds."""
    return WrittenStack("dev", read(document), environment)
