"""The document of a state: ids alone join it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.terraform_json.block import Block
from constructs_lib.terraform_json.document import Document
from constructs_lib.terraform_json.shown._bodies import document_of_shown, joined_bodies, kind_of
from constructs_lib.terraform_json.shown._resources import mapping, shown_resources


def state_document(content: Mapping[str, Any], file: str) -> Document:
    """Give the document of a state."""
    values = mapping(content.get("values"), file, "values")
    resources = shown_resources(values.get("root_module"), file, "values.root_module")
    bodies = joined_bodies(resources)
    for one in resources:
        if one.depends_on:
            bodies[one.address]["depends_on"] = list(one.depends_on)
    document = document_of_shown("state", resources, bodies, {})
    for one in resources:
        document.blocks[one.address] = Block(document, one.address, kind_of(one), bodies[one.address])
    return document
