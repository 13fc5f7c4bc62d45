"""Environment variables of workloads: the file's own may be set, what the generator adds stays.

https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.environment.checks.functions import generated_variables, variable_bytes
from constructs_lib.figures.lambda_tables import ENVIRONMENT_BYTES, RESERVED_VARIABLES, VARIABLE_NAME
from constructs_lib.handoff.hcl import texts
from constructs_lib.handoff.hcl.values import key_text
from constructs_lib.handoff.inputs.variable import Place, Variable, is_literal, plain
from constructs_lib.problem_words import listed
from constructs_lib.terraform_json import Document

_FUNCTION, _TASK = "aws_lambda_function", "aws_ecs_task_definition"
_SERVICE_NAME = "[a-zA-Z_][a-zA-Z0-9_.-]*"
# jsonencode writes these in another way than they are written.
_OTHERWISE = re.compile("[<>&\b\f\u2028\u2029]")
_ANOTHER = "ANOTHER"


def workload_variables(document: Document, environment: Environment) -> Iterator[Variable]:
    """Yield an input for the variables of every function, and of every service that has some."""
    for label, body in document.bodies_of(_FUNCTION).items():
        if label in environment.functions:
            yield from _of_function(label, body, environment)
    for label, body in document.bodies_of(_TASK).items():
        if label in environment.services:
            yield from _of_service(label, body, environment.services[label].environment)


def _of_function(label: str, body: Mapping[str, Any], environment: Environment) -> Iterator[Variable]:
    function = environment.functions[label]
    found = body.get("environment")
    block = found[0] if isinstance(found, list) and len(found) == 1 else found
    if "dynamic" in body or not isinstance(block, Mapping | None):
        return
    everything = (block or {}).get("variables") or {}
    if not isinstance(everything, Mapping):
        return
    own, fixed = _parted(everything, function.environment)
    address = f"{_FUNCTION}.{label}"
    variable = _variable(label, own, VARIABLE_NAME, [*RESERVED_VARIABLES, *fixed])
    rule = "names have 2 or more letters, digits and _, begin with a letter, and are none of Lambda's own"
    variable.error = f"{rule[:1].upper()}{rule[1:]}{_beside(fixed)}."
    longest = {**fixed, **{k: v for k, v in generated_variables(environment, function).items() if k in fixed}}
    room = ENVIRONMENT_BYTES - (variable_bytes(longest) - 1 if longest else 0)
    if _measured(variable.default) <= room:
        size = f"length(base64encode(jsonencode(var.{variable.name}))) * 3 / 4 <= {room}"
        variable.condition += f" && {size}"
        variable.error = f"{variable.error.removesuffix('.')}; and at most {room} bytes in all, as JSON."
    variable.wrong = {min(RESERVED_VARIABLES): "wrong"}
    asserted = f'{address}.environment[0].variables["{_ANOTHER}"] == var.{variable.name}["{_ANOTHER}"]'
    merged = _merged(variable.name, fixed)
    if everything:

        def set_in_block(value: Any) -> Any:
            _, left = _parted(_block(value)["variables"], own)
            return {**_block(value), "variables": f"${{{_merged(variable.name, left)}}}"}

        variable.places.append(Place(address, "environment", set_in_block, asserted))
    else:
        blocks = {
            "for_each": f"${{length({merged}) > 0 ? [{merged}] : []}}",
            "content": {"variables": "${environment.value}"},
        }
        variable.places.append(Place(address, "dynamic", lambda _: {"environment": blocks}, asserted))
    yield variable


def _of_service(label: str, body: Mapping[str, Any], written: Iterable[str]) -> Iterator[Variable]:
    text = body.get("container_definitions")
    pairs = _pairs(text)
    if not isinstance(text, str) or not pairs:
        return
    own, fixed = _parted(pairs, written)
    secrets = _secret_names(text)
    if any(map(_OTHERWISE.search, [*pairs, *pairs.values()])) or text.count(_segment(pairs)) != 1:
        return
    variable = _variable(label, own, _SERVICE_NAME, [*fixed, *secrets])
    rule = "Names are of letters, digits, _, . and -, and begin with a letter or _"
    variable.error = f"{rule}{_beside([*fixed, *secrets])}."
    variable.wrong = {"1wrong": "wrong"}

    def set_in_text(value: str) -> str:
        now = _pairs(value)
        merged = _merged(variable.name, _parted(now, own)[1])
        code = f"jsonencode([for name, value in {merged} : {{ name = name, value = value }}])"
        return value.replace(_segment(now), f'"environment":${{{code}}}')

    variable.places.append(Place(f"{_TASK}.{label}", "container_definitions", set_in_text))
    yield variable


def _variable(label: str, own: Mapping[str, str], form: str, taken: Iterable[str]) -> Variable:
    name = f"{label.replace('-', '_')}_environment"
    refused = ", ".join(json.dumps(one) for one in sorted(taken))
    of_form = f'value != null && can(regex("^{form}$", name)) && !contains([{refused}], name)'
    return Variable(
        name,
        "map(string)",
        f"Environment variables of {label}, instead of those of the file; no secrets: whoever reads the "
        "configuration or the state sees them.",
        {key: plain(value) for key, value in own.items()},
        f"alltrue([for name, value in var.{name} : {of_form}])",
        "",
        wrong={},
        other={**{key: plain(value) for key, value in own.items()}, _ANOTHER: "value"},
    )


def _parted(everything: Mapping[str, Any], written: Iterable[str]) -> tuple[dict[str, str], dict[str, Any]]:
    """Part the variables of the file, as far as they are literals, from what stays."""
    own = {name: everything[name] for name in written if is_literal(everything.get(name))}
    return own, {name: value for name, value in everything.items() if name not in own}


def _block(value: Any) -> dict[str, Any]:
    return dict(value[0] if isinstance(value, list) else value)


def _merged(name: str, fixed: Mapping[str, Any]) -> str:
    if not fixed:
        return f"var.{name}"
    pairs = ", ".join(
        f"{key_text(key, texts.literal)} = {texts.expression(value)}" for key, value in fixed.items()
    )
    return f"merge(var.{name}, {{ {pairs} }})"


def _beside(fixed: Iterable[str]) -> str:
    names = sorted(fixed)
    return f"; {listed(names, most=10)} {'is' if len(names) == 1 else 'are'} set already" if names else ""


def _measured(variables: dict[str, str]) -> int:
    """The size as the condition measures it: never less than Lambda does."""
    size = variable_bytes(variables) + 5 * sum(len(_OTHERWISE.findall(v)) for v in variables.values())
    return -(-size // 3) * 3


def _pairs(text: Any) -> dict[str, str]:
    """The variables of the one container of a task definition, if they stand there as they are."""
    try:
        [container] = json.loads(text)
        pairs = {one["name"]: one["value"] for one in container.get("environment", [])}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
    return pairs if all(isinstance(value, str) for value in pairs.values()) else {}


def _secret_names(text: str) -> list[str]:
    [container] = json.loads(text)
    return [one["name"] for one in container.get("secrets", [])]


def _segment(pairs: Mapping[str, str]) -> str:
    items = [{"name": name, "value": pairs[name]} for name in sorted(pairs)]
    return f'"environment":{json.dumps(items, separators=(",", ":"), ensure_ascii=False)}'
