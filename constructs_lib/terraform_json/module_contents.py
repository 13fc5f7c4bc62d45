"""A module as it is written, with those that it calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.terraform_json.comments import COMMENT
from constructs_lib.terraform_json.declarations import Declaration, Declarations

_META = ("source", "version", "count", "for_each", "providers", "depends_on", COMMENT)
"""Arguments of a ``module`` block that are no inputs."""


@dataclass(frozen=True)
class ModuleTree:
    """A module as it is written, with those that it calls and that could be read, by the name of the call."""

    declarations: Declarations
    children: Mapping[str, ModuleTree] = field(default_factory=dict)

    @property
    def locals(self) -> dict[str, Any]:
        """The local values as they are written."""
        written = self.declarations.content.get("locals", {})
        return {name: value for name, value in written.items() if name != COMMENT}

    @property
    def outputs(self) -> dict[str, Mapping[str, Any]]:
        """The outputs as they are written."""
        return {one.label: one.body for one in self.declarations.named["output"].values()}

    @property
    def defaults(self) -> dict[str, Any]:
        """The defaults of variables, which are plain values."""
        declared = self.declarations.named["variable"].values()
        return {one.label: one.body["default"] for one in declared if "default" in one.body}

    @property
    def types(self) -> dict[str, Any]:
        """The types that variables declare, as they are written."""
        declared = self.declarations.named["variable"].values()
        return {one.label: one.body["type"] for one in declared if "type" in one.body}

    @property
    def declared(self) -> dict[str, Declaration]:
        """The resources and data sources."""
        named = self.declarations.named
        return {**named["resource"], **named["data"]}

    @property
    def calls(self) -> dict[str, Declaration]:
        """The ``module`` blocks by name."""
        return {one.label: one for one in self.declarations.named["module"].values()}


def inputs_of(call: Declaration) -> dict[str, Any]:
    """Give the expressions that a ``module`` block hands to the variables of the module."""
    return {name: value for name, value in call.body.items() if name not in _META}
