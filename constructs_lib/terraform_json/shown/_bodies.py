"""What plans and states have in common: instances with bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.terraform_json.addresses import base_address, without_keys
from constructs_lib.terraform_json.declarations import Declaration
from constructs_lib.terraform_json.document import Document, Kind, Parts
from constructs_lib.terraform_json.references import Content
from constructs_lib.terraform_json.shown._joining import Joins
from constructs_lib.terraform_json.shown._repeated import drop_repeated
from constructs_lib.terraform_json.shown._resources import Shown


def joined_bodies(resources: list[Shown]) -> dict[str, dict[str, Any]]:
    """Give a body for each instance, known ids joined."""
    joins = Joins(resources)
    bodies = {one.address: joins.body(one) for one in resources}
    drop_repeated({one.address: (one.type, bodies[one.address]) for one in resources})
    return bodies


def kind_of(one: Shown) -> str:
    """Give the type as blocks have it."""
    return f"data.{one.type}" if one.is_data else one.type


def document_of_shown(
    kind: Kind, resources: list[Shown], bodies: Mapping[str, dict[str, Any]], content: Mapping[str, Any]
) -> Document:
    """Give the document of instances, still without blocks."""
    references: dict[str, list[Content]] = {}
    for one in resources:
        path = "" if kind == "state" else without_keys(one.module)  # a state's addresses are whole
        references.setdefault(base_address(one.address), []).append((bodies[one.address], path))
    declared = {
        one.address: Declaration(one.address, (one.type, one.name), bodies[one.address], f"the {kind}")
        for one in resources
    }
    return Document(Parts(kind, content, declared, {}, {}, references))
