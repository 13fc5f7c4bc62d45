"""Documents of plans and of states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.document import Document
from constructs_lib.terraform_json.shown._plans import plan_document
from constructs_lib.terraform_json.shown._resources import mapping
from constructs_lib.terraform_json.shown._states import state_document
from constructs_lib.terraform_json.sources import Part

_STATE_FILE = ("version", "terraform_version", "serial", "lineage")


def is_shown(content: Any) -> bool:
    """Tell whether a JSON text is what ``terraform show -json`` prints, or Terraform's own state file."""
    return isinstance(content, Mapping) and ("format_version" in content or _is_state_file(content))


def _is_state_file(content: Mapping[str, Any]) -> bool:
    return all(name in content for name in _STATE_FILE)


def shown_document(part: Part) -> Document:
    """Give the document of a plan or a state.

    Raises:
        ConfigError: it is Terraform's own state file, of an unknown format, of a plan that failed or covers a
            part only, or it has another shape than Terraform gives it.
    """
    content, file = mapping(part.content, part.name, "the top"), part.name
    for rule, way_out in _refusals(content):
        raise ConfigError([Problem("path", file, rule, way_out)])
    if "planned_values" not in content:
        return state_document(content, file)
    return plan_document(content, file)


def _refusals(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    version = str(content.get("format_version", ""))
    if _is_state_file(content):
        yield "is Terraform's own state file", "hand over terraform show -json > state.json"
    elif not re.fullmatch(r"[01]\.\d+", version):
        yield f"is of format {version}; 0 and 1 are known", "use a Terraform whose show -json has format 1"
    elif content.get("errored") is True:
        yield (
            "is a plan that ended with an error, so it lacks what comes after it",
            "correct it and plan again",
        )
    elif content.get("complete") is False and "planned_values" in content:
        yield "is a plan of a part only", "plan without -target, and apply what it needs first"
