"""Plans and states as ``terraform show -json`` prints them, of the few resources that a test needs."""

from __future__ import annotations

from typing import Any

from constructs_lib.terraform_json.addresses import module_of

Values = dict[str, Any]


def instance(address: str, values: Values, **more: Any) -> Values:
    """One resource or data source as ``planned_values`` and ``values`` list it."""
    inside = address[len(module_of(address)) :].removeprefix("data.")
    kind, _, rest = inside.partition(".")
    name, bracket, key = rest.partition("[")
    index = {"index": int(key[:-1]) if key[:-1].isdigit() else key[1:-2]} if bracket else {}
    mode = "data" if address[len(module_of(address)) :].startswith("data.") else "managed"
    return {"address": address, "mode": mode, "type": kind, "name": name, **index, "values": values, **more}


def state_of(*resources: Values, children: list[Values] | None = None) -> Values:
    """A state."""
    root = {"resources": list(resources), "child_modules": children or []}
    return {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": root}}


def plan_of(
    known: dict[str, Values],
    unknown: dict[str, Values],
    configured: dict[str, Values],
    **more: Any,
) -> Values:
    """A plan of root resources: what is known, what is not, and what the configuration says, by address."""
    resources = [
        {"address": address, "mode": "managed", "expressions": body.pop("expressions", {}), **body}
        for address, body in configured.items()
    ]
    return {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [instance(a, v) for a, v in known.items()]}},
        "resource_changes": [
            {"address": address, "change": {"actions": ["create"], "after_unknown": unknown.get(address, {})}}
            for address in known
        ],
        "configuration": {"root_module": {"resources": resources}},
        **more,
    }


def refers(*references: str) -> Values:
    """An expression of HCL, of which only the references are shown."""
    steps = [[one, *_leading(one)] for one in references]
    return {"references": [step for parts in steps for step in parts]}


def _leading(reference: str) -> list[str]:
    parts = reference.split(".")
    return [".".join(parts[:2])] if len(parts) > 2 and parts[0] not in ("data", "var", "each") else []
