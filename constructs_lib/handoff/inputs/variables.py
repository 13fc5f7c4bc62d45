"""What operators may set without a new synth, as Terraform variables with the synthesized values as defaults.

Only what changes no address, no name and no route. https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from constructs_lib.handoff import terraform_files
from constructs_lib.handoff.inputs import makers as settings
from constructs_lib.handoff.inputs.makers import Subject, Variable

# The generator finds its own resources again by these, so they stay as synthesized.
FIXED_TAGS = ("Project", "Environment", "ManagedBy")
_TEMPLATE = re.compile(r"(?<!\$)\$\{|(?<!%)%\{")


def extract_variables(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[Variable]]:
    """Return the document with ``${var.<name>}`` in the places of values, and the variables, by name.

    With the defaults the plan stays exactly as it was. Values that are no literals stay as they are.
    """
    changed = deepcopy(dict(document))
    found: dict[str, Variable] = {}
    if (own := _extract_tags(changed)) is not None:
        found[own.name] = own
    for block in terraform_files.resources(document):
        target = changed["resource"][block.type][block.label]
        for argument, variable in _candidates(block, terraform_files.provider(document).get("region", "")):
            known = found.setdefault(variable.name, variable)
            if (known.default, known.condition) == (variable.default, variable.condition):
                known.places.append((block.address, argument))
                target[argument] = _substituted(target[argument], argument, known.name)
    return changed, [found[name] for name in sorted(found)]


def variables_file(variables: list[Variable]) -> dict[str, Any]:
    """Return the ``variable`` blocks."""
    return {"variable": {variable.name: variable.block() for variable in variables}}


def _candidates(block: terraform_files.Resource, region: str) -> Iterator[tuple[str, Variable]]:
    for (type_name, argument), make in settings.MAKERS.items():
        value = block.body.get(argument)
        if block.type != type_name or value is None or _is_ignored(block, argument):
            continue
        whole = argument != "container_definitions"
        if whole and isinstance(value, str) and _TEMPLATE.search(value):
            continue
        if variable := make(Subject(block.label, value, region, block.body)):
            yield argument, variable


def _is_ignored(block: terraform_files.Resource, argument: str) -> bool:
    """Whether Terraform leaves the argument to somebody else, autoscaling for one."""
    return argument in block.body.get("lifecycle", {}).get("ignore_changes", [])


def _substituted(value: Any, argument: str, name: str) -> str:
    if argument == "container_definitions":
        return settings.IMAGE.sub(lambda found: f"{found[1]}${{var.{name}}}{found[3]}", value)
    return f"${{var.{name}}}"


def _extract_tags(document: dict[str, Any]) -> Variable | None:
    """Put the variable in the place of the provider's own tags; the fixed ones stay beside it."""
    providers = document.get("provider", {}).get("aws", [{}])
    blocks = (providers[0] if isinstance(providers, list) else providers).get("default_tags", [])
    if len(blocks) != 1 or any(_TEMPLATE.search(str(text)) for text in blocks[0].get("tags", {}).values()):
        return None
    tags = blocks[0].get("tags", {})
    fixed = {key: tags[key] for key in FIXED_TAGS if key in tags}
    pairs = ", ".join(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in fixed.items())
    blocks[0]["tags"] = f"${{merge(var.tags, {{ {pairs} }})}}"
    own = {key: _plain(value) for key, value in tags.items() if key not in fixed}
    return settings.tags(own, fixed=fixed)


def _plain(text: str) -> str:
    """Undo the escapes that keep Terraform from reading a text as a template."""
    return text.replace("$${", "${").replace("%%{", "%{")
