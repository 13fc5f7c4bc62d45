"""What operators may set without a new synth, as Terraform variables with the synthesized values as defaults.

Only what changes no address, no name and no route. https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.handoff.inputs import settable_arguments as settings
from constructs_lib.handoff.inputs.alarm_settings import follow_timeout, topic_variable
from constructs_lib.handoff.inputs.bounds import hold_connections, hold_messages
from constructs_lib.handoff.inputs.domains import domain_variables
from constructs_lib.handoff.inputs.variable import PROVIDER, Place, Subject, Variable, is_literal, plain
from constructs_lib.handoff.inputs.workload_variables import workload_variables
from constructs_lib.terraform_json import Declaration, Document

# The generator finds its own resources again by these, so they stay as synthesized.
FIXED_TAGS = ("Project", "Environment", "ManagedBy")


def variables_of(
    document: Document, environment: Environment | None, *, fixed: Collection[str] = FIXED_TAGS
) -> list[Variable]:
    """Return the inputs of a document, by name; what is no literal stays as it is.

    environment: what it was made from; None for a stack that is all Python. fixed: the keys of tags that are
    no input, since resources are told from others by them.
    """
    provider = next(iter(document.provider_bodies("aws")), {})
    found: dict[str, Variable] = {}
    if (own := _tags_of(provider, fixed)) is not None:
        found[own.name] = own
    for one in document.declared.values():
        for argument, variable in _candidates(one, provider.get("region", "")):
            known = found.setdefault(variable.name, variable)
            if (known.default, known.condition) == (variable.default, variable.condition):
                _place(known, document, one, argument)
    if environment is not None:
        for makers in (workload_variables, domain_variables, topic_variable):
            for variable in makers(document, environment):
                found.setdefault(variable.name, variable)
        hold_connections(found, environment)
    hold_messages(found, document)
    return [found[name] for name in sorted(found)]


def _place(variable: Variable, document: Document, one: Declaration, argument: str) -> None:
    if argument != "container_definitions":
        variable.take(one.address, argument)
    else:
        variable.places.append(Place(one.address, argument, _with_image(variable.name)))
    if (one.type, argument) == ("aws_lambda_function", "timeout"):
        follow_timeout(document, one.label, variable)


def with_variables(content: Mapping[str, Any], variables: Iterable[Variable]) -> dict[str, Any]:
    """Return a module's content with ``${var.<name>}`` in the places of the values.

    With the defaults the plan stays exactly as it was.
    """
    changed = deepcopy(dict(content))
    for variable in variables:
        for place in variable.places:
            body = _body(changed, place.address)
            body[place.argument] = place.edit(body.get(place.argument))
    return changed


def _body(content: dict[str, Any], address: str) -> dict[str, Any]:
    kind, _, label = address.partition(".")
    if address == PROVIDER:
        return content["provider"]["aws"][0]  # type: ignore[no-any-return]
    section = content["output"] if kind == "output" else content["resource"][kind]
    return section[label]  # type: ignore[no-any-return]


def variables_file(variables: list[Variable]) -> dict[str, Any]:
    """Return the ``variable`` blocks."""
    return {"variable": {variable.name: variable.block() for variable in variables}}


def _candidates(block: Declaration, region: str) -> Iterator[tuple[str, Variable]]:
    for (type_name, argument), make in settings.MAKERS.items():
        value = block.body.get(argument)
        if block.type != type_name or value is None or _is_ignored(block, argument):
            continue
        whole = argument != "container_definitions"
        if whole and isinstance(value, str) and not is_literal(value):
            continue
        if variable := make(Subject(block.label, value, region, block.body)):
            yield argument, variable


def _is_ignored(block: Declaration, argument: str) -> bool:
    """Whether Terraform leaves the argument to somebody else, autoscaling for one."""
    return argument in block.body.get("lifecycle", {}).get("ignore_changes", [])


def _with_image(name: str) -> Any:
    return lambda value: settings.IMAGE.sub(lambda found: f"{found[1]}${{var.{name}}}{found[3]}", value)


def _tags_of(provider: Mapping[str, Any], fixed: Collection[str]) -> Variable | None:
    """The provider's own tags beside the fixed ones."""
    blocks = provider.get("default_tags", [])
    if len(blocks) != 1 or not all(is_literal(str(text)) for text in blocks[0].get("tags", {}).values()):
        return None
    tags = blocks[0].get("tags", {})
    kept = {key: tags[key] for key in fixed if key in tags}
    own = {key: plain(value) for key, value in tags.items() if key not in kept}
    variable = settings.tags(own, fixed=[*kept])
    variable.places.append(Place(PROVIDER, "default_tags", partial(_with_tags, kept)))
    return variable


def _with_tags(kept: Mapping[str, str], blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    [block] = blocks
    pairs = ", ".join(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in kept.items())
    return [{**block, "tags": f"${{merge(var.tags, {{ {pairs} }})}}"}]
