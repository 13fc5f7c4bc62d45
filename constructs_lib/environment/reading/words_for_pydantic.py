"""What pydantic finds, in the words of the people who write the file."""

from __future__ import annotations

import difflib
import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, get_args

from constructs_lib.environment.reading.value_places import (
    Location,
    annotation_at,
    description_at,
    limits_at,
    model_at,
    tables_with,
)
from constructs_lib.environment.tables.text_forms import FORMS
from constructs_lib.environment.tables.workloads import Caller, Function, Service
from constructs_lib.errors import Problem
from constructs_lib.figures.lambda_tables import DEPRECATED_RUNTIMES
from constructs_lib.figures.rule_names import RULE_NAMES
from constructs_lib.problem_words import (
    MISSING,
    did_you_mean,
    field_path,
    listed,
    near_misses,
    nearest,
    shown,
)

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

Words = tuple[str, str]
UNKNOWN_KEY = "there is no such key"
"""With what the rule of a key begins that the model has not."""


def problem_of(error: ErrorDetails) -> Problem:
    """The same finding as a Problem: pydantic's kinds are those of ``ge``, ``pattern`` and the like."""
    location, value = error["loc"], error["input"]
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        value = MISSING
    rule, way_out = _words(kind, location, value, context)
    return Problem(field_path(*location), value, rule, way_out)


def _words(kind: str, location: Location, value: Any, context: dict[str, Any]) -> Words:
    match kind:
        case "missing":
            return "is needed", f"write {location[-1]} = ...: {description_at(location)}"
        case "extra_forbidden":
            return _unknown_key(location, value)
        case "literal_error":
            return _not_a_choice(location, value)
        case "string_pattern_mismatch":
            return _wrong_form(value, context["pattern"])
        case "greater_than_equal" | "less_than_equal":
            return _out_of_range(location)
        case "string_too_long" | "string_too_short" | "too_long" | "too_short":
            return _wrong_length(kind, location, value, context)
        case "string_type" | "int_type" | "bool_type" | "list_type" | "dict_type" | "model_type":
            return _WRONG_TYPE[kind](location, value)
        case "rule_name":
            return _unknown_rule(value)
        case "policy_type":
            return "must be a text in quotes or a table", description_at(location)
    return "is not what belongs here", description_at(location)


def _unknown_key(location: Location, value: Any) -> Words:
    key = str(location[-1])
    parent = model_at(location[:-1])
    known = list(parent.model_fields) if parent else []
    table = field_path(*location[:-1])
    where = f"[{table}]" if table else "the file's top level"
    elsewhere = [place for place in tables_with(key) if place != where]
    near = nearest(key, known)
    if not table and isinstance(value, dict) and (meant := _table_meant(key, near, value)):
        way_out = f"write {meant}"
    elif near:
        close = difflib.get_close_matches(key.lower(), known, n=3, cutoff=0.6)
        others = listed(f'"{one}"' for one in close if one != near).replace(" and ", " or ")
        way_out = f'did you mean "{near}"{f", or {others}" if others else ""}?'
    elif elsewhere:
        way_out = f"`{key}` belongs to {' or '.join(elsewhere[:3])}"
    else:
        way_out = f"remove it; docs/environment-file.md has the keys of {where}"
    return f"{UNKNOWN_KEY} in {where}", way_out


def _table_meant(key: str, near: str | None, value: dict[str, Any]) -> str:
    """The table that one at the top level stands for: ``[function.x]``, or ``[inventory]`` after a lone
    ``[functions]``; empty where it can't be told."""
    tables: dict[str, type[BaseModel]] = {"functions": Function, "services": Service, "callers": Caller}
    if near in tables:
        return listed(f"[{field_path(near, name)}]" for name in value) if value else f"[{near}.<name>]"
    fitting = [name for name, model in tables.items() if value and set(value) <= set(model.model_fields)]
    return " or ".join(f"[{field_path(name, key)}]" for name in fitting)


def _not_a_choice(location: Location, value: Any) -> Words:
    choices = get_args(annotation_at(location))
    said = listed((f'"{choice}"' for choice in choices), most=40).replace(" and ", " or ")
    lasting = [choice for choice in choices if choice not in DEPRECATED_RUNTIMES]
    hint = did_you_mean(value, lasting) if isinstance(value, str) else ""
    return f"must be {said}", hint or f'write for example "{choices[0]}"'


def _unknown_rule(value: Any) -> Words:
    known = listed((f'"{name}"' for name in near_misses(str(value), RULE_NAMES)), most=3)
    hint = f"did you mean {known.replace(' and ', ' or ')}? " if known else ""
    return (
        "there is no rule of this name",
        f"{hint}docs/rules.md has the names, and `python main.py lint` shows them",
    )


def _wrong_form(value: str, pattern: str) -> Words:
    form = FORMS[pattern]
    if value != value.strip():
        return f"{form.rule}; there are blanks around it", f'write "{shown(value.strip())}"'
    return form.rule, form.way_out


def _out_of_range(location: Location) -> Words:
    lowest, highest = limits_at(location)
    if highest is None:
        return f"must be {lowest} or more", f"write {lowest} or more: {description_at(location)}"
    return f"must be {lowest} to {highest}", f"write a number in this range: {description_at(location)}"


def _wrong_length(kind: str, location: Location, value: Any, context: dict[str, Any]) -> Words:
    if kind == "string_too_short":
        return "must not be empty", f"write {location[-1]} = ...: {description_at(location)}"
    if kind == "string_too_long":
        return (
            f"has {len(value)} characters, the limit is {context['max_length']}",
            f"write something shorter: {description_at(location)}",
        )
    limit = context.get("max_length", context.get("min_length"))
    bound = "at most" if kind == "too_long" else "at least"
    return f"has {len(value)} values, must have {bound} {limit}", description_at(location)


def _no_text(location: Location, value: Any) -> Words:
    rule = "must be a text in quotes"
    if isinstance(value, bool):
        return rule, f'write "{str(value).lower()}"'
    if isinstance(value, (int, float, date, datetime, time)):
        return rule, f'write "{shown(value)}"'
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return f"{rule}, not a list", f"write {json.dumps(shown(value[0]))} without brackets"
    return rule, description_at(location)


def _no_number(location: Location, value: Any) -> Words:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal():
        return "must be a whole number without quotes", f"write {shown(value.strip())}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e9:
        return "must be a whole number without a point", f"write {int(value)}"
    return "must be a whole number", description_at(location)


def _no_truth(location: Location, value: Any) -> Words:
    if isinstance(value, str) and value.strip().lower() in {"true", "false"}:
        return "must be true or false without quotes", f"write {value.strip().lower()}"
    return "must be true or false", description_at(location)


def _no_list(location: Location, value: Any) -> Words:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return "must be a list in square brackets", f"write [{json.dumps(shown(value), ensure_ascii=False)}]"
    return "must be a list in square brackets", description_at(location)


def _no_table(location: Location, value: Any) -> Words:
    field = field_path(*location)
    if isinstance(value, list):
        return "must be a table, not a list", f"write [{field}] in single brackets"
    model = model_at(location)
    if model and len(location) > 1 and str(location[-1]) in model.model_fields:
        parent = field_path(*location[:-1])
        return f"each of [{parent}] is a table of its own", f"write [{parent}.<name>] above `{location[-1]}`"
    return "must be a table", f"write [{field}] on a line of its own and its keys below"


_WRONG_TYPE = {
    "string_type": _no_text,
    "int_type": _no_number,
    "bool_type": _no_truth,
    "list_type": _no_list,
    "dict_type": _no_table,
    "model_type": _no_table,
}
