"""What operators may set without a new synth, as Terraform variables with the synthesized values as defaults.

Only what changes no address, no name and no route. https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from constructs_lib.handoff.inputs import settable_arguments as settings
from constructs_lib.handoff.inputs.settable_arguments import TAGS_PLACE, Subject, Variable
from constructs_lib.terraform_json import Declaration, Document

# The generator finds its own resources again by these, so they stay as synthesized.
FIXED_TAGS = ("Project", "Environment", "ManagedBy")
_TEMPLATE = re.compile(r"(?<!\$)\$\{|(?<!%)%\{")


def variables_of(document: Document) -> list[Variable]:
    """Return the inputs of a document, by name; values that are no literals stay as they are."""
    provider = next(iter(document.provider_bodies("aws")), {})
    found: dict[str, Variable] = {}
    if (own := _tags_of(provider)) is not None:
        found[own.name] = own
    for one in document.declared.values():
        for argument, variable in _candidates(one, provider.get("region", "")):
            known = found.setdefault(variable.name, variable)
            if (known.default, known.condition) == (variable.default, variable.condition):
                known.places.append((one.address, argument))
    return [found[name] for name in sorted(found)]


def with_variables(content: Mapping[str, Any], variables: Iterable[Variable]) -> dict[str, Any]:
    """Return a module's content with ``${var.<name>}`` in the places of the values.

    With the defaults the plan stays exactly as it was.
    """
    changed = deepcopy(dict(content))
    for variable in variables:
        for address, argument in variable.places:
            if address == TAGS_PLACE[0]:
                _substitute_tags(changed["provider"]["aws"][0])
            else:
                type_name, _, label = address.partition(".")
                body = changed["resource"][type_name][label]
                body[argument] = _substituted(body[argument], argument, variable.name)
    return changed


def variables_file(variables: list[Variable]) -> dict[str, Any]:
    """Return the ``variable`` blocks."""
    return {"variable": {variable.name: variable.block() for variable in variables}}


def _candidates(block: Declaration, region: str) -> Iterator[tuple[str, Variable]]:
    for (type_name, argument), make in settings.MAKERS.items():
        value = block.body.get(argument)
        if block.type != type_name or value is None or _is_ignored(block, argument):
            continue
        whole = argument != "container_definitions"
        if whole and isinstance(value, str) and _TEMPLATE.search(value):
            continue
        if variable := make(Subject(block.label, value, region, block.body)):
            yield argument, variable


def _is_ignored(block: Declaration, argument: str) -> bool:
    """Whether Terraform leaves the argument to somebody else, autoscaling for one."""
    return argument in block.body.get("lifecycle", {}).get("ignore_changes", [])


def _substituted(value: Any, argument: str, name: str) -> str:
    if argument == "container_definitions":
        return settings.IMAGE.sub(lambda found: f"{found[1]}${{var.{name}}}{found[3]}", value)
    return f"${{var.{name}}}"


def _tags_of(provider: Mapping[str, Any]) -> Variable | None:
    """The provider's own tags beside the fixed ones."""
    blocks = provider.get("default_tags", [])
    if len(blocks) != 1 or any(_TEMPLATE.search(str(text)) for text in blocks[0].get("tags", {}).values()):
        return None
    tags = blocks[0].get("tags", {})
    own = {key: _plain(value) for key, value in tags.items() if key not in FIXED_TAGS}
    return settings.tags(own, fixed=[key for key in FIXED_TAGS if key in tags])


def _substitute_tags(provider: dict[str, Any]) -> None:
    [block] = provider["default_tags"]
    fixed = {key: block["tags"][key] for key in FIXED_TAGS if key in block.get("tags", {})}
    pairs = ", ".join(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in fixed.items())
    block["tags"] = f"${{merge(var.tags, {{ {pairs} }})}}"


def _plain(text: str) -> str:
    """Undo the escapes that keep Terraform from reading a text as a template."""
    return text.replace("$${", "${").replace("%%{", "%{")
