"""The one reader of Terraform's JSON syntax: blocks with their expressions resolved.

``read_document(source)`` takes a mapping, a JSON text, a file or a folder and gives a ``Document``; wrong
input is a ``ConfigError`` that names the file and the place.
"""

from __future__ import annotations

from constructs_lib.terraform_json.block import Block
from constructs_lib.terraform_json.comments import without_comments, without_metadata
from constructs_lib.terraform_json.declarations import Declaration
from constructs_lib.terraform_json.document import Document, Size
from constructs_lib.terraform_json.reading import read_document
from constructs_lib.terraform_json.sources import Source
from constructs_lib.terraform_json.values import Identity, Reference, Template, Unknown, same, text_of

__all__ = [
    "Block",
    "Declaration",
    "Document",
    "Identity",
    "Reference",
    "Size",
    "Source",
    "Template",
    "Unknown",
    "read_document",
    "same",
    "text_of",
    "without_comments",
    "without_metadata",
]
